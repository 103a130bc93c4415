import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

describe("docs/invariants.md", () => {
  const text = read("docs/invariants.md");

  it("names only tests that exist", () => {
    const named = [...text.matchAll(/`([a-z-]+\/[\w.-]*)`/g)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(new URL(`test/${path}`, root)))).toEqual([]);
  });

  it("says of each of the eleven what enforces it, or that nothing does yet", () => {
    const items = text.split(/^(?=\d+\. )/m).slice(1);
    expect(items).toHaveLength(11);
    expect(items.filter((item) => !/Enforced by:|Not yet enforced:/.test(item))).toEqual([]);
  });
});

describe("every link between documents", () => {
  it.each(["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md", "docs/emulator.md"])(
    "of %s leads somewhere",
    (path) => {
      const targets = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? "");
      const missing = targets.filter((target) => !existsSync(new URL(target, new URL(path, root))));
      expect(missing).toEqual([]);
    },
  );
});

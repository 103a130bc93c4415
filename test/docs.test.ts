import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectSchema } from "../src/config/project-schema.ts";
import { VARIABLES } from "../src/config/settings.ts";

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

const documentsIn = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}${name}`);

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/",
  "emulator/",
  "emulator/docs/",
].flatMap((path) => (path.endsWith("/") ? documentsIn(path) : [path]));

describe("every link between documents", () => {
  it.each(DOCUMENTS)("of %s leads somewhere", (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? "");
    const missing = targets.filter((target) => !existsSync(new URL(target, new URL(path, root))));
    expect(missing).toEqual([]);
  });

  it.each(["", "emulator/"])("leads to every document from %sREADME.md", (product) => {
    const linked = read(`${product}README.md`);
    const documents = DOCUMENTS.filter((path) => path.startsWith(`${product}docs/`));
    expect(documents.length).toBeGreaterThan(0);
    expect(documents.filter((path) => !linked.includes(`(${path.slice(product.length)})`))).toEqual([]);
  });
});

describe("docs/settings.md", () => {
  const text = read("docs/settings.md");

  it("names every key of warm-transfer.json and every variable", () => {
    const keys = Object.keys(projectSchema.shape).filter((key) => key !== "$schema");
    const names = [...keys, ...Object.values(VARIABLES)];
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

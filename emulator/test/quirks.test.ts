import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { defaultQuirks } from "../src/quirks.ts";

const guide = readFileSync(new URL("../docs/guide.md", import.meta.url), "utf8");

it.each(Object.entries(defaultQuirks))(
  "docs/guide.md names the quirk %s with its default %s",
  (name, value) => {
    const row = guide.split("\n").find((line) => line.startsWith(`| \`${name}\``));
    expect(row?.trimEnd().endsWith("|")).toBe(true);
    expect(row?.split("|").at(-2)?.trim()).toBe(`\`${value}\``);
  },
);

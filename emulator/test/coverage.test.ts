import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { withCoverage } from "../src/coverage.ts";

import { defaultQuirks } from "../src/quirks.ts";

const DOCUMENT = new URL("../docs/guide.md", import.meta.url);
const REFRESH = "UPDATE_DOCS=1 npx vitest run emulator/test/coverage.test.ts";

it("is written down in docs/guide.md as it is in the code", async () => {
  const written = await readFile(DOCUMENT, "utf8");
  const fresh = withCoverage(written);
  if (process.env.UPDATE_DOCS) await writeFile(DOCUMENT, fresh);
  else expect(fresh, `The coverage table is stale. Refresh it with: ${REFRESH}`).toBe(written);
});

it.each(Object.entries(defaultQuirks))("names the quirk %s with its default %s", async (name, value) => {
  const written = await readFile(DOCUMENT, "utf8");
  const row = written.split("\n").find((line) => line.startsWith(`| \`${name}\``));
  expect(row?.trimEnd().endsWith("|")).toBe(true);
  expect(row?.split("|").at(-2)?.trim()).toBe(`\`${value}\``);
});

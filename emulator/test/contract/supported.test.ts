import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { type Description, loadDescription } from "../../../test/support/contract/description.ts";
import { renderSupported } from "../support/supported.ts";
import { coverage } from "../../src/coverage.ts";

const DOCUMENT = new URL("../../SUPPORTED.md", import.meta.url);
const REFRESH = "UPDATE_DOCS=1 npx vitest run emulator/test/contract/supported.test.ts";

let description: Description;
beforeAll(async () => {
  description = await loadDescription();
}, 60_000);

it("SUPPORTED.md matches the code", async () => {
  const fresh = renderSupported(description);
  if (process.env.UPDATE_DOCS) await writeFile(DOCUMENT, fresh);
  else
    expect(await readFile(DOCUMENT, "utf8"), `SUPPORTED.md is stale. Refresh it with: ${REFRESH}`).toBe(
      fresh,
    );
});

it("SUPPORTED.md counts every operation of the emulator", () => {
  const page = renderSupported(description);
  expect(coverage.operations.filter(({ name }) => !page.includes(`| **${name}**<br>`))).toEqual([]);
});

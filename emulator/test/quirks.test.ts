import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { quirkNames, quirks, variantsOf } from "../src/quirks.ts";

const guide = readFileSync(new URL("../docs/guide.md", import.meta.url), "utf8");

/** The cells of a table's rows, without its head. */
function rowsOf(heading: string): string[][] {
  const [, section = ""] = guide.split(`\n## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  const rows = own.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it("docs/guide.md describes every quirk as the table of quirks does", () => {
  const expected = quirkNames.map((name) => {
    const { about, default: usual } = quirks[name];
    return [`\`${name}\``, about, variantsOf(name), `\`${usual}\``];
  });
  expect(rowsOf("Quirks")).toEqual(expected);
});

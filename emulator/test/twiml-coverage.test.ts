import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { coverage } from "../src/coverage.ts";
import { parseTwiml } from "../src/twiml/parse-twiml.ts";

const entry = createRequire(import.meta.url).resolve("twilio");
const types = readFileSync(join(dirname(entry), "twiml", "VoiceResponse.d.ts"), "utf8");

/** Attributes of an element in the official builder's types; `<Hangup>` has none. */
function official(name: string): string[] {
  const body = new RegExp(`interface ${name}Attributes \\{([^}]*)\\}`).exec(types)?.[1] ?? "";
  const names = [...body.matchAll(/^\s*"?([a-zA-Z]+)"?\?:/gm)].map((match) => match[1] ?? "");
  if (names.length === 0 && name !== "Hangup")
    throw new Error(`${name} has no attributes in ${types.length} characters of types`);
  return names;
}

const elements = [
  ...Object.entries(coverage.verbs).map(([name, covered]) => ({ name, covered, around: "" })),
  ...Object.entries(coverage.nouns).map(([name, covered]) => ({ name, covered, around: "Dial" })),
];

function warnings(name: string, around: string, attribute: string): string[] {
  const element = `<${name}${attribute && ` ${attribute}=""`}>x</${name}>`;
  const document = around ? `<${around}>${element}</${around}>` : element;
  return parseTwiml(`<Response>${document}</Response>`).warnings.filter((each) =>
    each.includes("is not allowed"),
  );
}

describe.each(elements)("<$name>", ({ name, covered, around }) => {
  const listed = [...covered.attributes, ...covered.inert];

  it("takes every attribute that is listed", () => {
    expect(listed.flatMap((attribute) => warnings(name, around, attribute))).toEqual([]);
  });

  it("warns of each attribute of Twilio's that is not listed", () => {
    const twilios = official(name).filter((attribute) => !listed.includes(attribute));
    const silent = twilios.filter((attribute) => warnings(name, around, attribute).length === 0);
    expect(silent).toEqual([]);
  });
});

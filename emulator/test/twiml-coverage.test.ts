import { describe, expect, it } from "vitest";
import { coverage } from "../src/coverage.ts";
import { attributesOf } from "./support/twilio-twiml.ts";
import type { Vocabulary } from "../src/twiml/vocabulary.ts";
import { parseTwiml } from "../src/twiml/parse-twiml.ts";

const elements = [
  ...Object.entries(coverage.verbs).map(([name, covered]) => ({ name, covered, around: "" })),
  ...Object.entries<Record<string, Vocabulary>>(coverage.nouns).flatMap(([around, nouns]) =>
    Object.entries(nouns).map(([name, covered]) => ({ name, covered, around })),
  ),
];

function warnings(name: string, around: string, attribute: string): string[] {
  const element = `<${name}${attribute && ` ${attribute}=""`}>x</${name}>`;
  const document = around ? `<${around}>${element}</${around}>` : element;
  return parseTwiml(`<Response>${document}</Response>`).warnings.filter((each) =>
    each.includes("is not allowed"),
  );
}

it("Twilio's types have attributes for every element except <Hangup>, <Leave> and <Stop>", () => {
  const bare = elements.filter(({ name }) => attributesOf(name).length === 0);
  expect(bare.map(({ name }) => name)).toEqual(["Hangup", "Leave", "Stop"]);
});

describe.each(elements)("<$name>", ({ name, covered, around }) => {
  const listed = [...covered.attributes, ...covered.inert];

  it("accepts every listed attribute", () => {
    expect(listed.flatMap((attribute) => warnings(name, around, attribute))).toEqual([]);
  });

  it("warns of each unlisted attribute of Twilio's", () => {
    const twilios = attributesOf(name).filter((attribute) => !listed.includes(attribute));
    const silent = twilios.filter((attribute) => warnings(name, around, attribute).length === 0);
    expect(silent).toEqual([]);
  });
});

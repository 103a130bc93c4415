import { describe, expect, it } from "vitest";
import { formatDuration, formatNumber } from "../../agent-page/agent/screen/format.ts";
import { soundWords } from "../../agent-page/agent/sound/sound-words.ts";
import { chooseLanguage } from "../../agent-page/agent/words/choose-words.ts";
import { en } from "../../agent-page/agent/words/en.ts";
import { ja } from "../../agent-page/agent/words/ja.ts";
import { keysWords } from "../../agent-page/agent/words/keys-words.ts";

type Said = [key: string, text: string];

/** Every text of a language, with a name put in where one belongs. */
function texts(words: object, path = ""): Said[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): Said[] => {
    if (typeof value === "string") return [[path + key, value]];
    if (typeof value === "function") return [[path + key, (value as (name: string) => string)("NAME")]];
    return texts(value as object, `${path}${key}.`);
  });
}

describe.each([
  ["the list of keys", keysWords],
  ["the choice of devices", soundWords],
])("the languages of %s", (_name, words) => {
  it("say the same things, each in its own script", () => {
    expect(texts(words.ja).map(([key]) => key)).toEqual(texts(words.en).map(([key]) => key));
    expect(texts(words.ja).filter(([, text]) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});

describe("the page's languages", () => {
  it("say the same things", () => {
    expect(texts(ja).map(([key]) => key)).toEqual(texts(en).map(([key]) => key));
  });

  it("mention the same names in the same sentences", () => {
    const naming = (words: object) =>
      texts(words)
        .filter(([, text]) => text.includes("NAME"))
        .map(([key]) => key);
    expect(naming(ja)).toEqual(naming(en));
  });

  it("have no English left in Japanese, but for the product's name", () => {
    const foreign = texts(ja).filter(([, text]) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text));
    expect(foreign.map(([key]) => key)).toEqual(["product"]);
  });

  it.each([
    [["ja"], "ja"],
    [["ja-JP", "en"], "ja"],
    [["fr", "ja", "en"], "ja"],
    [["en-GB", "ja"], "en"],
    [["fr-FR"], "en"],
    [[], "en"],
  ] as const)("for %j is %s", (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });
});

it.each([
  [0, "0:00"],
  [-5_000, "0:00"],
  [59_999, "0:59"],
  [754_000, "12:34"],
  [3_723_000, "1:02:03"],
])("shows %d ms as %s", (ms, shown) => {
  expect(formatDuration(1_000_000, 1_000_000 + ms)).toBe(shown);
});

it.each([
  ["+15550100123", "+1 555 010 0123"],
  ["+81312345678", "+81 3 1234 5678"],
  ["+819012345678", "+81 90 1234 5678"],
  ["+4930123456", "+4930123456"],
  ["anonymous", "anonymous"],
])("shows the number %s as %s", (number, shown) => {
  expect(formatNumber(number)).toBe(shown);
});

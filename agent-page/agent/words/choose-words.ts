import { en, type Words } from "./en.ts";
import { ja } from "./ja.ts";

export type Language = "en" | "ja";

/** The first of the browser's languages (BCP 47 tags, most wanted first) that the page speaks; else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "en" || primary === "ja") return primary;
  }
  return "en";
}

export function wordsOf(language: Language): Words {
  return language === "ja" ? ja : en;
}

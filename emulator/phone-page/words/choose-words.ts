import { type Words, en } from "./en.ts";
import { ja } from "./ja.ts";

/** The first of the browser's languages (most wanted first) that the page speaks; else English. */
export function chooseLanguage(wanted: readonly string[]): "en" | "ja" {
  const primary = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  return primary.find((tag) => tag === "en" || tag === "ja") ?? "en";
}

export function wordsOf(language: "en" | "ja"): Words {
  return language === "ja" ? ja : en;
}

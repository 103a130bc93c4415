import type { Words } from "./en.ts";

export type Language = "en" | "ja";

/** The first of the browser's languages (BCP 47 tags, most wanted first) that the page speaks; else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "en" || primary === "ja") return primary;
  }
  return "en";
}

/** Fetches the words of one language: no browser loads those of the others. */
export async function loadWords(language: Language): Promise<Words> {
  return language === "ja" ? (await import("./ja.ts")).ja : (await import("./en.ts")).en;
}

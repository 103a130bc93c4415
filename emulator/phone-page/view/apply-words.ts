import type { Words } from "../words/en.ts";

/** Puts the page's fixed texts into its language: every element with `data-word`. */
export function applyWords(language: string, words: Words): void {
  document.documentElement.lang = language;
  document.title = words.title;
  for (const part of document.querySelectorAll<HTMLElement>("[data-word]")) {
    const text = words[part.dataset.word as keyof Words];
    if (typeof text === "string") part.textContent = text;
  }
}

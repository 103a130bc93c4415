import { element } from "./elements.ts";

export interface Sentence {
  text: string;
  /** BCP 47, such as `ja-JP`. */
  language: string;
}

/** Shows sentences, the newest last, and reads them aloud where the browser can. */
export interface Captions {
  add(sentence: Sentence): void;
  /** A call begins: what was said before makes room. */
  clear(): void;
  quiet(): void;
}

const speech = (): SpeechSynthesis | undefined => globalThis.speechSynthesis;

function readAloud({ text, language }: Sentence): void {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  speech()?.speak(utterance);
}

function setUpSwitch(quiet: () => void): () => boolean {
  const control = element<HTMLButtonElement>("speak");
  const isOn = (): boolean => control.getAttribute("aria-checked") === "true";
  control.hidden = speech() === undefined;
  control.addEventListener("click", () => {
    control.setAttribute("aria-checked", String(!isOn()));
    if (!isOn()) quiet();
  });
  return isOn;
}

export function createCaptions(): Captions {
  const list = element("sentences");
  const empty = element("no-sentences");
  const quiet = (): void => speech()?.cancel();
  const isReadAloud = setUpSwitch(quiet);
  return {
    quiet,
    add(sentence) {
      const item = document.createElement("li");
      item.lang = sentence.language;
      item.textContent = sentence.text;
      list.append(item);
      list.scrollTop = list.scrollHeight;
      empty.hidden = true;
      if (isReadAloud()) readAloud(sentence);
    },
    clear() {
      list.replaceChildren();
      empty.hidden = false;
    },
  };
}

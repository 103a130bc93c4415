import type { Language } from "../words/choose-words.ts";
import { type KeysWords, keysWords } from "../words/keys-words.ts";
import { make } from "./elements.ts";

let dialog: HTMLDialogElement | undefined;

/** Lists the page's keys. */
export function showKeysHelp(language: Language): void {
  dialog ??= keysDialog(keysWords[language]);
  if (!dialog.open) dialog.showModal();
}

function keysDialog({ heading, text, close, keys }: KeysWords): HTMLDialogElement {
  const title = make("h2", "", heading);
  title.id = "keys-heading";
  const list = make("dl");
  for (const [key, effect] of Object.entries(keys))
    list.append(make("div", "", make("dt", "", make("kbd", "", key)), make("dd", "", effect)));
  const button = make("button", "primary", close);
  button.type = "button";
  const made = make("dialog", "", title, make("p", "quiet", text), list, button);
  button.addEventListener("click", () => made.close());
  made.setAttribute("aria-labelledby", title.id);
  document.body.append(made);
  return made;
}

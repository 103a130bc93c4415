import type { Language } from "../words/choose-words.ts";
import { type KeysWords, keysWords } from "../words/keys-words.ts";
import { make } from "./elements.ts";
import { areKeysOn, setKeysOn } from "./keys.ts";

let dialog: HTMLDialogElement | undefined;

/** Lists the page's keys, and switches them on or off. */
export function showKeysHelp(language: Language): void {
  dialog ??= keysDialog(keysWords[language]);
  if (!dialog.open) dialog.showModal();
}

function keysDialog({ heading, text, use, close, keys }: KeysWords): HTMLDialogElement {
  const title = make("h2", "", heading);
  title.id = "keys-heading";
  const list = make("dl");
  for (const [key, effect] of Object.entries(keys))
    list.append(make("div", "", make("dt", "", make("kbd", "", key)), make("dd", "", effect)));
  const isOn = make("input");
  isOn.type = "checkbox";
  isOn.checked = areKeysOn();
  isOn.addEventListener("change", () => setKeysOn(isOn.checked));
  const button = make("button", "primary", close);
  button.type = "button";
  const made = make(
    "dialog",
    "",
    title,
    make("p", "quiet", text),
    list,
    make("label", "choice", isOn, make("span", "", use)),
    button,
  );
  button.addEventListener("click", () => made.close());
  made.setAttribute("aria-labelledby", title.id);
  document.body.append(made);
  return made;
}

import type { Actions } from "../actions.ts";
import type { Words } from "../words/en.ts";
import { byId, make, onPress, setShown, setText } from "./elements.ts";

const KEYS = "123456789*0#".split("");

/** Twelve keys, also on the keyboard while it is open. */
export function keypadSection(words: Words, actions: Actions): (digits: string | null) => void {
  const box = byId("keypad", HTMLElement);
  const shown = byId("keypad-digits", HTMLElement);
  const back = byId("keypad-back", HTMLButtonElement);
  setText(byId("keypad-heading", HTMLElement), words.keypad);
  setText(back, words.back);
  onPress(back, actions.closeKeypad);
  byId("keypad-keys", HTMLElement).append(...KEYS.map((key) => keyButton(key, actions.dial)));
  box.addEventListener("keydown", ({ key }) => key === "Escape" && actions.closeKeypad());
  document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
    const isTyping = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
    if (box.checkVisibility() && !isTyping && !ctrlKey && !metaKey && !altKey && KEYS.includes(key))
      actions.dial(key);
  });
  return (digits) => {
    const opens = digits !== null && box.hidden;
    setShown(box, digits !== null);
    setText(shown, digits === null || digits === "" ? words.keypadText : digits.slice(-16));
    if (opens) box.querySelector("button")?.focus();
  };
}

/** Accepts the same key twice in a row, however fast. */
function keyButton(key: string, press: (key: string) => void): HTMLButtonElement {
  const button = make("button", "", key);
  button.type = "button";
  button.addEventListener("click", () => press(key));
  return button;
}

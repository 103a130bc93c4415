/** Where each key presses; `?` lists them. */
const KEYS: Readonly<Record<string, string>> = {
  a: "#answer",
  m: "[data-button=mute]",
  h: "[data-button=hold]",
  t: "[data-button=transfer]",
  "?": "#keys-help",
};

/** Text is typed there. */
const FIELDS = "textarea, select, input:not([type=radio]), [contenteditable], dialog[open] *";

/** Presses the buttons that are in sight by single keys, unless the agent is typing. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    const { key, target, repeat, isComposing, ctrlKey, metaKey, altKey } = event;
    const selector = KEYS[key.toLowerCase()];
    const isTyping = isComposing || (target instanceof Element && target.matches(FIELDS));
    if (selector === undefined || isTyping || repeat || ctrlKey || metaKey || altKey) return;
    const button = document.querySelector<HTMLElement>(selector);
    if (!button?.checkVisibility()) return;
    event.preventDefault();
    button.click();
  });
}

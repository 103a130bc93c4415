/** Where each key presses; `?` lists them. */
const KEYS: Readonly<Record<string, string>> = {
  a: "#answer",
  m: "[data-button=mute]",
  h: "[data-button=hold]",
  t: "[data-button=transfer]",
  "?": "#keys-help",
};

const STORED = "single-keys";

/** The choice of this browser: speech input, for one, would press keys by mistake (WCAG 2.1.4). */
export const areKeysOn = (): boolean => localStorage.getItem(STORED) !== "off";

export function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, "off");
}

/** Text is typed there. */
const FIELDS = "textarea, select, input:not([type=radio]), [contenteditable], dialog[open] *";

/** Presses the buttons that are in sight by single keys, unless the agent is typing or has switched them off. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    const { key, target, repeat, isComposing, ctrlKey, metaKey, altKey } = event;
    const selector = KEYS[key.toLowerCase()];
    const isTyping = isComposing || (target instanceof Element && target.matches(FIELDS));
    if (selector === undefined || !areKeysOn() || isTyping || repeat || ctrlKey || metaKey || altKey) return;
    const button = document.querySelector<HTMLElement>(selector);
    if (!button?.checkVisibility()) return;
    event.preventDefault();
    button.click();
  });
}

const KEYS: readonly (readonly [key: string, letters: string])[] = [
  ["1", "\u00A0"],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
];

function keyButton([key, letters]: readonly [string, string], press: (key: string) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = key;
  const small = document.createElement("span");
  small.textContent = letters;
  small.ariaHidden = "true";
  button.append(small);
  button.addEventListener("click", () => press(key));
  return button;
}

/** Twelve keys, and the same on the keyboard when no text is being typed. */
export function setUpKeypad(keypad: HTMLElement, label: string, press: (key: string) => void): void {
  keypad.ariaLabel = label;
  keypad.append(...KEYS.map((key) => keyButton(key, press)));
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement && !event.target.readOnly;
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    if (!isTyping && !isShortcut && /^[\d*#]$/.test(event.key)) press(event.key);
  });
}

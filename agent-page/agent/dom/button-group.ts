import type { ButtonView } from "../screen/screen.ts";
import { byId, make, onPress, setEnabled, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** A named group of buttons; hidden while it is empty. */
export function buttonGroup(
  id: string,
  name: string,
  press: (key: ButtonView["key"]) => void,
): (buttons: readonly ButtonView[]) => void {
  const group = byId(id, HTMLElement);
  group.setAttribute("aria-label", name);
  const list = keyedList<ButtonView, HTMLButtonElement>(
    group,
    ({ key }) => {
      const button = labelledButton(`${id}-${key}`);
      button.dataset.button = key;
      onPress(button, () => press(key));
      return button;
    },
    (button, view) => {
      setLabels(button, view);
      setEnabled(button, view.isEnabled);
      button.dataset.look = view.look;
      if (view.isPressed !== null) button.setAttribute("aria-pressed", String(view.isPressed));
    },
  );
  return (buttons) => {
    setShown(group, buttons.length > 0);
    list(buttons);
  };
}

/** A button with a name, and below it what it does: screen readers say the one as its name, the other after it. */
export function labelledButton(id: string): HTMLButtonElement {
  const [label, detail] = [make("span", "button-label"), make("span", "button-detail")];
  const button = make("button", "", label, detail);
  button.type = "button";
  // Out of the name, in the description.
  detail.setAttribute("aria-hidden", "true");
  detail.id = `${id}-detail`;
  button.setAttribute("aria-describedby", detail.id);
  return button;
}

export function setLabels(button: HTMLButtonElement, texts: { label: string; detail: string }): void {
  const [label, detail] = button.children;
  if (label) setText(label, texts.label);
  if (detail instanceof HTMLElement) {
    setText(detail, texts.detail);
    setShown(detail, texts.detail !== "");
  }
}

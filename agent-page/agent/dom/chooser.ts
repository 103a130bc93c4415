import type { Actions } from "../actions.ts";
import type { Chooser } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import { labelledButton, setLabels } from "./button-group.ts";
import { byId, make, onPress, setEnabled, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** To whom, how, and with which note. The note stays as typed until a transfer has started or the call is another one. */
export function chooserSection(words: Words, actions: Actions): (chooser: Chooser | null) => void {
  const box = byId("chooser", HTMLElement);
  const back = byId("chooser-back", HTMLButtonElement);
  const note = byId("note", HTMLTextAreaElement);
  const text = byId("chooser-text", HTMLElement);
  setText(byId("chooser-heading", HTMLElement), words.transferWhom);
  setText(byId("note-label", HTMLElement), words.note);
  setText(back, words.back);
  onPress(back, actions.stopChoosing);
  box.addEventListener("keydown", ({ key }) => key === "Escape" && actions.stopChoosing());
  const colleagues = colleagueChoice(actions);
  let to: string | null = null;
  const modes = modeButtons((mode) => to !== null && actions.transfer({ to, mode, note: note.value }));
  return (chooser) => {
    const opens = chooser !== null && box.hidden;
    setShown(box, chooser !== null);
    if (!chooser) return;
    to = chooser.to;
    colleagues(chooser.colleagues);
    modes(chooser.modes.map((mode) => ({ ...mode, isEnabled: to !== null })));
    setText(text, chooser.text);
    setShown(text, chooser.text !== "");
    if (opens) (box.querySelector<HTMLElement>("input:checked, input") ?? back).focus();
  };
}

function colleagueChoice(actions: Actions): (colleagues: Chooser["colleagues"]) => void {
  return keyedList<Chooser["colleagues"][number], HTMLElement>(
    byId("colleague-choice", HTMLElement),
    ({ key }) => {
      const input = make("input");
      input.type = "radio";
      input.name = "colleague";
      input.addEventListener("change", () => actions.choose(key));
      return make("label", "choice", input, make("span"));
    },
    (label, { name, isChosen }) => {
      const [input, text] = label.children;
      if (input instanceof HTMLInputElement) input.checked = isChosen;
      if (text) setText(text, name);
    },
  );
}

type Mode = Chooser["modes"][number];

function modeButtons(
  start: (mode: Mode["key"]) => void,
): (modes: readonly (Mode & { isEnabled: boolean })[]) => void {
  return keyedList<Mode & { isEnabled: boolean }, HTMLButtonElement>(
    byId("modes", HTMLElement),
    ({ key }) => {
      const button = labelledButton(`mode-${key}`);
      onPress(button, () => start(key));
      return button;
    },
    (button, mode) => {
      setLabels(button, mode);
      setEnabled(button, mode.isEnabled);
    },
  );
}

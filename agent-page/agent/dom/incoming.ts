import type { IncomingPanel } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import type { Actions } from "../actions.ts";
import { byId, onPress, setEnabled, setNumber, setShown, setText } from "./elements.ts";

/** The panel while a call rings. */
export function incomingSection(words: Words, actions: Actions): (panel: IncomingPanel) => void {
  const heading = byId("incoming-heading", HTMLElement);
  const text = byId("incoming-text", HTMLElement);
  const note = byId("incoming-note", HTMLElement);
  const answer = byId("answer", HTMLButtonElement);
  const decline = byId("decline", HTMLButtonElement);
  setText(byId("incoming-label", HTMLElement), words.status.incoming);
  setText(answer, words.answer);
  setText(decline, words.decline);
  onPress(answer, actions.answer);
  onPress(decline, actions.decline);
  return (panel) => {
    setNumber(heading, panel.caller);
    setText(text, panel.text);
    setText(note, panel.note);
    setShown(note, panel.note !== "");
    setEnabled(answer, panel.canAnswer);
    setEnabled(decline, panel.canAnswer);
  };
}

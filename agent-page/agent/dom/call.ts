import type { Actions } from "../actions.ts";
import type { CallPanel, PersonRow } from "../screen/screen.ts";
import { lazily } from "../lazily.ts";
import type { Words } from "../words/en.ts";
import { buttonGroup } from "./button-group.ts";
import { byId, make, setNumber, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** The panel during a call. */
export function callSection(words: Words, actions: Actions): (panel: CallPanel | null) => void {
  const heading = byId("call-heading", HTMLElement);
  const duration = byId("call-duration", HTMLElement);
  const talk = byId("talk", HTMLElement);
  const text = byId("transfer-text", HTMLElement);
  const note = byId("transfer-note", HTMLElement);
  setText(byId("people-heading", HTMLElement), words.inThisCall);
  const people = personList();
  const chooser = lazily(async () => (await import("./chooser.ts")).chooserSection(words, actions));
  const keypad = lazily(async () => (await import("./keypad.ts")).keypadSection(words, actions));
  const steps = buttonGroup("steps", words.transfer, actions.press);
  const tools = buttonGroup("tools", words.tools, actions.press);
  const waysOut = buttonGroup("ways-out", words.waysOut, actions.press);
  return (panel) => {
    if (!panel || panel.steps.some(({ key }) => key !== "transfer"))
      byId("note", HTMLTextAreaElement).value = "";
    if (!panel) return;
    const isCovered = panel.chooser !== null || panel.digits !== null;
    setNumber(heading, panel.customer);
    setText(duration, panel.duration);
    people(panel.people);
    setText(text, panel.text);
    setText(note, panel.note);
    setShown(note, panel.note !== "");
    steps(panel.steps);
    tools(panel.tools);
    waysOut(panel.waysOut);
    setShown(talk, !isCovered);
    const origin = isCovered ? null : coveredBy();
    chooser(panel.chooser);
    keypad(panel.digits);
    if (origin) document.querySelector<HTMLElement>(`[data-button=${origin}]`)?.focus();
  };
}

/** A panel that takes the keyboard's focus from the call; closing it returns the focus to the button that opened it. */
function coveredBy(): "transfer" | "keypad" | null {
  const has = (id: string): boolean => byId(id, HTMLElement).contains(document.activeElement);
  if (has("chooser")) return "transfer";
  return has("keypad") ? "keypad" : null;
}

function personList(): (people: readonly PersonRow[]) => void {
  return keyedList<PersonRow, HTMLElement>(
    byId("people", HTMLElement),
    ({ isSelf }) => {
      const party = make("span", "party", make("span", "name"), make("span", "state"));
      // What becomes of the agent is a notice.
      if (!isSelf) {
        party.setAttribute("aria-live", "polite");
        party.setAttribute("aria-atomic", "true");
      }
      return make("li", "", party, make("span", "duration"));
    },
    (row, person) => {
      const [name, state] = row.firstElementChild?.children ?? [];
      const duration = row.lastElementChild;
      if (name) setText(name, person.name);
      if (state) setText(state, person.text);
      if (duration) setText(duration, person.duration);
      row.dataset.joined = String(person.joined);
      row.dataset.apart = String(person.isApart);
    },
  );
}

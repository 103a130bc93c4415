import type { CallPanel, PersonRow, TransferButton } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import type { Actions } from "../actions.ts";
import { byId, make, onPress, setEnabled, setNumber, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** The panel during a call. */
export function callSection(words: Words, actions: Actions): (panel: CallPanel) => void {
  const heading = byId("call-heading", HTMLElement);
  const duration = byId("call-duration", HTMLElement);
  setText(byId("people-heading", HTMLElement), words.inThisCall);
  const people = personList();
  const transfers = transferSection(words, actions);
  const controls = controlSection(words, actions);
  return (panel) => {
    setNumber(heading, panel.customer);
    setText(duration, panel.duration);
    people(panel.people);
    transfers(panel);
    controls(panel.controls);
  };
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

function transferSection(words: Words, actions: Actions): (panel: CallPanel) => void {
  const box = byId("transfer-box", HTMLElement);
  const group = byId("transfers", HTMLElement);
  const text = byId("transfer-text", HTMLElement);
  setText(byId("transfer-heading", HTMLElement), words.transfer);
  const buttons = keyedList<TransferButton, HTMLButtonElement>(
    group,
    ({ key }) => {
      const button = make("button");
      button.type = "button";
      onPress(button, () => actions.transfer(key));
      return button;
    },
    (button, { label, enabled }) => {
      setText(button, label);
      setEnabled(button, enabled);
    },
  );
  return (panel) => {
    setShown(box, panel.transfers.length > 0 || panel.transferText !== "");
    setShown(group, panel.transfers.length > 0);
    buttons(panel.transfers);
    setShown(text, panel.transferText !== "");
    setText(text, panel.transferText);
  };
}

function controlSection(words: Words, actions: Actions): (controls: CallPanel["controls"]) => void {
  const box = byId("controls", HTMLElement);
  const mute = byId("mute", HTMLButtonElement);
  const hangUp = byId("hang-up", HTMLButtonElement);
  const hint = byId("hang-up-hint", HTMLElement);
  // Assistive technology reads the state from aria-pressed; the name of the button stays the same.
  const muteState = make("span");
  muteState.setAttribute("aria-hidden", "true");
  mute.append(words.mute, muteState);
  setText(hangUp, words.hangUp);
  onPress(mute, () => actions.mute(mute.getAttribute("aria-pressed") !== "true"));
  onPress(hangUp, actions.hangUp);
  return (controls) => {
    setShown(box, controls !== null);
    mute.setAttribute("aria-pressed", String(controls?.muted ?? false));
    setText(muteState, controls?.muted ? words.muteIsOn : "");
    setText(hint, controls?.hangUpHint ?? "");
    setShown(hint, Boolean(controls?.hangUpHint));
  };
}

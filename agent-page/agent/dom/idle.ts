import type { ColleagueRow, IdlePanel } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import { byId, make, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** The panel between calls. */
export function idleSection(): (panel: IdlePanel) => void {
  const heading = byId("idle-heading", HTMLElement);
  const text = byId("idle-text", HTMLElement);
  return (panel) => {
    setText(heading, panel.heading);
    setText(text, panel.text);
  };
}

/** The other agents, and what each is doing. */
export function colleagueSection(words: Words): (colleagues: readonly ColleagueRow[]) => void {
  const box = byId("colleagues-box", HTMLElement);
  setText(byId("colleagues-heading", HTMLElement), words.idle.colleagues);
  const list = keyedList<ColleagueRow, HTMLElement>(
    byId("colleagues", HTMLElement),
    () => make("li", "", make("span", "name"), make("span", "state")),
    (row, colleague) => {
      const [name, state] = row.children;
      if (name) setText(name, colleague.name);
      if (state) setText(state, colleague.text);
      row.dataset.state = colleague.state;
    },
  );
  return (colleagues) => {
    setShown(box, colleagues.length > 0);
    list(colleagues);
  };
}

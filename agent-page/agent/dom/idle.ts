import type { IdlePanel } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import { byId, make, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** The panel between calls. */
export function idleSection(words: Words): (panel: IdlePanel) => void {
  const heading = byId("idle-heading", HTMLElement);
  const text = byId("idle-text", HTMLElement);
  const box = byId("colleagues-box", HTMLElement);
  setText(byId("colleagues-heading", HTMLElement), words.idle.colleagues);
  const list = keyedList<IdlePanel["colleagues"][number], HTMLElement>(
    byId("colleagues", HTMLElement),
    () => make("li", "", make("span", "name"), make("span", "state")),
    (row, colleague) => {
      const [name, state] = row.children;
      if (name) setText(name, colleague.name);
      if (state) setText(state, colleague.text);
      row.dataset.state = colleague.state;
    },
  );
  return (panel) => {
    setText(heading, panel.heading);
    setText(text, panel.text);
    setShown(box, panel.colleagues.length > 0);
    list(panel.colleagues);
  };
}

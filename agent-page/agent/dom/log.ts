import type { Log } from "../screen/screen.ts";
import { byId, make, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** A log, each line with the time of day. Screen readers do not announce it: they announce the status line. */
export function logSection(id: "log" | "missed", language: string): (log: Log | null) => void {
  const section = byId(id, HTMLElement);
  const heading = byId(`${id}-heading`, HTMLElement);
  const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", hour12: false });
  const entries = keyedList<Log["entries"][number], HTMLElement>(
    byId(`${id}-entries`, HTMLElement),
    ({ at }) => {
      const time = make("time", "", clock.format(at));
      time.dateTime = new Date(at).toISOString();
      return make("li", "", time, make("span"));
    },
    (row, entry) => {
      const text = row.lastElementChild;
      if (text) setText(text, entry.text);
    },
  );
  return (log) => {
    setShown(section, log !== null);
    if (log) setText(heading, log.heading);
    entries(log?.entries ?? []);
  };
}

import type { Log } from "../screen/screen.ts";
import { byId, make, setShown, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** The log of the call, each line with the time of day. It is not announced: the status line is. */
export function logSection(language: string): (log: Log | null) => void {
  const section = byId("log", HTMLElement);
  const heading = byId("log-heading", HTMLElement);
  const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", hour12: false });
  const entries = keyedList<Log["entries"][number], HTMLElement>(
    byId("log-entries", HTMLElement),
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

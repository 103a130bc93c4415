import type { CallView, LegView } from "../../server/control-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { storyWords } from "../live/story-words.ts";
import { legState, messageWords, transferHistory } from "./call-words.ts";
import { customerWords, legName } from "./shown-numbers.ts";
import { table } from "./table.ts";
import { dayAndTime } from "./when.ts";

export function legsTable(legs: readonly LegView[], paint: Paint, now: number): string[] {
  return table(
    legs,
    [
      { title: "LEG", text: ({ label }) => label, tint: paint.bold },
      { title: "WHO", text: legName },
      { title: "STATE", text: legState },
      { title: "FOR", text: ({ since }) => elapsed(now - since) },
    ],
    paint.dim,
  );
}

function facts(call: CallView, now: number): [string, string][] {
  const { id, conferenceSid, state, startedAt, endedAt, transfers, message } = call;
  const lasted = elapsed((endedAt ?? now) - startedAt);
  return [
    ["Call", id],
    ["Conference", conferenceSid ?? "none yet"],
    ["Customer", customerWords(call)],
    ["State", state],
    ["Since", `${dayAndTime(startedAt)} (${lasted})`],
    ...transfers.flatMap((transfer): [string, string][] => [
      ["Transfer", transferHistory(transfer, now)],
      ...(transfer.note === null ? [] : [["Note", transfer.note] satisfies [string, string]]),
    ]),
    ...(message === null ? [] : [["Message", messageWords(message)] satisfies [string, string]]),
  ];
}

function storyLines({ story, startedAt }: CallView, paint: Paint): string[] {
  return story.map((entry) => {
    const clock = paint.dim(elapsed(entry.at - startedAt).padStart(7));
    return `${clock}  ${storyWords(entry)}`;
  });
}

export function callPage(call: CallView, paint: Paint, now: number): string[] {
  const head = facts(call, now).map(([name, value]) => `${paint.dim(name.padEnd(12))}${value}`);
  const legs = call.legs.length > 0 ? ["", ...legsTable(call.legs, paint, now)] : [];
  return [...head, ...legs, "", ...storyLines(call, paint)];
}

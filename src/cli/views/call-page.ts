import type { CallView, PartyView } from "../../server/control-api.ts";
import type { Paint } from "../colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { storyWords } from "../live/story-words.ts";
import { partyState, transferWords } from "./call-words.ts";
import { table } from "./table.ts";
import { dayAndTime } from "./when.ts";
import { printable } from "../live/width.ts";

/** A call's participants, a line for each: how to name it, who it is, state, for how long. */
export function partiesTable(parties: readonly PartyView[], paint: Paint, now: number): string[] {
  return table(
    parties,
    [
      { title: "PARTICIPANT", text: ({ label }) => label, tint: paint.bold },
      { title: "WHO", text: ({ name }) => name },
      { title: "STATE", text: partyState },
      { title: "FOR", text: ({ since }) => elapsed(now - since) },
    ],
    paint.dim,
  );
}

function facts(call: CallView, now: number): [string, string][] {
  const { id, conferenceSid, customerNumber, state, startedAt, endedAt, transfer } = call;
  const lasted = elapsed((endedAt ?? now) - startedAt);
  return [
    ["Call", id],
    ["Conference", conferenceSid ?? "none yet"],
    ["Customer", customerNumber],
    ["State", state],
    ["Since", `${dayAndTime(startedAt)} (${lasted})`],
    ...(transfer ? [["Transfer", transferWords(transfer)] satisfies [string, string]] : []),
  ];
}

function storyLines({ story, startedAt }: CallView, paint: Paint): string[] {
  return story.map((entry) => {
    const clock = paint.dim(elapsed(entry.at - startedAt).padStart(7));
    return `${clock}  ${printable(storyWords(entry))}`;
  });
}

/** Everything about one call: what it is, who is in it, its story. */
export function callPage(call: CallView, paint: Paint, now: number): string[] {
  const head = facts(call, now).map(([name, value]) => `${paint.dim(name.padEnd(12))}${printable(value)}`);
  const parties = call.parties.length > 0 ? ["", ...partiesTable(call.parties, paint, now)] : [];
  return [...head, ...parties, "", ...storyLines(call, paint)];
}

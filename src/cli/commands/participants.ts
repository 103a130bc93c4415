import type { ParticipantChange } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { type ServerFlags, operate } from "../control/operate.ts";
import { pickCall } from "../control/pick-call.ts";
import { pickParty } from "../control/pick-party.ts";
import { DONE } from "../exit-codes.ts";
import { partiesTable } from "../views/call-page.ts";
import { shownCall, shownParty } from "../views/shown-numbers.ts";
import { printable } from "../live/width.ts";
import type { ShowFlags } from "./conferences.ts";

/** `participants list [CONFERENCE]` */
export function listParticipants(
  word: string | undefined,
  flags: ShowFlags,
  context: Context,
): Promise<number> {
  const { output } = context;
  return operate(flags, context, async (control) => {
    const { id } = await pickCall(control, { word }, context);
    const call = shownCall(await control.call(id), flags.numbers === true);
    output.event({ call, participants: call.parties });
    if (call.parties.length === 0) output.say("Nobody is in this call.");
    else for (const line of partiesTable(call.parties, output.paint, Date.now())) output.line(line);
    return DONE;
  });
}

const DONE_WORDS: Record<ParticipantChange, string> = {
  hold: "is on hold",
  unhold: "is not on hold any more",
  mute: "is muted",
  unmute: "is not muted any more",
  remove: "is taken out of the call",
};

/** `participants hold|unhold|mute|unmute|remove [CONFERENCE] PARTICIPANT` */
export function changeParticipant(
  change: ParticipantChange,
  words: readonly string[],
  flags: ServerFlags,
  context: Context,
): Promise<number> {
  const { output } = context;
  return operate(flags, context, async (control) => {
    const { call, party } = await pickParty(control, words, context);
    const after = await control.change(call.id, party.label, change);
    const participant = after.parties.find(({ label }) => label === party.label) ?? null;
    output.event({
      call: shownCall(after, false),
      participant: participant && shownParty(participant, false),
    });
    const { name } = shownParty(party, false);
    output.line(`${printable(name)} (${party.label}) ${DONE_WORDS[change]}.`);
    return DONE;
  });
}

import type { ParticipantChange } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { type ServerFlags, withControl } from "../control/with-control.ts";
import { pickCall } from "../control/pick-call.ts";
import { pickLeg } from "../control/pick-leg.ts";
import { DONE } from "../exit-codes.ts";
import { legsTable } from "../views/call-page.ts";
import { legName, shownCall, shownLeg } from "../views/shown-numbers.ts";
import type { ShowFlags } from "./conferences.ts";

/** `participants list [CONFERENCE]` */
export function listParticipants(
  word: string | undefined,
  flags: ShowFlags,
  context: Context,
): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const { id } = await pickCall(control, { word }, context);
    const call = shownCall(await control.call(id), flags.numbers === true);
    output.event({ call, participants: call.legs });
    if (call.legs.length === 0) output.info("Nobody is in this call.");
    else for (const line of legsTable(call.legs, output.paint, control.now())) output.line(line);
    return DONE;
  });
}

const DONE_WORDS: Record<ParticipantChange, string> = {
  hold: "is on hold",
  unhold: "is off hold",
  mute: "is muted",
  unmute: "is unmuted",
  remove: "was removed from the call",
};

/** `participants hold|unhold|mute|unmute|remove [CONFERENCE] PARTICIPANT` */
export function changeParticipant(
  change: ParticipantChange,
  words: readonly string[],
  flags: ServerFlags,
  context: Context,
): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const { call, leg } = await pickLeg(control, words, context);
    const after = await control.change(call.id, leg.label, change);
    const participant = after.legs.find(({ label }) => label === leg.label) ?? null;
    output.event({
      call: shownCall(after, false),
      participant: participant && shownLeg(participant, false),
    });
    output.line(`${legName(shownLeg(leg, false))} (${leg.label}) ${DONE_WORDS[change]}.`);
    return DONE;
  });
}

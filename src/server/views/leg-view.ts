import { leavingOf } from "../../call/rules/ending.ts";
import type { CallRecord, Leg } from "../../call/types.ts";
import type { LegView } from "../control-api.ts";
import { customerKindOf } from "../../twilio/parties.ts";
import type { NameOf } from "../names.ts";

/** When the leg entered its present state. */
function since(leg: Leg): number {
  if (leg.state === "left") return leg.leftAt ?? leg.dialledAt;
  if (leg.state === "joined") return leg.joinedAt ?? leg.dialledAt;
  return (leg.state === "ringing" ? leg.ringingAt : null) ?? leg.dialledAt;
}

const shownNumber = (number: string): string => (customerKindOf(number) === "withheld" ? "" : number);

/** A customer's name is the number. */
export function legView(call: CallRecord, leg: Leg, nameOf: NameOf): LegView {
  const { party } = leg;
  return {
    label: leg.label,
    kind: party.kind,
    name: party.kind === "agent" ? nameOf(party.agent) : shownNumber(party.number),
    agent: party.kind === "agent" ? party.agent : null,
    state: leg.state,
    onHold: leg.onHold,
    muted: leg.muted,
    mutedSelf: leg.state === "joined" && leg.mutedSelf === true,
    leaving: leavingOf(call, leg),
    since: since(leg),
  };
}

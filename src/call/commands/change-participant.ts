import { agentOf, customerOf, dialledLegs, isPresent, legOf, replaceLeg } from "../leg.ts";
import type { CallRecord, Command, Leg, Time } from "../types.ts";
import { type CommandResult, grant, refuse } from "./command-result.ts";

type ChangeParticipant = Extract<Command, { kind: "change-participant" }>;

const nameOf = (leg: Leg): string => agentOf(leg) ?? "The customer";

/** Taking the customer out, or the only agent, would end the call: there are commands that say so. */
function removal(record: CallRecord, leg: Leg, now: Time): CommandResult {
  if (leg === customerOf(record)) return refuse("is-customer", "Without the customer there is no call.");
  const others = dialledLegs(record).filter(
    (other) => other !== leg && isPresent(other) && other.dismissedAt === undefined,
  );
  if (others.length === 0) return refuse("last-agent", `${nameOf(leg)} is the only agent in this call.`);
  return grant(replaceLeg(record, leg.label, (removed) => ({ ...removed, dismissedAt: now })));
}

/** Holds, mutes or removes somebody who is in the conference, or takes that back. Asking twice is asking once. */
export function changeParticipant(
  record: CallRecord,
  { label, change }: ChangeParticipant,
  now: Time,
): CommandResult {
  const leg = legOf(record, label);
  if (!leg) return refuse("no-such-participant", `There is no participant ${label} in this call.`);
  if (!isPresent(leg)) return refuse("not-joined", `${nameOf(leg)} is not in the conference.`);
  if (change === "remove") return removal(record, leg, now);
  const wish =
    change === "hold" || change === "unhold"
      ? { holdWanted: change === "hold" }
      : { muted: change === "mute" };
  return grant(replaceLeg(record, label, (changed) => ({ ...changed, ...wish })));
}

import { agentOf, customerOf, dialledLegs, isPresent, isStaying, legOf, replaceLeg } from "../leg.ts";
import type { CallRecord, Command, Leg, ParticipantChange, Time } from "../types.ts";
import {
  type CommandResult,
  changeTransfer,
  grant,
  noAgent,
  openTransferOf,
  refuse,
} from "./command-result.ts";

type ChangeParticipant = Extract<Command, { kind: "change-participant" }>;

const nameOf = (leg: Leg): string => agentOf(leg) ?? "The customer";

function notPresent(record: CallRecord, leg: Leg): CommandResult {
  if (leg.state === "left") return refuse("not-joined", `${nameOf(leg)} has left the conference.`);
  const isTarget = openTransferOf(record)?.target === leg.label;
  const way = isTarget ? ": cancel the transfer to stop the ringing" : "";
  return refuse("not-joined", `${nameOf(leg)} is not in the conference yet${way}.`);
}

/** These keep the customer from being heard; only people who talk with the customer would take them back. */
const ADDS: ReadonlySet<ParticipantChange> = new Set(["hold", "mute"]);

const hasAgent = (record: CallRecord): boolean => dialledLegs(record).some(isStaying);

/** A target who is taken out again while the first agent is there has not been handed the customer. */
function takenBack(record: CallRecord, label: Leg["label"], now: Time): CallRecord {
  const open = openTransferOf(record);
  return open?.target === label ? changeTransfer(record, { ...open, cancelledAt: now }) : record;
}

/** Taking the customer out, or the only agent, would end the call: there is a command that says so. */
function removal(record: CallRecord, leg: Leg, now: Time): CommandResult {
  if (leg === customerOf(record)) return refuse("is-customer", "Without the customer there is no call.");
  if (leg.dismissedAt !== undefined) return grant(record);
  const others = dialledLegs(record).filter((other) => other !== leg && isStaying(other));
  if (others.length === 0) return refuse("last-agent", `${nameOf(leg)} is the only agent in this call.`);
  const without = replaceLeg(record, leg.label, (removed) => ({ ...removed, dismissedAt: now }));
  return grant(takenBack(without, leg.label, now));
}

/**
 * Holds, mutes or removes somebody who is in the conference, or takes that back. Asking twice is asking once. Removing the
 * one who started a transfer completes it, removing its target cancels it.
 */
export function changeParticipant(
  record: CallRecord,
  { label, change }: ChangeParticipant,
  now: Time,
): CommandResult {
  const leg = legOf(record, label);
  if (!leg) {
    const here = record.legs.filter(isPresent).map((present) => present.label);
    const known = here.length === 0 ? "nobody is in it" : `in it are ${here.join(", ")}`;
    return refuse("no-such-participant", `There is no participant ${label} in this call: ${known}.`);
  }
  if (!isPresent(leg)) return notPresent(record, leg);
  if (change === "remove") return removal(record, leg, now);
  if (leg.dismissedAt !== undefined) return refuse("not-joined", `${nameOf(leg)} is leaving the conference.`);
  if (leg === customerOf(record) && ADDS.has(change) && !hasAgent(record)) return noAgent();
  const wish =
    change === "hold" || change === "unhold"
      ? { holdWanted: change === "hold" }
      : { muted: change === "mute" };
  return grant(replaceLeg(record, label, (changed) => ({ ...changed, ...wish })));
}

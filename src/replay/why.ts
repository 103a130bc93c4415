import { agentOf, legOf } from "../call/legs.ts";
import { hasCome, openTransferOf } from "../call/rules/transfers.ts";
import type { Action, CallRecord, EndedBy, Leg } from "../call/types.ts";
import { CUSTOMER } from "../call/types.ts";

const ENDS: Readonly<Record<EndedBy, string>> = {
  customer: "the customer hung up",
  agent: "an agent ended it",
  outside: "the outside party ended it",
  operator: "an operator ended it",
  "no-agent": "no agent took it, and the setting afterFailure ends it",
  "time-limit": "it reached its time limit",
  error: "the conference ended, and nobody asked for that",
};

const endOf = ({ endedBy }: CallRecord): string =>
  `the call is over: ${endedBy === null ? "it ended" : ENDS[endedBy]}`;

const nameOf = (leg: Leg): string => agentOf(leg) ?? leg.label;

/** Why the server lets a leg go. */
function whyHangUp(record: CallRecord, leg: Leg): string {
  const transfer = record.transfers.find(
    ({ target, starter }) => target === leg.label || starter === leg.label,
  );
  const isTarget = transfer?.target === leg.label;
  if (record.endedAt !== null) return endOf(record);
  if (leg.lostAt !== undefined) return `${nameOf(leg)}'s page is back without the call: the line was lost`;
  if (leg.givenUpAt !== undefined) return "Twilio has reported nothing about it for too long";
  if (transfer && isTarget && transfer.cancelledAt !== null) return "the transfer is cancelled";
  if (transfer && isTarget && transfer.outcome?.kind === "failed") return "the transfer failed";
  if (transfer?.mode === "blind" && !isTarget) return "the starter of a blind transfer leaves at once";
  if (transfer && !isTarget && hasCome(transfer)) return "the transfer completes";
  return "it was let go";
}

function whyHold(record: CallRecord, leg: Leg, isHeld: boolean): string {
  const transfer = openTransferOf(record);
  if (leg.holdWanted && isHeld) return "somebody asked for it";
  if (leg.label !== CUSTOMER) return isHeld ? "the starter talks to the customer" : "it takes part again";
  if (!isHeld) return "an agent is there to talk";
  if (transfer?.mode === "consult" && transfer.starter !== null) return "the agents talk first";
  return "no agent is there to talk";
}

/** Why the rules decided an action, from the record that they made. */
export function whyOf(action: Action, record: CallRecord): string {
  if (action.kind === "end-conference") return endOf(record);
  if (action.kind === "announce")
    return "the page of every agent in the call is gone, so the line may be dead";
  const leg = legOf(record, action.label);
  if (!leg) return "";
  switch (action.kind) {
    case "dial": {
      if (leg.role === "first") return `the customer has no agent, and ${nameOf(leg)} is free`;
      const mode = record.transfers.find(({ target }) => target === leg.label)?.mode ?? "";
      return `a transfer has started (${mode})`;
    }
    case "hang-up":
      return whyHangUp(record, leg);
    case "set-hold":
      return whyHold(record, leg, action.value);
    case "set-ends-conference":
      return action.value
        ? `${nameOf(leg)} is the only agent now`
        : `${nameOf(leg)} must not take the others along`;
    case "set-muted":
      return "somebody asked for it";
  }
}

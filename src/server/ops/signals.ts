import type { CallRecord, EndedBy, Message, Outcome, Transfer } from "../../call/types.ts";
import type { Observer } from "../../call/ports.ts";
import type { PresenceState } from "../../presence/presence.ts";
import type { RestRequest } from "../../twilio/rest/watch-requests.ts";

export interface TransferEnded {
  kind: "transfer-ended";
  call: CallRecord;
  transfer: Transfer;
  outcome: Outcome;
}

/** An event of a call that is logged and counted. Durations are milliseconds. */
export type Milestone =
  | { kind: "call-answered"; call: CallRecord; waitedMs: number }
  | TransferEnded
  | { kind: "call-ended"; call: CallRecord; by: EndedBy; lastedMs: number }
  | { kind: "message-left"; call: CallRecord; message: Message };

/** When the first agent joined; null until then. */
function answeredAt({ legs }: CallRecord): number | null {
  let first: number | null = null;
  for (const { party, joinedAt } of legs)
    if (party.kind === "agent" && joinedAt !== null) first = Math.min(first ?? joinedAt, joinedAt);
  return first;
}

function milestonesOf(call: CallRecord): Milestone[] {
  const { startedAt, transfers, endedAt, endedBy } = call;
  const milestones: Milestone[] = [];
  // Twilio's times are whole seconds and may lie a little before ours.
  const since = (at: number): number => Math.max(0, at - startedAt);
  const answered = answeredAt(call);
  if (answered !== null) milestones.push({ kind: "call-answered", call, waitedMs: since(answered) });
  for (const transfer of transfers)
    if (transfer.outcome)
      milestones.push({ kind: "transfer-ended", call, transfer, outcome: transfer.outcome });
  if (endedAt !== null && endedBy !== null)
    milestones.push({ kind: "call-ended", call, by: endedBy, lastedMs: since(endedAt) });
  if (call.message) milestones.push({ kind: "message-left", call, message: call.message });
  return milestones;
}

/** Unique among the milestones of all calls. */
function keyOf(milestone: Milestone): string {
  const transfer = milestone.kind === "transfer-ended" ? milestone.transfer.id : "";
  return `${milestone.call.id} ${milestone.kind} ${transfer}`;
}

/** Keys that are remembered; the oldest is forgotten first. */
const MAX_KEYS = 20_000;

/** True the first time that a key is passed. */
export type Once = (key: string) => boolean;

/** Remembers the last 20,000 keys. */
export function createOnce(): Once {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > MAX_KEYS && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** The milestones that a change of a call adds. Each is returned once, even if a late callback undoes and repeats it. */
export function newMilestones(after: CallRecord, before: CallRecord | undefined, once: Once): Milestone[] {
  const milestones = milestonesOf(after);
  // Most changes add none, and calls that begin have none.
  if (milestones.length === 0) return milestones;
  const earlier = new Set(before ? milestonesOf(before).map(keyOf) : []);
  return milestones.filter((milestone) => !earlier.has(keyOf(milestone)) && once(keyOf(milestone)));
}

/** A request to one of Twilio's routes that has been answered. */
export interface AnsweredWebhook {
  route: string;
  status: number;
  /** Milliseconds. */
  ms: number;
}

/** The source of the log and the metrics. */
export interface Signals extends Observer {
  request: (request: RestRequest) => void;
  webhook: (webhook: AnsweredWebhook) => void;
  milestone: (milestone: Milestone) => void;
  agent: (agent: string, state: PresenceState) => void;
}

type Arguments = { [Name in keyof Signals]: Parameters<Signals[Name]> };

/** Passes every signal to all receivers. An error of one stops neither the others nor the sender. */
export function broadcastSignals(
  receivers: readonly Partial<Signals>[],
  onError: (error: unknown) => void,
): Signals {
  const send = <Name extends keyof Signals>(name: Name) => {
    const handlers = receivers.flatMap((receiver) => receiver[name] ?? []) as ((
      ...given: Arguments[Name]
    ) => void)[];
    return (...given: Arguments[Name]): void => {
      for (const handle of handlers) {
        try {
          handle(...given);
        } catch (error) {
          onError(error);
        }
      }
    };
  };
  return {
    input: send("input"),
    action: send("action"),
    request: send("request"),
    webhook: send("webhook"),
    milestone: send("milestone"),
    agent: send("agent"),
  };
}

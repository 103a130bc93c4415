import type { Decision, Policy } from "../decision.ts";
import { blankRecord, newCallRecord } from "../legs.ts";
import type { Command, Fact, Input } from "../inputs.ts";
import type { CallId, CallRecord, Time } from "../types.ts";
import { actionsOf, nextActionAt, withTold } from "./actions.ts";
import { applyCommand } from "./commands.ts";
import { nextDeadline } from "./deadlines.ts";
import { applyFact } from "./facts.ts";
import { settle } from "./settle.ts";
import { serveWaiting } from "./waiting.ts";

type CustomerCalled = Extract<Fact, { kind: "customer-called" }>;

const COMMANDS = new Set<Input["kind"]>([
  "start-transfer",
  "complete-transfer",
  "cancel-transfer",
  "bring-together",
  "swap-transfer",
  "leave",
  "end-call",
  "change-participant",
  "mute-self",
]);

export function isCommand(input: Input): input is Command {
  return COMMANDS.has(input.kind);
}

/** The decision about a call without a record: a refusal. */
export function unknownCall(id: CallId, now: Time): Decision {
  const refusal = { code: "no-such-call", message: "There is no such call." } as const;
  return { record: { ...blankRecord(id, now), endedAt: now }, actions: [], refusal };
}

/** Settles the record, and again if that made the next agent ring. */
function settleAndServe(requested: CallRecord, policy: Policy, now: Time): CallRecord {
  const settled = settle(requested, policy);
  const served = serveWaiting(settled, policy, now);
  return served === settled ? settled : settle(served, policy);
}

function withDeadline(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const times = [nextDeadline(record, policy, now), nextActionAt(record, now)].filter((at) => at !== null);
  return { ...record, deadline: times.length === 0 ? null : Math.min(...times) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Compares JSON values. Parts that both share cost nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const entries = Object.entries(one);
  if (entries.length !== Object.keys(other).length) return false;
  return entries.every(([name, value]) => isSame(value, other[name]));
}

/** Raises the revision if anything has changed. */
function decisionOf(
  before: CallRecord | undefined,
  requested: CallRecord,
  policy: Policy,
  now: Time,
): Decision {
  const wanted = settleAndServe(requested, policy, now);
  const actions = actionsOf(wanted, policy, now);
  const after = withDeadline(withTold(wanted, now), policy, now);
  const isNew = before === undefined || !isSame(before, after);
  const record = isNew ? { ...after, revision: (before?.revision ?? 0) + 1 } : before;
  return { record, actions, refusal: null };
}

/**
 * A call's first decision: its record, and the dial of the first free agent.
 * @param now ms since 1970
 */
export function beginCall(fact: CustomerCalled, policy: Policy, now: Time): Decision {
  return decisionOf(undefined, newCallRecord(fact, policy), policy, now);
}

/**
 * Applies one input to a call. Returns the next record and the requests to make to Twilio. Pure: the same arguments give the same
 * decision. It adds facts to the record and draws conclusions from all of them, so their order does not matter. It grants or
 * refuses a command by what is known now.
 *
 * @param now ms since 1970; deadlines and retries in the record compare with it
 * @returns `record` is the same object if nothing has changed
 */
export function decide(before: CallRecord, input: Input, policy: Policy, now: Time): Decision {
  if (!isCommand(input)) return decisionOf(before, applyFact(before, input, policy, now), policy, now);
  const { record, refusal } = applyCommand(before, input, policy, now);
  return refusal ? { record: before, actions: [], refusal } : decisionOf(before, record, policy, now);
}

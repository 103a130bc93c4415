import type { Decision, Policy } from "../decision.ts";
import type { Command, Fact, Input } from "../inputs.ts";
import {
  blankRecord,
  connectedAt,
  dialledLegs,
  isDropped,
  isOutside,
  isStaying,
  newCallRecord,
  secondOf,
  withValues,
} from "../legs.ts";
import type { CallId, CallRecord, Leg, Time } from "../types.ts";
import { actionsOf, nextActionAt, withTold } from "./actions.ts";
import { applyCommand } from "./commands.ts";
import { endingOf } from "./ending.ts";
import { applyFact } from "./facts.ts";
import { heldByTransfer, leftByItselfAt, openTransferOf, settleTransfer } from "./transfers.ts";
import { nextDeadline, passedOf, serveWaiting } from "./waiting.ts";

/** A leg that we let go does not count: we are about to hang it up. A muted agent counts, because they hear the customer. */
function isWithCustomer(leg: Leg): boolean {
  return isStaying(leg) && !leg.holdWanted;
}

/** Has an agent or an outside party joined the customer's present conference? */
function hasStarted({ legs, conferenceHasStarted = false, returns = [] }: CallRecord): boolean {
  if (conferenceHasStarted) return true;
  const since = returns.at(-1)?.at ?? -Infinity;
  return legs.some(
    (leg) =>
      leg.role !== "customer" &&
      (leg.joinedAt !== null || (leg.leftAt !== null && connectedAt(leg) !== null)) &&
      // Twilio's times are whole seconds: for a leg that left in the second of the return, only its dial shows which conference.
      (leg.leftAt === null || leg.leftAt > since || leg.dialledAt >= since),
  );
}

/**
 * The customer has no agent, because the agents have left or are on hold. A conference that has started does not play its waiting
 * music again (www.twilio.com/docs/voice/twiml/conference), so we hold such a customer, which plays music.
 */
function lacksAgent(record: CallRecord): boolean {
  if (record.endedAt !== null || record.conferenceEnd !== null) return false;
  return hasStarted(record) && !dialledLegs(record).some(isWithCustomer);
}

/**
 * The customer's leg ends the conference by leaving. So does a target's leg as the only agent; the first agent's never does, as in
 * the tutorial, and the customer then hears a closing sentence. An agent who transfers may leave before the target joins.
 */
function endsConference(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  if (leg.role !== "target") return leg.role === "customer";
  if (isDropped(leg) || openTransferOf(record)?.starter === leg.label) return false;
  return tutorialFlags || !dialledLegs(record).some((other) => other !== leg && isStaying(other));
}

/** The line of an agent was lost if the leg left without the page's `leave` or `end-call`. Outside parties just hang up. */
function isLost(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  const { leftAt, lostAt, dismissedAt } = leg;
  if (lostAt !== undefined) return true;
  if (tutorialFlags || isOutside(leg) || leftAt === null || connectedAt(leg) === null) return false;
  // If Twilio did not report the leg's end, we let the leg go long after it had left.
  const wasLetGo = dismissedAt !== undefined && secondOf(dismissedAt) <= secondOf(leftAt);
  return !wasLetGo && leftByItselfAt(leg, record) !== null;
}

function withIntents(record: CallRecord, policy: Policy): CallRecord {
  const open = openTransferOf(record);
  const held = open && record.endedAt === null ? heldByTransfer(open) : null;
  const legs = record.legs.map((leg): Leg => {
    const onHold = leg.holdWanted || leg.label === held;
    const common = { endsConference: endsConference(record, leg, policy) };
    if (leg.role === "customer") return withValues(leg, { ...common, onHold: onHold || lacksAgent(record) });
    return withValues(leg, {
      ...common,
      onHold,
      unwanted: isDropped(leg) || record.endedAt !== null,
      isLost: isLost(record, leg, policy),
    });
  });
  return { ...record, legs };
}

/**
 * Derives everything that follows from the facts and requests in a record: how the call ended, the outcome of each transfer, and
 * what we want of each leg. Nothing here depends on the order in which facts arrived.
 */
function settle(record: CallRecord, policy: Policy): CallRecord {
  const ended = { ...record, ...endingOf(record, policy) };
  const transfers = ended.transfers.map((transfer) => settleTransfer(ended, transfer));
  const settled = withIntents({ ...ended, transfers }, policy);
  return { ...settled, passed: passedOf(settled, policy) };
}

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

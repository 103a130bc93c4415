import { beginCall, decide } from "../../../src/call/rules/decide.ts";
import type { Command, Fact, Input, Survey } from "../../../src/call/inputs.ts";
import { mergeSurveys } from "../../../src/call/rules/survey.ts";
import { agentOf } from "../../../src/call/legs.ts";
import type {
  Action,
  AgentId,
  CallId,
  CallRecord,
  CallSid,
  ConferenceSid,
  FailureReason,
  Label,
  LeaveReason,
  Leg,
} from "../../../src/call/types.ts";
import type { CallSettings, Decision, Policy, Refusal } from "../../../src/call/decision.ts";

export const CALL = "CA00000000000000000000000000000001" as CallId;
export const CONFERENCE = "CF00000000000000000000000000000001" as ConferenceSid;
export const START = 1_800_000_000_000;
export const RING_SECONDS = 25;
export const RETRY_AFTER = 20_000;

export const SETTINGS: CallSettings = {
  ringSeconds: RING_SECONDS,
  retryAfter: RETRY_AFTER,
  tutorialFlags: false,
  grace: 30_000,
  whenWindowGone: "announce",
  afterFailure: {
    "no-answer": "return",
    busy: "return",
    declined: "return",
    unreachable: "return",
    machine: "return",
    error: "return",
    cancelled: "return",
  },
  maxCallMinutes: 240,
};

/** A phone that is no agent's. */
export const OUTSIDE = { kind: "outside", address: "+15550199999" } as const;

export const agentId = (name: string): AgentId => name as AgentId;
export const sidOf = (label: string): CallSid => (label === "customer" ? CALL : `CA-${label}`) as CallSid;

/** One call, told fact by fact to `decide`, with time that stands still until it is moved. */
export function scene(
  agents: readonly string[] = ["agent1", "agent2", "agent3"],
  settings: Partial<Policy> = {},
) {
  const signedIn = new Set(agents);
  let now = START;
  let record: CallRecord | undefined;
  let actions: Action[] = [];
  const facts: Fact[] = [];

  const call = (): CallRecord => {
    if (!record) throw new Error("Nobody has called yet.");
    return record;
  };
  const isTaken = (agent: string): boolean =>
    record?.legs.some((leg) => agentOf(leg) === agent && leg.state !== "left") ?? false;
  const policy = (): Policy => ({
    agents: agents.map(agentId),
    signedIn: agents.filter((agent) => signedIn.has(agent)).map(agentId),
    free: agents.filter((agent) => signedIn.has(agent) && !isTaken(agent)).map(agentId),
    ...SETTINGS,
    ...settings,
  });
  const take = (decision: Decision): Decision => {
    record = decision.record;
    actions.push(...decision.actions);
    return decision;
  };
  const tell = (input: Input): Decision => {
    if ("at" in input) facts.push(input);
    return take(decide(call(), input, policy(), now));
  };
  const about = (label: string) => ({ at: now, label: label as Label, callSid: sidOf(label) });
  /** The customer who comes back comes into a new one. */
  const conference = (): ConferenceSid => {
    const { length } = record?.returns ?? [];
    return length === 0 ? CONFERENCE : (`${CONFERENCE}-${length}` as ConferenceSid);
  };
  const participant = (label: string) => ({ ...about(label), conference: conference() });

  return {
    get record() {
      return call();
    },
    get now() {
      return now;
    },
    /** What was decided to be done since the last time that this was asked. */
    actions(): Action[] {
      const done = actions;
      actions = [];
      return done;
    },
    /** All that was told so far. */
    facts: (): readonly Fact[] => facts,
    leg(label: string): Leg {
      const found = call().legs.find((leg) => leg.label === label);
      if (!found) throw new Error(`There is no leg ${label}.`);
      return found;
    },
    tell,
    /** What a record becomes by an input now; this call stays as it is. */
    decides: (record: CallRecord, input: Input): CallRecord => decide(record, input, policy(), now).record,
    passes(ms: number): void {
      now += ms;
    },
    /** `silently`: the call hears of it only later. */
    signsIn(agent: string, { silently = false } = {}): void {
      signedIn.add(agent);
      if (!silently) tell({ kind: "agents-changed", at: now });
    },
    signsOut(agent: string): void {
      signedIn.delete(agent);
    },
    customerCalls(): void {
      const fact = { kind: "customer-called", at: now, call: CALL, number: "+15550100" } as const;
      take(beginCall(fact, policy(), now));
      tell({ kind: "participant-joined", ...participant("customer") });
    },
    /** Twilio has taken the dial. */
    isDialled: (label: string) => tell({ kind: "leg-dialled", ...about(label) }),
    rings(label: string): void {
      tell({ kind: "leg-dialled", ...about(label) });
      tell({ kind: "leg-ringing", ...about(label) });
    },
    joins(label: string): void {
      tell({ kind: "leg-answered", ...about(label) });
      tell({ kind: "participant-joined", ...participant(label) });
    },
    /** Rings and is answered, one second each. */
    answers(label: string): void {
      this.rings(label);
      now += 1_000;
      this.joins(label);
      now += 1_000;
    },
    /** Answers, and is told what the call is about. */
    isBriefed: (label: string) => tell({ kind: "leg-answered", ...about(label) }),
    /** Answers, and hangs up on the way into the conference. */
    hangsUpEarly: (label: string) => tell({ kind: "leg-ended", ...about(label), end: { answered: true } }),
    /** Hears what the call is about, does not take it, and is hung up on. */
    refuses(label: string, reason: "declined" | "machine"): void {
      tell({ kind: "leg-refused", ...about(label), reason });
      tell({ kind: "leg-ended", ...about(label), end: { answered: true } });
    },
    doesNotTake: (label: string, reason: FailureReason | "cancelled") =>
      tell({ kind: "leg-ended", ...about(label), end: { answered: false, reason } }),
    leaves(label: string, because: LeaveReason = "hung-up"): void {
      tell({ kind: "participant-left", ...participant(label), because });
      tell({ kind: "leg-ended", ...about(label), end: { answered: true } });
    },
    /** An agent's page says so: *Leave*, or *End call* where that would end it. Then Twilio tells. */
    hangsUp(label: string): void {
      const by = agentOf(this.leg(label));
      if (tell({ kind: "leave", by }).refusal) tell({ kind: "end-call", by });
      this.leaves(label);
    },
    conferenceEnds: (endedBy: string | null) =>
      tell({ kind: "conference-ended", at: now, conference: conference(), endedBy: endedBy as Label | null }),
    /** The customer's `<Dial>` is over, and the customer is still on the line. */
    isReleased: (stay = record?.returns?.length ?? 0) => tell({ kind: "customer-released", at: now, stay }),
    /** Twilio's lists were asked now, and showed this. */
    shows: (...looks: Partial<Survey>[]) =>
      tell({ kind: "twilio-surveyed", at: now, found: mergeSurveys(looks) }),
    /** Wakes the call if its deadline has passed. */
    wakes(): void {
      const { deadline } = call();
      if (deadline !== null && deadline <= now) tell({ kind: "deadline-passed", at: now });
    },
    asks: (command: Command): Refusal | null => tell(command).refusal,
    transfers: (by: string | null, to: string): Refusal["code"] | null =>
      tell({
        kind: "start-transfer",
        by: by === null ? null : agentId(by),
        to: agentId(to),
        mode: "three-way",
      }).refusal?.code ?? null,
    outcomes: () => call().transfers.map(({ outcome }) => outcome),
  };
}

export type Scene = ReturnType<typeof scene>;

/** The customer talks to agent1. */
export function talking(agents?: readonly string[], settings?: Partial<Policy>): Scene {
  const s = scene(agents, settings);
  s.customerCalls();
  s.answers("agent1-1");
  s.actions();
  return s;
}

/** agent2 has taken the customer over from agent1, who has left. */
export function takenOver(settings?: Partial<Policy>): Scene {
  const s = talking(undefined, settings);
  s.transfers("agent1", "agent2");
  s.answers("agent2-1");
  s.hangsUp("agent1-1");
  s.passes(5_000);
  s.actions();
  return s;
}

/** Short names of actions, for reading. */
export function named(actions: readonly Action[]): string[] {
  return actions.map((action) => {
    const value = "value" in action ? ` ${action.value}` : "";
    return `${action.kind}${"label" in action ? ` ${action.label}` : ""}${value}`;
  });
}

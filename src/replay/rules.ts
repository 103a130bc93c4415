import type { CallSettings, Decision } from "../call/decision.ts";
import type { Input } from "../call/inputs.ts";
import { decideNow } from "../call/running/decide-and-save.ts";
import { createTwilioClock, type TwilioClock } from "../call/running/timing.ts";
import type { Action, AgentId, CallId, CallRecord, Time } from "../call/types.ts";

/** One decision of the rules, with the record before it. */
export interface Decided {
  readonly call: CallId;
  readonly at: Time;
  readonly input: Input;
  readonly before: CallRecord | undefined;
  readonly decision: Decision;
}

/** The rules with the records that they have made so far. No store, no Twilio: deciding changes nothing else. */
export interface Rules {
  get(call: CallId): CallRecord | undefined;
  records(): readonly CallRecord[];
  /** Decides, and keeps the new record. */
  submit(call: CallId, input: Input, now: Time): Decided;
  /** The same records in a copy, to try something out. */
  copy(): Rules;
}

interface Needs {
  settings: CallSettings;
  /** In the order in which they ring. */
  agents: readonly AgentId[];
  /** Agents who can be rung now, as far as the file shows. */
  free: (call: CallId, now: Time) => readonly AgentId[];
}

export function createRules(
  needs: Needs,
  known: ReadonlyMap<CallId, CallRecord> = new Map(),
  twilioClock: TwilioClock = createTwilioClock(),
): Rules {
  const { settings, agents, free } = needs;
  const records = new Map(known);
  const presence = { all: () => agents, signedIn: () => agents };
  return {
    get: (call) => records.get(call),
    records: () => [...records.values()],
    submit(call, input, now) {
      const before = records.get(call);
      const deps = { presence, settings, twilioClock, clock: { now: () => now } };
      const decision = decideNow(deps, call, before, input, free(call, now));
      if (decision.refusal === null) records.set(call, decision.record);
      return { call, at: now, input, before, decision };
    },
    copy: () => createRules(needs, records, twilioClock),
  };
}

export const actionsOf = (decided: readonly Decided[]): Action[] =>
  decided.flatMap(({ decision }) => decision.actions);

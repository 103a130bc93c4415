import { customerOf, legOf } from "../legs.ts";
import type { Fact, Input } from "../inputs.ts";
import type { CallRecord, Time } from "../types.ts";

/** Twilio dates events in whole seconds. */
const SECOND = 1_000;

/** Twilio's clock as seen from ours. */
export interface TwilioClock {
  /** How far our clock is ahead, in ms, whole seconds; 0 while all events so far are consistent with equal clocks. */
  ahead(): number;
  /** Learns from an event: Twilio dates it `stamp`, it came after `after`, and Twilio reported it by `now`, both by our clock. */
  learn(stamp: Time, after: Time, now: Time): void;
}

/**
 * Learns the difference of the clocks from cause and effect: an event comes after what caused it and before its callback.
 * A late callback does not count as a difference if earlier ones were not late.
 */
export function createTwilioClock(): TwilioClock {
  let [least, most] = [-Infinity, Infinity];
  return {
    // Rounded down, so that a reported event never lies in the future.
    ahead: () => (least <= 0 && most >= 0 ? 0 : Math.floor(most / SECOND) * SECOND),
    learn(stamp, after, now) {
      // The record comes from another process with another clock.
      if (after > now) return;
      const [low, high] = [after - stamp - SECOND, now - stamp];
      [least, most] = [Math.max(least, low), Math.min(most, high)];
      // One of the clocks was set, so earlier knowledge is void.
      if (least > most) [least, most] = [low, high];
    },
  };
}

/** The time that precedes every report about a leg, or about the call. */
function causeOf(record: CallRecord, fact: Fact): Time {
  const leg = "label" in fact ? legOf(record, fact.label) : customerOf(record);
  return Math.max(record.startedAt, leg?.dialledAt ?? record.startedAt);
}

const notBefore = <One extends Fact>(fact: One, startedAt: Time): One =>
  fact.at < startedAt ? { ...fact, at: startedAt } : fact;

/**
 * Converts all times of an input to our clock, none of them before the call's start. Events of the same second at Twilio get the
 * same time: only the rules can say which came first.
 */
export function dateInput(input: Input, record: CallRecord, clock: TwilioClock): Input {
  if (!("at" in input)) return input;
  const { startedAt } = record;
  if (input.kind === "twilio-surveyed") {
    const facts = input.found.facts.map((fact) => notBefore(fact, startedAt));
    return { ...input, found: { ...input.found, facts } };
  }
  const { stamp, ...fact } = input;
  if (stamp === undefined) return input;
  clock.learn(stamp, causeOf(record, input), input.at);
  return notBefore({ ...fact, at: stamp + clock.ahead() }, startedAt);
}

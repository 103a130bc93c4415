import { customerOf, legOf } from "./leg.ts";
import type { CallRecord, Fact, Input, Time } from "./types.ts";

/** Twilio dates events in whole seconds. */
const SECOND = 1_000;

/** Twilio's clock as seen from ours. */
export interface TwilioClock {
  /** How far ours is ahead, in ms; 0 while everything heard so far fits clocks that agree. */
  ahead(): number;
  /** An event that Twilio dates `stamp` came after `after` and was reported by `now`, both by our clock. */
  learn(stamp: Time, after: Time, now: Time): void;
}

/**
 * Learns the difference of the clocks from cause and effect: an event comes after what caused it and before its callback.
 * A callback that is late is no difference, as long as earlier ones were not.
 */
export function createTwilioClock(): TwilioClock {
  let [least, most] = [-Infinity, Infinity];
  return {
    ahead: () => (least <= 0 && most >= 0 ? 0 : Math.round(most / SECOND) * SECOND),
    learn(stamp, after, now) {
      // The record is from another process, whose clock was not ours.
      if (after > now) return;
      const [low, high] = [after - stamp - SECOND, now - stamp];
      [least, most] = [Math.max(least, low), Math.min(most, high)];
      // One of the clocks was set: what was learned before is void.
      if (least > most) [least, most] = [low, high];
    },
  };
}

/** When the leg, or else the call, began: nothing that is reported of it happened earlier. */
function beginningOf(record: CallRecord, fact: Fact): Time {
  const leg = "label" in fact ? legOf(record, fact.label) : customerOf(record);
  return Math.max(record.startedAt, leg?.dialledAt ?? record.startedAt);
}

const notBefore = <One extends Fact>(fact: One, beginning: Time): One =>
  fact.at < beginning ? { ...fact, at: beginning } : fact;

/**
 * An input whose times are all by our clock. What Twilio dates is never later than we heard of it, and never before the
 * dial that it is about.
 */
export function dateInput(input: Input, record: CallRecord, clock: TwilioClock): Input {
  if (!("at" in input)) return input;
  if (input.kind === "twilio-surveyed") {
    const facts = input.found.facts.map((fact) => notBefore(fact, beginningOf(record, fact)));
    return { ...input, found: { ...input.found, facts } };
  }
  const { stamp, ...fact } = input;
  if (stamp === undefined) return input;
  const beginning = beginningOf(record, input);
  clock.learn(stamp, beginning, input.at);
  return notBefore({ ...fact, at: Math.min(input.at, stamp + clock.ahead()) }, beginning);
}

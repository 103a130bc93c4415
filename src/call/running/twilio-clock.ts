import { customerOf, legOf } from "../legs.ts";
import type { Fact, Input } from "../inputs.ts";
import type { CallRecord, Time } from "../types.ts";

/** Twilio dates events in whole seconds. */
const SECOND = 1_000;

/** Twilio's clock as seen from ours. */
export interface TwilioClock {
  /** How far ours is ahead, in ms, whole seconds; 0 while everything heard so far fits clocks that agree. */
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
    // Rounded down: what was heard of by now has happened by now.
    ahead: () => (least <= 0 && most >= 0 ? 0 : Math.floor(most / SECOND) * SECOND),
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

/** What came before all that is reported of a leg, or else of the call. */
function causeOf(record: CallRecord, fact: Fact): Time {
  const leg = "label" in fact ? legOf(record, fact.label) : customerOf(record);
  return Math.max(record.startedAt, leg?.dialledAt ?? record.startedAt);
}

const notBefore = <One extends Fact>(fact: One, startedAt: Time): One =>
  fact.at < startedAt ? { ...fact, at: startedAt } : fact;

/**
 * An input whose times are all by our clock, and none before the call's start. Events of one second at Twilio stay events of
 * one moment: which of them came first, only the rules can tell.
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

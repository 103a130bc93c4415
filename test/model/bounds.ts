import type { Exceptions } from "../support/world/invariant-watch.ts";
import { RULES, type RuleName } from "../support/world/invariants.ts";

/** By how much a callback may be late, in ms. What Twilio tells late may be put right late. */
export const LATEST_MS = 1_500;
const TOLD: readonly RuleName[] = ["silence", "forNothing", "noCustomer", "staleCall", "busyForNothing"];
/** What only a request to Twilio puts right. A customer who is not put on hold hears an announcement instead. */
const DONE: readonly RuleName[] = ["forNothing", "noCustomer", "busyForNothing"];

/** Whatever is not told, a survey finds; each call is surveyed so often, in ms. */
const SURVEYED_EVERY = 15_000;

function longer(rules: readonly RuleName[], ms: number, because: string): Exceptions {
  return Object.fromEntries(rules.map((rule) => [rule, { ms: RULES[rule].boundMs + ms, because }]));
}

export const LATE = longer(TOLD, 2 * LATEST_MS, "callbacks come late");
export const LOST = longer(
  TOLD,
  SURVEYED_EVERY + 2 * LATEST_MS,
  "no callback says so before the next survey",
);

/** @param lasts how long, in ms, Twilio does not do what is asked */
export function failing(operation: string, lasts: number): Exceptions {
  const isChange = /^(Update|Create)/.test(operation);
  const because = `${operation} fails`;
  return {
    ...(isChange ? longer(DONE, lasts, because) : {}),
    // Nobody is dialled before the customer is on hold.
    ...(operation === "UpdateParticipant" ? longer(["notHeld"], lasts, because) : {}),
  };
}

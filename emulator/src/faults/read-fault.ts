import { events, requests } from "../covered/callbacks.ts";
import { operations } from "../rest/operations.ts";
import type { Fault } from "./fault.ts";

type Given = Readonly<Record<string, unknown>>;
type Check = (value: unknown, given: Given) => string | null;

const LONGEST_MS = 600_000;

const whole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `a whole number from ${least} to ${most}`;

const one =
  (...names: readonly string[]): Check =>
  (value) =>
    names.includes(String(value)) ? null : `one of ${names.join(", ")}`;

const isStatus = whole(400, 599);
const DOES = ["drop", "duplicate", "delay", "reorder"];

const eventsOf = ({ webhook }: Given): readonly string[] =>
  webhook === "*"
    ? [...new Set(Object.values(events).flat())]
    : (events[webhook as keyof typeof events] ?? []);

const REST: Readonly<Record<string, Check>> = {
  rest: one("*", ...operations.map(({ name }) => name)),
  times: whole(1, 1_000),
  answer: (value) =>
    value === "html" || value === "reset" || isStatus(value, {}) === null
      ? null
      : "html, reset, or an HTTP status from 400 to 599",
  code: (value, given) =>
    typeof given.answer === "number" ? whole(10_000, 99_999)(value, given) : "beside a status as answer",
  delayMs: whole(1, LONGEST_MS),
  afterEffect: (value) => (typeof value === "boolean" ? null : "true or false"),
};

const WEBHOOK: Readonly<Record<string, Check>> = {
  webhook: one("*", ...Object.keys(requests)),
  event(value, given) {
    const known = eventsOf(given);
    return known.length > 0
      ? one(...known)(value, given)
      : `left out: ${String(given.webhook)} has no events`;
  },
  times: whole(1, 1_000),
  does: (value, given) =>
    value === "reorder" && !String(given.webhook).endsWith("-status")
      ? "something else than reorder, which is for status callbacks: TwiML is waited for"
      : one(...DOES)(value, given),
  delayMs: (value, given) =>
    given.does === "delay" || given.does === "reorder"
      ? whole(1, LONGEST_MS)(value, given)
      : "left out, but with delay and reorder",
};

function missing(given: Given): string | null {
  if ("rest" in given)
    return given.answer === undefined && given.delayMs === undefined ? "answer, delayMs or both" : null;
  if (given.does === undefined) return "does";
  return given.does === "delay" && given.delayMs === undefined ? "delayMs" : null;
}

/** A fault from whatever was given. @throws Error that says what is wrong with it */
export function readFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("A fault is an object");
  const given = value as Given;
  if ("rest" in given === "webhook" in given) throw new Error("A fault has either `rest` or `webhook`");
  const checks = "rest" in given ? REST : WEBHOOK;
  for (const [name, each] of Object.entries(given)) {
    if (!Object.hasOwn(checks, name))
      throw new Error(`A fault has no \`${name}\`: ${Object.keys(checks).join(", ")}`);
    const expected = checks[name]?.(each, given) ?? null;
    if (expected !== null) throw new Error(`\`${name}\` must be ${expected}`);
  }
  const lacks = missing(given);
  if (lacks !== null) throw new Error(`The fault lacks ${lacks}`);
  return { ...given } as unknown as Fault;
}

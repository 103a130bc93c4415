import { events, requests } from "../covered/callbacks.ts";
import { type Check, type Given, checkFields, one, readObject, whole } from "../json-fields.ts";
import { operations } from "../rest/operations.ts";
import type { Fault } from "./fault.ts";

const LONGEST_MS = 600_000;

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
  const given = readObject(value, "A fault");
  if ("rest" in given === "webhook" in given) throw new Error("A fault has either `rest` or `webhook`");
  const checks = "rest" in given ? REST : WEBHOOK;
  checkFields(given, checks, "A fault");
  const lacks = missing(given);
  if (lacks !== null) throw new Error(`The fault lacks ${lacks}`);
  return { ...given } as unknown as Fault;
}

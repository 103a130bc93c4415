import { TwilioError } from "../../engine/engine.ts";
import type { HttpMethod } from "../../types.ts";
import { invalidParameter } from "../errors.ts";
import type { Parser } from "../operation.ts";

/** The last of the texts that were sent. */
export const text: Parser<string> = (values) => values.at(-1) ?? values[0];

export function textUpTo(length: number): Parser<string> {
  return (values, name) => {
    const value = text(values, name);
    if (value.length > length) throw invalidParameter(name, `at most ${length} characters`);
    return value;
  };
}

export function integer(min: number, max: number, code = 20422): Parser<number> {
  return (values, name) => {
    const value = text(values, name);
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    throw new TwilioError(code, `Invalid ${name}: "${value}" is not a whole number from ${min} to ${max}`);
  };
}

export const boolean: Parser<boolean> = (values, name) => {
  const value = text(values, name).toLowerCase();
  if (value !== "true" && value !== "false") throw invalidParameter(name, "true or false");
  return value === "true";
};

/** Any value but true counts as false (www.twilio.com/docs/voice/api/conference-participant-resource). */
export const looseBoolean: Parser<boolean> = (values, name) => text(values, name).toLowerCase() === "true";

export function oneOf<const T extends string>(...allowed: readonly T[]): Parser<T> {
  return (values, name) => {
    const value = allowed.find((each) => each === text(values, name));
    if (value === undefined) throw invalidParameter(name, `one of ${allowed.join(", ")}`);
    return value;
  };
}

/** One text for each event, or several in one text with spaces between. */
export function someOf<const T extends string>(...allowed: readonly T[]): Parser<ReadonlySet<T>> {
  const one = oneOf(...allowed);
  return (values, name) => {
    const words = values.flatMap((value) => value.split(/\s+/)).filter((word) => word !== "");
    return new Set(words.map((word) => one([word], name)));
  };
}

/** @param code 21209 for calls, 21403 for numbers */
export function httpMethod(code = 21209): Parser<HttpMethod> {
  return (values, name) => {
    const value = text(values, name).toUpperCase();
    if (value === "GET" || value === "POST") return value;
    throw new TwilioError(code, `Invalid ${name}: "${value}" is neither GET nor POST`);
  };
}

/** A SID of one kind. Empty texts pass when `orEmpty`: they clear a setting. */
export function sid(prefix: string, { orEmpty = false, code = 20422 } = {}): Parser<string> {
  const pattern = new RegExp(`^${prefix}[0-9a-fA-F]{32}$`);
  return (values, name) => {
    const value = text(values, name);
    if (pattern.test(value) || (orEmpty && value === "")) return value;
    throw new TwilioError(code, `Invalid ${name}: "${value}" is not a SID that begins with ${prefix}`);
  };
}

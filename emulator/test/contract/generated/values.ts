import type { Description } from "../../../../test/support/contract/description.ts";
import type { Schema } from "../../../../test/support/contract/patches.ts";
import type { Known } from "./known.ts";
import type { Random } from "./random.ts";
import { APPLICATION, someTwiml } from "./twiml.ts";

export interface ValueParts {
  random: Random;
  known: Known;
  schemas: Description["components"]["schemas"];
  /** How many of the values are junk, from 0 to 1. */
  junk: number;
  /** The app's address. */
  app: string;
}

export const NUMBER = "+15550100000";
const PARTIES = [
  "+15550100201",
  "+15550100202",
  "+15550100203",
  "client:agent1",
  "client:agent2?key=value&other=1",
  "client:nobody",
  "sip:a@example.com",
  `app:${APPLICATION}?key=value`,
  NUMBER,
];
const WORDS = ["room", "agent-1", "support", "a b", "ä ö", "日本", "x".repeat(64)];
const JUNK = [
  "",
  " ",
  "null",
  "undefined",
  "true",
  "0",
  "-1",
  "99999999999999999999",
  "1e9",
  "NaN",
  "[]",
  "{}",
  "\u0000",
  "\r\n",
  "%",
  "😀",
  "../..",
  "<Response/>",
  "' OR 1=1",
  "__proto__",
  "constructor",
  "x".repeat(5_000),
];
const DATES = ["2026-01-02", "2026-01-02T03:04:05Z", "2026-13-45", "yesterday"];

/** `^CA[0-9a-fA-F]{32}$` is of the kind `CA`. */
const kindOf = (pattern = ""): string | undefined => /\^([A-Z]{2})\[/.exec(pattern)?.[1];

function resolve(schema: Schema, { schemas }: ValueParts): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name === undefined ? schema : (schemas[name] ?? {});
}

function goodValue(name: string, given: Schema, parts: ValueParts): string {
  const { random, known, app } = parts;
  const schema = resolve(given, parts);
  const kind = kindOf(schema.pattern) ?? (name.endsWith("CallSid") ? "CA" : undefined);
  if (schema.enum) return String(random.pick(schema.enum));
  if (kind !== undefined) return known.sid(kind, random);
  if (name === "Twiml") return someTwiml(random);
  if (name === "Content") return random.pick(["{}", '{"a":[1]}', '"text"']);
  if (/Events?$/.test(name))
    return random.pick(["initiated", "ringing", "answered", "completed", "join", "leave"]);
  if (name.endsWith("Url") || name.endsWith("Callback"))
    return `${app}/${random.pick(["twiml", "twiml", "conference", "record", "queue", "stream", "events", "more#rc=1"])}`;
  if (name.endsWith("Method")) return random.pick(["GET", "POST"]);
  if (name === "From") return random.chance(0.9) ? NUMBER : random.pick(PARTIES);
  if (name === "To" || name === "PhoneNumber") return random.pick(PARTIES);
  if (schema.type === "integer") return String(random.pick([0, 1, 2, 5, 20, 60, 600, 1_000]));
  if (schema.type === "boolean") return random.pick(["true", "false"]);
  if (schema.format?.startsWith("date")) return random.pick(DATES);
  return random.pick(WORDS);
}

/** One text, or several, for a parameter: mostly a good one. */
export function someValue(name: string, given: Schema, parts: ValueParts): string[] {
  const { random } = parts;
  const schema = resolve(given, parts);
  const one = (): string =>
    random.chance(parts.junk) ? random.pick(JUNK) : goodValue(name, schema.items ?? schema, parts);
  const isList = schema.type === "array" || random.chance(parts.junk / 10);
  return Array.from({ length: isList ? random.int(3) : 1 }, one);
}

/** A part of a path: a SID that is there, another, or junk. */
export function someSegment(name: string, schema: Schema, parts: ValueParts): string {
  const { random, known } = parts;
  if (random.chance(parts.junk / 3))
    return random.pick(["..", "%", "%E0%A4%A", "%2F", "%00", "XX", ...JUNK.map(encodeURIComponent)]);
  const kind = kindOf(resolve(schema, parts).pattern) ?? (name === "CallSid" ? "CA" : undefined);
  return kind === undefined ? encodeURIComponent(random.pick(WORDS)) : known.sid(kind, random);
}

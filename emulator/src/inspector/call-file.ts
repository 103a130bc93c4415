import { readFileSync } from "node:fs";
import type { Entry } from "./journal.ts";
import type { Snapshot } from "./snapshot.ts";

/** Of the file's shape; raised when a reader of the earlier shape could go wrong. */
const VERSION = 1;

const { version: EMULATOR } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { version: string };

const NOBODY = `AC${"0".repeat(32)}`;
const NUMBER = /\+\d{6,15}|%2B\d{6,15}/gi;
const SIP = /sips?(:|%3A)[^\s"'<>;?&@%]+(@|%40)[\w.-]+/gi;

/** Gives every number and SIP address a made-up one, the same for the same. */
function createDisguise(): (text: string) => string {
  const known = new Map<string, string>();
  const disguise = (real: string, make: (count: number) => string): string => {
    const found = known.get(real) ?? make(known.size + 1);
    known.set(real, found);
    return found;
  };
  return (text) =>
    text
      .replace(SIP, (real) =>
        disguise(decodeURIComponent(real).toLowerCase(), (count) => `sip:person${count}@example.com`),
      )
      .replace(NUMBER, (real) => {
        const made = disguise(real.replace(/^(\+|%2B)/i, ""), (count) => `1555${String(1_000_000 + count)}`);
        return real.startsWith("+") ? `+${made}` : `%2B${made}`;
      });
}

/** Changes every text of a value, keys included. */
function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => eachText(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), eachText(one, change)]));
}

/** `CallToken` has the caller's number in a form that no replacement of texts finds. */
const withoutToken = (params: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => name !== "CallToken"));

/** An entry of the timeline with what it is about; null when that has made room for newer ones. */
function stepOf({ deliveries, requests }: Snapshot, entry: Entry): object | null {
  const { at, kind } = entry;
  if (kind === "event") return { ...entry.event, kind: `event-${entry.event.kind}`, at };
  const { id } = entry;
  if (kind.startsWith("webhook")) {
    const delivery = deliveries.find((one) => one.id === id);
    if (!delivery) return null;
    const { kind: about, callSid, conferenceSid, method, url, params, again } = delivery;
    if (kind === "webhook")
      return {
        at,
        kind,
        id,
        about,
        callSid,
        conferenceSid,
        method,
        url,
        params: withoutToken(params),
        again,
      };
    const { status, contentType, body, error } = delivery;
    return { at, kind, id, status, contentType, body, error };
  }
  const request = requests.find((one) => one.id === id);
  if (!request) return null;
  const { method, path, operation, parameters, callSid, conferenceSid, status, body } = request;
  if (kind === "request") return { at, kind, id, method, path, operation, parameters };
  return { at, kind, id, callSid, conferenceSid, status, body };
}

/**
 * One call with all that belongs to it, for a bug report and for `warm-transfer replay` (docs/inspector.md). The account's SID is
 * hidden, and so are numbers and SIP addresses unless they are asked for.
 * @param shown of one family, without secrets
 */
export function callFile(shown: Snapshot, call: string, options: { numbers: boolean }): string {
  const { accountSid, calls } = shown;
  const file = {
    format: "local-twilio-call",
    version: VERSION,
    emulator: EMULATOR,
    call,
    numbers: options.numbers ? "real" : "made-up",
    calls: calls.map(({ sid, parentCallSid, direction, from, to, status }) => {
      return { sid, parentCallSid, direction, from, to, status };
    }),
    steps: shown.timeline.flatMap((entry) => stepOf(shown, entry) ?? []),
  };
  const disguise = options.numbers ? (text: string) => text : createDisguise();
  return JSON.stringify(
    eachText(file, (text) => disguise(text.replaceAll(accountSid, NOBODY))),
    null,
    2,
  );
}

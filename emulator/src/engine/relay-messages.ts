import type { CallState } from "../types.ts";

/** What an app may send in a session (www.twilio.com/docs/voice/conversationrelay/websocket-messages). */
export type RelayCommand =
  | {
      type: "text";
      token: string;
      last: boolean;
      lang?: string;
      interruptible?: boolean;
      preemptible?: boolean;
    }
  | { type: "play"; source: string; loop: number; interruptible?: boolean; preemptible?: boolean }
  | { type: "sendDigits"; digits: string }
  | { type: "language"; ttsLanguage?: string; transcriptionLanguage?: string }
  | { type: "end"; handoffData?: string };

type Json = Record<string, unknown>;
type Kind = "string" | "number" | "boolean";

/** Each field with its type; `!` marks those that a message must have. */
const FIELDS: Readonly<Record<RelayCommand["type"], Readonly<Record<string, Kind | `${Kind}!`>>>> = {
  text: {
    token: "string!",
    last: "boolean",
    lang: "string",
    interruptible: "boolean",
    preemptible: "boolean",
  },
  play: { source: "string!", loop: "number", interruptible: "boolean", preemptible: "boolean" },
  sendDigits: { digits: "string!" },
  language: { ttsLanguage: "string", transcriptionLanguage: "string" },
  end: { handoffData: "string" },
};

function isValid(message: Json, fields: Readonly<Record<string, string>>): boolean {
  return Object.entries(fields).every(([name, kind]) => {
    const value = message[name];
    if (value === undefined) return !kind.endsWith("!");
    return typeof value === kind.replace("!", "");
  });
}

const DEFAULTS = { text: { last: false }, play: { loop: 1 }, sendDigits: {}, language: {}, end: {} };

/** Null for a message that Twilio would not take (www.twilio.com/docs/api/errors/64107). */
export function readRelayMessage(text: string | null): RelayCommand | null {
  let message: unknown;
  try {
    message = JSON.parse(text ?? "");
  } catch {
    return null;
  }
  if (typeof message !== "object" || message === null) return null;
  const { type } = message as Json;
  if (typeof type !== "string" || !Object.hasOwn(FIELDS, type)) return null;
  const known = type as RelayCommand["type"];
  if (!isValid(message as Json, FIELDS[known])) return null;
  return { ...DEFAULTS[known], ...message } as RelayCommand;
}

const CALL_TYPES: readonly [RegExp, string][] = [
  [/^client:/, "CLIENT"],
  [/^sips?:/, "SIP"],
];

/** The first message of a session. */
export function setupMessage(
  { sid, parentCallSid, from, to, direction }: CallState,
  session: { sessionId: string; accountSid: string; customParameters: Readonly<Record<string, string>> },
): object {
  const { sessionId, accountSid, customParameters } = session;
  const isInbound = direction === "inbound";
  const farEnd = isInbound ? from : to;
  return {
    type: "setup",
    sessionId,
    accountSid,
    parentCallSid: parentCallSid ?? "",
    callSid: sid,
    from,
    to,
    forwardedFrom: "",
    callType: CALL_TYPES.find(([form]) => form.test(farEnd))?.[1] ?? "PSTN",
    callerName: "",
    direction,
    callStatus: isInbound ? "RINGING" : "IN-PROGRESS",
    customParameters,
  };
}

import { MESSAGE_CONTENT_TYPE } from "../world/message-state.ts";

/** The messages of the Voice SDK, read from its frames ("pstream" 1.6, private to the SDK: pin its version). */
export type ClientMessage =
  | { type: "listen"; token: string }
  | { type: "register"; audio: boolean }
  /** `parameters`: of `device.connect`. `reconnect`: of a call that the device comes back to. */
  | {
      type: "invite";
      callSid: string;
      sdp: string;
      reconnect: string | null;
      parameters: Record<string, string>;
    }
  | { type: "answer"; callSid: string; sdp: string }
  | { type: "reinvite"; callSid: string; sdp: string }
  | { type: "reject"; callSid: string }
  /** Without a Call SID: whatever call the device is in. */
  | { type: "hangup"; callSid: string | null }
  | { type: "dtmf"; callSid: string; digits: string }
  | {
      type: "message";
      callSid: string;
      voiceEventSid: string;
      messageType: unknown;
      contentType: string;
      /** What JSON holds. */
      content: unknown;
    };

export type ServerMessageType =
  | "connected"
  | "ready"
  | "offline"
  | "error"
  | "invite"
  | "ringing"
  | "answer"
  | "cancel"
  | "hangup"
  | "ack"
  | "message"
  | "close";

type Payload = Record<string, unknown>;

/** A frame that is only a line feed keeps the connection alive, in both directions. */
export const HEARTBEAT = "\n";
export const VERSION = "1.6";
/** The type of messages between an app and a call (www.twilio.com/docs/voice/sdks/call-message-events). */
export const USER_DEFINED = "user-defined-message";

const isRecord = (value: unknown): value is Payload => typeof value === "object" && value !== null;
const textOf = (payload: Payload, key: string): string => {
  const value = payload[key];
  if (typeof value !== "string") throw new Error(`${key} is missing`);
  return value;
};
const optional = (payload: Payload, key: string): string | null =>
  typeof payload[key] === "string" ? payload[key] : null;

/** The parameters of `device.connect({ params })`, form-encoded. */
function connectParameters({ twilio }: Payload): Record<string, string> {
  const sent = isRecord(twilio) ? twilio.params : undefined;
  return Object.fromEntries(new URLSearchParams(typeof sent === "string" ? sent : ""));
}

const readers: { [T in ClientMessage["type"]]: (payload: Payload) => Extract<ClientMessage, { type: T }> } = {
  listen: (payload) => ({ type: "listen", token: textOf(payload, "token") }),
  register: (payload) => ({
    type: "register",
    audio: isRecord(payload.media) && payload.media.audio === true,
  }),
  invite: (payload) => ({
    type: "invite",
    callSid: textOf(payload, "callsid"),
    sdp: textOf(payload, "sdp"),
    reconnect: optional(payload, "reconnect"),
    parameters: connectParameters(payload),
  }),
  answer: (payload) => ({
    type: "answer",
    callSid: textOf(payload, "callsid"),
    sdp: textOf(payload, "sdp"),
  }),
  reinvite: (payload) => ({
    type: "reinvite",
    callSid: textOf(payload, "callsid"),
    sdp: textOf(payload, "sdp"),
  }),
  reject: (payload) => ({ type: "reject", callSid: textOf(payload, "callsid") }),
  hangup: (payload) => ({ type: "hangup", callSid: optional(payload, "callsid") }),
  dtmf: (payload) => ({ type: "dtmf", callSid: textOf(payload, "callsid"), digits: textOf(payload, "dtmf") }),
  message: (payload) => ({
    type: "message",
    callSid: textOf(payload, "callsid"),
    voiceEventSid: textOf(payload, "voiceeventsid"),
    messageType: payload.messagetype === undefined ? USER_DEFINED : payload.messagetype,
    contentType: optional(payload, "contenttype") ?? MESSAGE_CONTENT_TYPE,
    content: payload.content ?? null,
  }),
};

const isKnown = (type: unknown): type is ClientMessage["type"] =>
  typeof type === "string" && Object.hasOwn(readers, type);

/** A frame as a message. @throws Error that says what is wrong with it */
export function readMessage(frame: string): ClientMessage {
  const parsed: unknown = JSON.parse(frame);
  if (!isRecord(parsed)) throw new Error("not an object");
  if (!isKnown(parsed.type)) throw new Error(`unknown type ${JSON.stringify(parsed.type)}`);
  return readers[parsed.type](isRecord(parsed.payload) ? parsed.payload : {});
}

import type { ToPhone } from "../src/phone/protocol.ts";
import type { NoticeKey } from "./words/en.ts";

export type CallState =
  | "idle"
  /** The browser is asked for the microphone. */
  | "preparing"
  | "calling"
  | "ringing"
  | "incoming"
  | "answering"
  | "connected";

/** All that the page shows. */
export interface PhoneState {
  readonly link: "connecting" | "open" | "lost";
  readonly call: CallState;
  readonly ownNumber: string | null;
  readonly numbers: readonly string[];
  readonly hasSound: boolean;
  /** Who is called, or who calls. */
  readonly farEnd: string | null;
  /** The offer of a call that comes in. */
  readonly offer: string | null;
  readonly notice: { key: NoticeKey; reason: string | null } | null;
  /** Milliseconds since 1970. */
  readonly connectedAt: number | null;
  /** How long the last call was, in milliseconds. */
  readonly lasted: number | null;
}

export type PhoneEvent =
  | { type: "link-lost" }
  | { type: "dialled"; to: string }
  | { type: "microphone-ready" }
  | { type: "microphone-failed"; key: NoticeKey }
  | { type: "took-call" }
  /** Hung up before the call was placed. */
  | { type: "gave-up" }
  | { type: "received"; message: ToPhone; at: number };

export const initialState: PhoneState = {
  link: "connecting",
  call: "idle",
  ownNumber: null,
  numbers: [],
  hasSound: true,
  farEnd: null,
  offer: null,
  notice: null,
  connectedAt: null,
  lasted: null,
};

const noCall = { call: "idle", farEnd: null, offer: null, connectedAt: null } as const;

function ended(state: PhoneState, message: Extract<ToPhone, { type: "ended" }>, at: number): PhoneState {
  const { status, reason } = message;
  const lasted = state.connectedAt === null ? null : at - state.connectedAt;
  const isQuiet = status === "completed" || status === "canceled";
  return { ...state, ...noCall, lasted, notice: isQuiet ? null : { key: status, reason } };
}

function received(state: PhoneState, message: ToPhone, at: number): PhoneState {
  switch (message.type) {
    case "hello": {
      const numbers = message.numbers.map(({ phoneNumber }) => phoneNumber);
      const { ownNumber, hasSound } = message;
      return { ...state, ...noCall, link: "open", notice: null, ownNumber, numbers, hasSound };
    }
    case "ringing":
      return { ...state, call: "ringing" };
    case "answered":
      return { ...state, call: "connected", connectedAt: at, lasted: null };
    case "incoming":
      return { ...state, call: "incoming", farEnd: message.from, offer: message.sdp, notice: null };
    case "ended":
      return ended(state, message, at);
    case "caption":
      return state;
  }
}

/** The state after an event; nothing else changes it. */
export function update(state: PhoneState, event: PhoneEvent): PhoneState {
  switch (event.type) {
    case "link-lost":
      return { ...state, ...noCall, link: "lost", notice: { key: "lost", reason: null } };
    case "dialled":
      return { ...state, call: "preparing", farEnd: event.to, notice: null, lasted: null };
    case "took-call":
      return { ...state, call: "answering" };
    case "microphone-ready":
      return state.call === "preparing" ? { ...state, call: "calling" } : state;
    case "gave-up":
      return { ...state, ...noCall };
    case "microphone-failed": {
      const notice = { key: event.key, reason: null };
      // A call that comes in goes on ringing: it can be answered once the microphone works.
      return state.call === "answering"
        ? { ...state, call: "incoming", notice }
        : { ...state, ...noCall, notice };
    }
    case "received":
      return received(state, event.message, event.at);
  }
}

import type { AgentView } from "../../src/server/agent-events.ts";

/**
 * During a call: the state of the call's own track. `asking`: the browser prompts. `busy`: another program holds it.
 * `silent`: the browser gets no sound from it. `insecure`: no https.
 */
export type MicrophoneState =
  | "unknown"
  | "asking"
  | "ready"
  | "refused"
  | "missing"
  | "busy"
  | "silent"
  | "insecure";

/** The SDK's Device: whether Twilio can ring this page. `refused`: Twilio does not accept the server's tokens. */
export type DeviceState = "connecting" | "registered" | "lost" | "refused" | "unsupported";

/**
 * The server's events. `away`: lost for longer than a server takes to start; `gone`: it may have moved. The server answers
 * requests: `blocked` says that no WebSocket gets through, `crowded` that too many windows are open.
 */
export type EventsState = "connecting" | "open" | "lost" | "away" | "gone" | "blocked" | "crowded";

/** The SDK's call in this page; `view` may know of it earlier or later. */
export interface LineCall {
  readonly phase: "ringing" | "answering" | "open" | "reconnecting";
  readonly muted: boolean;
}

/** Commands for the open transfer; the last part of their path in the control API. */
export type Verb = "complete" | "bring-together" | "swap" | "cancel";

/** The agent's requests to the server during a call. */
export type CallCommand = "transfer" | Verb | "hold" | "resume" | "leave" | "end";

/** A command that was pressed and not answered yet, or a transfer that the server's view does not show yet. */
export interface Requested {
  readonly call: string;
  readonly command: CallCommand;
  /** The colleague's id, for a transfer. */
  readonly to: string | null;
  /** The id of the call's last transfer before this one. */
  readonly previous: string | null;
}

/** How the agent leaves the call. */
export type WayOut = "leave" | "end" | "decline";

/** A device that the agent chose and that is not there, and what takes its place, in words. */
export interface LostDevice {
  readonly kind: "microphone" | "speaker" | "ring";
  readonly title: string;
  readonly text: string;
}

/** A leg that the SDK says has ended. */
export interface EndedLeg {
  readonly call: string;
  readonly label: string | null;
  /** False: it may have been answered in another window, where it goes on. */
  readonly wasAnswered: boolean;
  /** The agent has left, ended the call or declined here. */
  readonly byAgent: boolean;
  /** The server has shown the call going on without this leg. */
  readonly wasOutlived: boolean;
}

/** The page's state. `update` returns the next one; `describe` converts it to a screen. */
export interface Model {
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly session: "unknown" | "signed-in" | "expired" | "left" | "removed";
  /** The switch: the agent's choice as the server last said it, the same in all windows. */
  readonly wantsCalls: boolean;
  readonly microphone: MicrophoneState;
  readonly device: DeviceState;
  /** Twilio's error code of `refused`; null otherwise. */
  readonly deviceCode: number | null;
  readonly events: EventsState;
  readonly line: LineCall | null;
  /** The button that the agent pressed to leave the call. */
  readonly leaving: WayOut | null;
  readonly view: AgentView | null;
  readonly requested: Requested | null;
  /** Why the server refused the last command: its code and sentence. */
  readonly refusal: {
    readonly command: CallCommand;
    readonly code: string;
    readonly message: string;
  } | null;
  /** The agent chooses a colleague for a transfer; `to` is the one chosen. */
  readonly choosing: { readonly to: string | null } | null;
  /** The keypad's digits so far; null while it is closed. */
  readonly digits: string | null;
  /** The leg that ended in this page, while the server's view may still show it. */
  readonly ended: EndedLeg | null;
  readonly lostDevices: readonly LostDevice[];
  /** The agent has not yet said whether the page may show desktop notifications. */
  readonly canAskToNotify: boolean;
  /** The browser mutes the page until the first gesture, so it would not ring. */
  readonly isSilent: boolean;
  /** The server works with a local Twilio. */
  readonly isLocal: boolean;
  /** Server's clock minus ours, ms. */
  readonly clockOffset: number;
}

export const initialModel: Model = {
  agent: null,
  session: "unknown",
  wantsCalls: true,
  microphone: "unknown",
  device: "connecting",
  deviceCode: null,
  events: "connecting",
  line: null,
  leaving: null,
  view: null,
  requested: null,
  refusal: null,
  choosing: null,
  digits: null,
  lostDevices: [],
  canAskToNotify: false,
  ended: null,
  isSilent: false,
  isLocal: false,
  clockOffset: 0,
};

export const isSignedOut = ({ session }: Model): boolean => session !== "unknown" && session !== "signed-in";

/** The server has not answered for more than a moment. */
export const isDisconnected = ({ events }: Model): boolean => events !== "connecting" && events !== "open";

/** Whether calls can ring in this window, apart from the agent's choice. The page reports it to the server. */
export function isReady({ session, microphone, device }: Model): boolean {
  return session === "signed-in" && microphone === "ready" && device === "registered";
}

export const canTakeCalls = (model: Model): boolean =>
  isReady(model) && model.wantsCalls && model.events === "open";

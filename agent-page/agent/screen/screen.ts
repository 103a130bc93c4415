import type { AgentState, TransferView } from "../../../src/server/control-api.ts";
import type { CallButton } from "./steering.ts";

/** The whole content of the page in words: made by `describe`, laid out by `dom/`. */
export interface Screen {
  readonly title: string;
  readonly who: string;
  readonly status: Status;
  /** Null: not signed in. */
  readonly takesCalls: boolean | null;
  readonly canSignOut: boolean;
  /** Offered until the agent has said yes or no to the browser. */
  readonly offersNotifications: boolean;
  /** The caller while a call rings; else null. */
  readonly ringing: string | null;
  readonly notices: readonly Notice[];
  readonly colleagues: readonly ColleagueRow[];
  readonly panel: IdlePanel | IncomingPanel | CallPanel | null;
  readonly log: Log | null;
  readonly missed: Log | null;
  /** Leaving the page now would cut a conversation. */
  readonly asksBeforeLeaving: boolean;
}

export interface Status {
  readonly text: string;
  readonly tone: "good" | "active" | "problem" | "neutral";
}

export type NoticeAction = "microphone" | null;

export interface Notice {
  /** The same while the notice stays, so that it is announced once. */
  readonly key: string;
  /** Screen readers speak it at once; others when they are idle. */
  readonly urgent: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: NoticeAction;
}

export interface IdlePanel {
  readonly kind: "idle";
  readonly heading: string;
  readonly text: string;
}

export interface ColleagueRow {
  readonly key: string;
  readonly name: string;
  readonly state: AgentState;
  readonly text: string;
}

export interface IncomingPanel {
  readonly kind: "incoming";
  readonly caller: string;
  readonly text: string;
  /** The note of the agent who transfers it. */
  readonly note: string;
  /** False until the SDK's call is here, and once it was answered. */
  readonly canAnswer: boolean;
}

export interface CallPanel {
  readonly kind: "call";
  readonly customer: string;
  readonly duration: string;
  readonly people: readonly PersonRow[];
  /** The transfer from this agent's side. */
  readonly text: string;
  /** The starter's note to this agent. */
  readonly note: string;
  /** The open transfer's verbs. */
  readonly steps: readonly ButtonView[];
  readonly tools: readonly ButtonView[];
  readonly waysOut: readonly ButtonView[];
  /** Null: no colleague is being chosen. */
  readonly chooser: Chooser | null;
  /** The digits so far; null while the keypad is closed. */
  readonly digits: string | null;
}

export interface ButtonView {
  readonly key: CallButton | "leave" | "end";
  /** Its name, the same while it stays. */
  readonly label: string;
  /** Its effect or its state, in a few words. */
  readonly detail: string;
  readonly isEnabled: boolean;
  /** Null: it does not stay pressed. */
  readonly isPressed: boolean | null;
  readonly look: "plain" | "primary" | "danger" | "filled";
}

/** The choice of a colleague and of the way to transfer. */
export interface Chooser {
  readonly colleagues: readonly { readonly key: string; readonly name: string; readonly isChosen: boolean }[];
  readonly modes: readonly {
    readonly key: TransferView["mode"];
    readonly label: string;
    readonly detail: string;
  }[];
  /** Null: none is chosen. */
  readonly to: string | null;
  /** Instead of colleagues, when none is free. */
  readonly text: string;
}

export interface PersonRow {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly duration: string;
  readonly joined: boolean;
  /** On hold or muted: it does not take part as the others do. */
  readonly isApart: boolean;
  readonly isSelf: boolean;
}

export interface Log {
  readonly heading: string;
  readonly entries: readonly {
    readonly key: string;
    readonly at: number;
    readonly text: string;
  }[];
}

import type { AgentState } from "../../../src/server/control-api.ts";

/** Everything that is shown, in words: made by `describe`, laid out by `dom/`. */
export interface Screen {
  readonly title: string;
  readonly who: string;
  readonly status: Status;
  /** Null: not signed in. */
  readonly takesCalls: boolean | null;
  readonly canSignOut: boolean;
  readonly notices: readonly Notice[];
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
  /** Said at once; others are said when nothing else is. */
  readonly urgent: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: NoticeAction;
}

export interface IdlePanel {
  readonly kind: "idle";
  readonly heading: string;
  readonly text: string;
  readonly colleagues: readonly {
    readonly key: string;
    readonly name: string;
    readonly state: AgentState;
    readonly text: string;
  }[];
}

export interface IncomingPanel {
  readonly kind: "incoming";
  readonly caller: string;
  readonly text: string;
  /** False until the SDK's call is here, and once it was answered. */
  readonly canAnswer: boolean;
}

export interface CallPanel {
  readonly kind: "call";
  readonly customer: string;
  readonly duration: string;
  readonly people: readonly PersonRow[];
  /** Null: the sound is in another window. */
  readonly controls: { readonly muted: boolean; readonly hangUpHint: string | null } | null;
  readonly transfers: readonly TransferButton[];
  readonly transferText: string;
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

export interface TransferButton {
  /** The colleague's id. */
  readonly key: string;
  readonly label: string;
  readonly enabled: boolean;
}

export interface Log {
  readonly heading: string;
  readonly entries: readonly {
    readonly key: string;
    readonly at: number;
    readonly text: string;
  }[];
}

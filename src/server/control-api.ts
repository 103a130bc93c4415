/**
 * The control API's requests and answers, shared (as types only) with the agent page and the command line.
 * Times are milliseconds since 1970, numbers E.164.
 */
export type AgentState = "signed-out" | "not-ready" | "not-answering" | "free" | "ringing" | "in-call";

export interface Colleague {
  id: string;
  name: string;
  state: AgentState;
}

export type CustomerKind = "number" | "address" | "withheld";

export interface Customer {
  /** `address`: a SIP address, a browser's name or other text. `withheld`: the number is empty. */
  customerKind: CustomerKind;
  /** Usually E.164. Agents get an `address` masked. */
  customerNumber: string;
}

export interface LegView {
  label: string;
  kind: "customer" | "agent" | "outside";
  /** An agent's name; the customer's number, empty if withheld; any other party's number or address, masked. */
  name: string;
  agent: string | null;
  state: "dialling" | "ringing" | "joined" | "left";
  onHold: boolean;
  /** By an operator. */
  muted: boolean;
  /** The agent has muted the microphone in the page. */
  mutedSelf: boolean;
  /** The effect if the agent left now: the others continue the call, the customer waits for the ringing target, or the call ends. */
  leaving: "leaves" | "hands-over" | "ends-call" | null;
  /** Start of this state. */
  since: number;
}

/** How long each phase of a transfer lasted, in seconds; 0 if there was none. */
export interface PhaseSeconds {
  ringing: number;
  consulting: number;
  together: number;
}

export interface TransferView {
  id: string;
  from: string | null;
  fromName: string | null;
  /** Null if the target is not an agent. */
  to: string | null;
  /** The agent's name, or the masked number or address. */
  toName: string;
  target: string;
  mode: "three-way" | "consult" | "blind";
  /**
   * `briefing`: who is no agent has answered, and hears what it is about. `consulting`: the customer is on hold, and starter and
   * target talk. `together`: all three talk.
   */
  phase: "ringing" | "briefing" | "consulting" | "together" | "ended";
  /** In a consultation: the customer and the starter talk, and the target is on hold. */
  isSwapped: boolean;
  /** The starter's note to the target. */
  note: string | null;
  startedAt: number;
  endedAt: number | null;
  /** Start of this phase. */
  phaseSince: number;
  /** How long each finished phase lasted. */
  phaseSeconds: PhaseSeconds;
  outcome: "completed" | "cancelled" | "abandoned" | "failed" | null;
  /** For a failed transfer: no-answer, busy, declined, unreachable, machine, target-left, error. */
  reason: string | null;
}

/** A message that a customer recorded because no agent answered: `afterFailure` is `voicemail`. */
export interface MessageView {
  /** `RE…`, Twilio's SID. */
  recording: string;
  /** Where to listen: a WAV file, or an MP3 file with `.mp3` after it. */
  url: string;
  seconds: number;
  at: number;
}

export interface CallView extends Customer {
  id: string;
  /** `CF…`; null until Twilio reports it. */
  conferenceSid: string | null;
  startedAt: number;
  /** When the call ended for agents. A customer who leaves a message stays on the line for a little longer. */
  endedAt: number | null;
  message: MessageView | null;
  state: "waiting" | "talking" | "transferring" | "ended";
  /** Legs that have not left; the customer first. */
  legs: LegView[];
  /** The last transfer, open or ended. */
  transfer: TransferView | null;
  /** In the order in which they started. */
  transfers: TransferView[];
  story: StoryEntry[];
}

/** An event of a call, sorted by `at`. */
export interface StoryEntry {
  at: number;
  event:
    | "customer-called"
    | "agent-dialled"
    | "agent-ringing"
    | "agent-joined"
    | "agent-not-reached"
    | "agent-left"
    | "transfer-started"
    | "transfer-completed"
    | "transfer-cancelled"
    | "transfer-failed"
    | "transfer-abandoned"
    | "customer-left"
    | "call-ended"
    | "message-left";
  /** The leg's label, where the entry is about a leg. */
  label: string | null;
  agent: string | null;
  agentName: string | null;
  /** Why an agent was not reached, a transfer failed, or who ended the call. */
  reason: string | null;
}

/** `GET /api/me` */
export interface Me {
  agent: { id: string; name: string };
}

/** `POST /token/:agent` and `POST /Token/Generate` */
export interface TokenAnswer {
  token: string;
  agentId: string;
  /** Seconds. */
  ttl: number;
  /** Where the browser enters Twilio's network, such as `dublin`. Null: the nearest edge. */
  edge: string | null;
}

/** `POST /api/calls/:call/transfer` */
export interface TransferRequest {
  /** An agent's id; from operators also a phone number (E.164) or a SIP address. */
  to: string;
  mode?: TransferView["mode"];
  /** At most 500 characters. */
  note?: string;
}

/** `GET /api/calls`, operators only */
export interface CallsAnswer {
  calls: CallSummary[];
}

export type CallSummary = Omit<CallView, "story" | "transfers">;

/** A change of a participant: `POST /api/calls/:call/participants/:label/:change`, which returns a CallView. */
export type ParticipantChange = "hold" | "unhold" | "mute" | "unmute" | "remove";

/** `GET /api/server`, operators only: which server this is. */
export interface ServerInfo {
  /** The package's version. */
  version: string;
  /** New with each start. */
  instance: string;
  startedAt: number;
  publicUrl: string;
  /** E.164: the number that customers ring. */
  number: string;
  /** Webhooks without a valid signature, if the auth token seems rotated. */
  refusedSignatures: { count: number; lastAt: number } | null;
}

export interface AgentEntry {
  id: string;
  name: string;
  state: AgentState;
  /** The call that rings or that the agent is in. */
  call: string | null;
}

/** `GET /api/agents`, operators only; in ringing order */
export interface AgentsAnswer {
  agents: AgentEntry[];
}

/** `POST /api/agents`, operators only, answered with an AgentEntry; `DELETE /api/agents/:agent` undoes it */
export interface AddAgentRequest {
  id: string;
  /** Default: made from the id. */
  name?: string;
}

/** `POST /api/agents/:agent/link`, operators only */
export interface SignInLinkAnswer {
  agent: string;
  link: string;
  expiresAt: number;
}

/** A new entry of a call's story, with the call's id. */
export interface NewStoryEntry extends Customer {
  call: string;
  entry: StoryEntry;
}

/**
 * Events of `GET /api/watch`, operators only: first `snapshot` with the live calls, then for each change `call` with the new
 * state, and `story` for each new entry.
 */
export interface WatchEvents {
  snapshot: CallsAnswer;
  call: CallView;
  story: NewStoryEntry;
}

/** `GET /healthz`, for everyone: this server answers. */
export interface Health {
  status: "ok";
  /** New with each start. */
  instance: string;
  /** The package's version. */
  version: string;
}

/** `GET /readyz`, for everyone: 200 when the server can take calls, else 503 with what is missing. */
export interface Readiness {
  status: "ready" | "not-ready";
  /** `store`: records cannot be saved. `public-url`: Twilio cannot reach this server yet. `acceptance`: it is stopping. */
  missing: ("store" | "public-url" | "acceptance")[];
  /** A sentence for each of them, in the same order. */
  reasons: string[];
}

/** Every error of the control API. */
export interface ErrorAnswer {
  error: { category: string; code: string; message: string; hint: string | null };
}

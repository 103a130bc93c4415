import type { AgentState, CallView, Colleague, Customer } from "./control-api.ts";

/** A call that rang at an agent's page unanswered. */
export interface MissedCall extends Customer {
  /** Unique: the same call can ring twice. */
  id: string;
  rangAt: number;
  /** `cancelled`: by an agent, an operator or the server. */
  reason: "no-answer" | "customer-left" | "cancelled";
}

/** The part of a view that only this agent sees. */
export interface OwnView {
  state: AgentState;
  /** The agent's choice, shared by all windows. */
  takesCalls: boolean;
  /** The call that rings or that the agent is in; else the session's last call, ended; else null. */
  call: CallView | null;
  /** The label of this agent's own leg in `call`. */
  label: string | null;
  /** Calls that this agent neither answered nor declined, newest first. */
  missed: MissedCall[];
}

/** `server`: the session has expired, or the server does not know it. */
export type SessionEnd = "agent" | "operator" | "server";

export interface AgentView extends OwnView {
  agent: { id: string; name: string };
  colleagues: Colleague[];
}

export interface AgentSnapshot extends OwnView {
  agent: { id: string; name: string };
  /** All agents, including this one. */
  agents: Colleague[];
}

/**
 * Events of `GET /api/events`, numbered by `n`: first `snapshot`, then differences. `src/wire/stream.ts` applies them.
 */
export interface AgentEvents {
  snapshot: AgentSnapshot;
  /** Only the changed parts. */
  own: Partial<OwnView>;
  /** Agents whose state has changed; with `all`, the whole list. */
  colleagues: { all: boolean; agents: Colleague[] };
  /** The last event of a stream whose session has ended. */
  "session-ended": { by: SessionEnd };
}

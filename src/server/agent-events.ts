import type { AgentState, CallView, Colleague, Customer } from "./control-api.ts";

/** A call that rang at an agent's page in vain. */
export interface MissedCall extends Customer {
  /** Unique: the same call can ring twice. */
  id: string;
  rangAt: number;
}

/** What is the agent's own in a view. */
export interface OwnView {
  state: AgentState;
  /** The agent's choice, the same in all windows. */
  takesCalls: boolean;
  /** The call that rings here or that the agent is in; else the last one of this page's session, ended; else null. */
  call: CallView | null;
  /** The label of this agent's own leg in `call`. */
  label: string | null;
  /** Calls that rang here and that this agent did not take or decline, the newest first. */
  missed: MissedCall[];
}

/** Who ended the session; `server`: it has expired, or the server does not know it. */
export type SessionEnd = "agent" | "operator" | "server";

/** What an agent's page shows. */
export interface AgentView extends OwnView {
  agent: { id: string; name: string };
  colleagues: Colleague[];
}

export interface AgentSnapshot extends OwnView {
  agent: { id: string; name: string };
  /** All agents, the page's own among them. */
  agents: Colleague[];
}

/**
 * Events of `GET /api/events`, each with a number `n`: first `snapshot`, then differences. `src/wire/agent-view.ts` makes a
 * view of them.
 */
export interface AgentEvents {
  snapshot: AgentSnapshot;
  /** The parts that have changed. */
  own: Partial<OwnView>;
  /** Agents whose state has changed; with `all`, the whole list anew. */
  colleagues: { all: boolean; agents: Colleague[] };
  /** The last one of a stream, when its session has ended. */
  "session-ended": { by: SessionEnd };
}

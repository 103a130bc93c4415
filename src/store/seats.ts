import type { AgentId, CallId } from "../call/types.ts";

/** `busy`: rung, or in a call. */
export type PresenceState = "signed-out" | "not-ready" | "free" | "busy";

/** What is known of one agent's presence. */
export interface Seat {
  pages: number;
  isSignedIn: boolean;
  isReady: boolean;
  call: CallId | undefined;
  /** Signs the agent out when no page has come back. */
  leaving: { cancel(): void } | undefined;
}

/** Every agent's seat, in the order in which they are rung. */
export interface Seats {
  agents(): readonly AgentId[];
  of(agent: AgentId): Seat | undefined;
  stateOf(agent: AgentId): PresenceState;
  /** Alters a seat, if there is one, and tells the listeners if that changed its state. */
  change(agent: AgentId, alter: (seat: Seat) => void): void;
  add(agent: AgentId): void;
  remove(agent: AgentId): void;
  /** Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

const newSeat = (): Seat => ({
  pages: 0,
  isSignedIn: false,
  isReady: false,
  call: undefined,
  leaving: undefined,
});

function seatState({ call, isSignedIn, isReady, pages }: Seat): PresenceState {
  if (call !== undefined) return "busy";
  if (!isSignedIn) return "signed-out";
  // Between two pages (a refresh) nobody would answer.
  return isReady && pages > 0 ? "free" : "not-ready";
}

/** Gives each agent a seat, signed out. */
export function createSeats(initial: readonly AgentId[]): Seats {
  const seats = new Map(initial.map((agent) => [agent, newSeat()]));
  // A list of its own: it is asked for several times with each input of a call.
  let agents = [...seats.keys()];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    agents: () => agents,
    of: (agent) => seats.get(agent),
    stateOf: (agent) => seatState(seats.get(agent) ?? newSeat()),
    change(agent, alter) {
      const seat = seats.get(agent);
      if (!seat) return;
      const before = seatState(seat);
      alter(seat);
      if (seatState(seat) !== before) tell();
    },
    add(agent) {
      if (seats.has(agent)) return;
      seats.set(agent, newSeat());
      agents = [...agents, agent];
      tell();
    },
    remove(agent) {
      seats.get(agent)?.leaving?.cancel();
      if (!seats.delete(agent)) return;
      agents = agents.filter((other) => other !== agent);
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

import type { AgentId, CallId } from "../call/types.ts";

/** `busy`: rung, or in a call. */
export type PresenceState = "signed-out" | "not-ready" | "free" | "busy";

/** A window of an agent's page. */
export interface SeatWindow {
  /** Calls can ring here. */
  isReady: boolean;
}

/** What is known of one agent's presence. */
export interface Seat {
  windows: Set<SeatWindow>;
  isSignedIn: boolean;
  /** Whether the agent takes calls; undefined until a window has said. */
  takesCalls: boolean | undefined;
  call: CallId | undefined;
  /** Signs the agent out when no page has come back. */
  leaving: { cancel(): void } | undefined;
}

/** Every agent's seat, in the order in which they are rung. */
export interface Seats {
  agents(): readonly AgentId[];
  of(agent: AgentId): Seat | undefined;
  stateOf(agent: AgentId): PresenceState;
  /** Alters a seat, if there is one, and tells the listeners if that changed its state or whether the agent takes calls. */
  change(agent: AgentId, alter: (seat: Seat) => void): void;
  add(agent: AgentId): void;
  remove(agent: AgentId): void;
  /** Returns the way to stop. */
  onChange(listener: (agent: AgentId) => void): () => void;
}

const newSeat = (): Seat => ({
  windows: new Set(),
  isSignedIn: false,
  takesCalls: undefined,
  call: undefined,
  leaving: undefined,
});

function seatState({ call, isSignedIn, takesCalls, windows }: Seat): PresenceState {
  if (call !== undefined) return "busy";
  if (!isSignedIn) return "signed-out";
  if (takesCalls === false) return "not-ready";
  for (const { isReady } of windows) if (isReady) return "free";
  return "not-ready";
}

/** Gives each agent a seat, signed out. */
export function createSeats(initial: readonly AgentId[]): Seats {
  const seats = new Map(initial.map((agent) => [agent, newSeat()]));
  // A list of its own: it is asked for several times with each input of a call.
  let agents = [...seats.keys()];
  const listeners = new Set<(agent: AgentId) => void>();
  const tell = (agent: AgentId): void => {
    for (const listener of listeners) listener(agent);
  };
  return {
    agents: () => agents,
    of: (agent) => seats.get(agent),
    stateOf: (agent) => seatState(seats.get(agent) ?? newSeat()),
    change(agent, alter) {
      const seat = seats.get(agent);
      if (!seat) return;
      const before = [seatState(seat), seat.takesCalls];
      alter(seat);
      if (seatState(seat) !== before[0] || seat.takesCalls !== before[1]) tell(agent);
    },
    add(agent) {
      if (seats.has(agent)) return;
      seats.set(agent, newSeat());
      agents = [...agents, agent];
      tell(agent);
    },
    remove(agent) {
      seats.get(agent)?.leaving?.cancel();
      if (!seats.delete(agent)) return;
      agents = agents.filter((other) => other !== agent);
      tell(agent);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

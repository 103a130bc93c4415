import type { AgentPresence, Clock } from "../call/ports.ts";
import type { AgentId, CallId } from "../call/types.ts";

/** `busy`: rung, or in a call. */
export type PresenceState = "signed-out" | "not-ready" | "free" | "busy";

/** Who is there, as their pages tell. */
export interface Presence extends AgentPresence {
  /** A page's event stream is open. Returns what is to be called when it closes. */
  connect(agent: AgentId): () => void;
  /** Signs an agent out whose last page has closed for good: nobody need wait whether it comes back. */
  leave(agent: AgentId): void;
  /** Whether the agent's page can take calls and wants to. Forgotten when the agent is signed out. */
  setReady(agent: AgentId, ready: boolean): void;
  stateOf(agent: AgentId): PresenceState;
}

interface Seat {
  pages: number;
  isSignedIn: boolean;
  isReady: boolean;
  call: CallId | undefined;
  /** Signs the agent out when no page has come back. */
  leaving: { cancel(): void } | undefined;
}

function seatState({ call, isSignedIn, isReady, pages }: Seat): PresenceState {
  if (call !== undefined) return "busy";
  if (!isSignedIn) return "signed-out";
  // Between two pages (a refresh) nobody would answer.
  return isReady && pages > 0 ? "free" : "not-ready";
}

/**
 * Keeps who is signed in, ready and taken by which call. In memory: after a restart the pages come back by themselves.
 *
 * @param agents in the order in which they are rung; others are ignored
 * @param graceMs how long an agent stays signed in after the last page has closed: a refresh must not sign out
 */
export function createPresence(agents: readonly AgentId[], clock: Clock, graceMs = 5_000): Presence {
  const newSeat = (): Seat => ({
    pages: 0,
    isSignedIn: false,
    isReady: false,
    call: undefined,
    leaving: undefined,
  });
  const seats = new Map<AgentId, Seat>(agents.map((agent) => [agent, newSeat()]));
  const listeners = new Set<() => void>();
  const stateOf = (agent: AgentId): PresenceState => seatState(seats.get(agent) ?? newSeat());

  const change = (agent: AgentId, alter: (seat: Seat) => void): void => {
    const seat = seats.get(agent);
    if (!seat) return;
    const before = seatState(seat);
    alter(seat);
    if (seatState(seat) !== before) for (const listener of listeners) listener();
  };
  const signOut = (agent: AgentId): void =>
    change(agent, (seat) => Object.assign(seat, { isSignedIn: false, isReady: false, leaving: undefined }));
  const pageClosed = (agent: AgentId): void =>
    change(agent, (seat) => {
      seat.pages -= 1;
      if (seat.pages === 0) seat.leaving = clock.after(graceMs, () => signOut(agent));
    });
  const canBeAsked = (agent: AgentId): boolean => ["free", "busy"].includes(stateOf(agent));

  return {
    all: () => agents,
    signedIn: () => agents.filter(canBeAsked),
    free: () => agents.filter((agent) => stateOf(agent) === "free"),
    claim: (agent, call) => change(agent, (seat) => void (seat.call ??= call)),
    release: (agent, call) =>
      change(agent, (seat) => void (seat.call = seat.call === call ? undefined : seat.call)),
    callOf: (agent) => seats.get(agent)?.call,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    connect(agent) {
      change(agent, (seat) => {
        seat.leaving?.cancel();
        Object.assign(seat, { pages: seat.pages + 1, isSignedIn: true, leaving: undefined });
      });
      let isOpen = true;
      return () => {
        if (isOpen) pageClosed(agent);
        isOpen = false;
      };
    },
    leave(agent) {
      const leaving = seats.get(agent)?.leaving;
      leaving?.cancel();
      if (leaving) signOut(agent);
    },
    setReady: (agent, ready) => change(agent, (seat) => void (seat.isReady = ready && seat.isSignedIn)),
    stateOf,
  };
}

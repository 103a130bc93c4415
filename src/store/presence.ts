import type { AgentPresence, Clock } from "../call/ports.ts";
import type { AgentId } from "../call/types.ts";
import { type PresenceState, type Seats, createSeats } from "./seats.ts";

/** Who is there, as their pages tell. */
export interface Presence extends AgentPresence {
  /** A page's event stream is open. Returns what is to be called when it closes. */
  connect(agent: AgentId): () => void;
  /** Signs an agent out whose last page has closed for good: nobody need wait whether it comes back. */
  leave(agent: AgentId): void;
  /** Whether the agent's page can take calls and wants to. Forgotten when the agent is signed out. */
  setReady(agent: AgentId, ready: boolean): void;
  stateOf(agent: AgentId): PresenceState;
  /** Gives an agent a seat, behind all others. */
  add(agent: AgentId): void;
  /** Takes an agent's seat away, with all that was known of it; what its pages say from now on is ignored. */
  remove(agent: AgentId): void;
}

/**
 * Keeps who is signed in, ready and taken by which call. In memory: after a restart the pages come back by themselves.
 *
 * @param initial agents in the order in which they are rung; others are ignored
 * @param graceMs how long an agent stays signed in after the last page has closed: a refresh must not sign out
 */
export function createPresence(initial: readonly AgentId[], clock: Clock, graceMs = 5_000): Presence {
  const seats = createSeats(initial);
  const stateOf = (agent: AgentId): PresenceState => seats.stateOf(agent);
  const change: Seats["change"] = (agent, alter) => seats.change(agent, alter);
  const signOut = (agent: AgentId): void =>
    change(agent, (seat) => Object.assign(seat, { isSignedIn: false, isReady: false, leaving: undefined }));
  const pageClosed = (agent: AgentId): void =>
    change(agent, (seat) => {
      seat.pages -= 1;
      if (seat.pages === 0) seat.leaving = clock.after(graceMs, () => signOut(agent));
    });
  const canBeAsked = (agent: AgentId): boolean => ["free", "busy"].includes(stateOf(agent));

  return {
    all: () => seats.agents(),
    signedIn: () => seats.agents().filter(canBeAsked),
    free: () => seats.agents().filter((agent) => stateOf(agent) === "free"),
    claim: (agent, call) => change(agent, (seat) => void (seat.call ??= call)),
    release: (agent, call) =>
      change(agent, (seat) => void (seat.call = seat.call === call ? undefined : seat.call)),
    callOf: (agent) => seats.of(agent)?.call,
    onChange: (listener) => seats.onChange(listener),
    connect(agent) {
      change(agent, (seat) => {
        seat.leaving?.cancel();
        Object.assign(seat, { pages: seat.pages + 1, isSignedIn: true, leaving: undefined });
      });
      const seat = seats.of(agent);
      let isOpen = true;
      return () => {
        // Who was removed and came back has another seat, on which this page never sat.
        if (isOpen && seats.of(agent) === seat) pageClosed(agent);
        isOpen = false;
      };
    },
    leave(agent) {
      const leaving = seats.of(agent)?.leaving;
      leaving?.cancel();
      if (leaving) signOut(agent);
    },
    setReady: (agent, ready) => change(agent, (seat) => void (seat.isReady = ready && seat.isSignedIn)),
    stateOf,
    add: (agent) => seats.add(agent),
    remove: (agent) => seats.remove(agent),
  };
}

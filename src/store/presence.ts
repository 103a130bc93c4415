import type { AgentPresence, Clock } from "../call/ports.ts";
import type { AgentId } from "../call/types.ts";
import { type PresenceState, type SeatWindow, type Seats, createSeats } from "./seats.ts";

/** A window of an agent's page, for as long as its stream is open. */
export interface AgentWindow {
  /** Whether calls can ring in this window: its microphone and its line work. */
  setReady(ready: boolean): void;
  /** Takes the window's readiness along, and nothing else. */
  close(): void;
}

/** Which agents are signed in, as their pages report. An agent who takes calls and has a ready window is free. */
export interface Presence extends AgentPresence {
  /** @param takesCalls what the window last knew; counts only where nothing is known here, as after a restart */
  open(agent: AgentId, takesCalls: boolean): AgentWindow;
  /** Signs an agent out whose last window has closed, without waiting whether it comes back. */
  leave(agent: AgentId): void;
  /** The agent's own choice, the same in all windows. Forgotten when the agent is signed out. */
  setTakesCalls(agent: AgentId, takesCalls: boolean): void;
  takesCalls(agent: AgentId): boolean;
  stateOf(agent: AgentId): PresenceState;
  /** Gives an agent a seat, behind all others. */
  add(agent: AgentId): void;
  /** Takes an agent's seat away, with all that was known of it; what its windows say from now on is ignored. */
  remove(agent: AgentId): void;
}

/**
 * Keeps who is signed in, ready and taken by which call. In memory: after a restart the pages open their windows again.
 *
 * @param initial agents in the order in which they are rung; others are ignored
 * @param graceMs how long an agent stays signed in after the last window has closed: a refresh must not sign out
 */
export function createPresence(initial: readonly AgentId[], clock: Clock, graceMs = 5_000): Presence {
  const seats = createSeats(initial);
  const stateOf = (agent: AgentId): PresenceState => seats.stateOf(agent);
  const change: Seats["change"] = (agent, alter) => seats.change(agent, alter);
  const signOut = (agent: AgentId): void =>
    change(agent, (seat) =>
      Object.assign(seat, { isSignedIn: false, takesCalls: undefined, leaving: undefined }),
    );
  const close = (agent: AgentId, window: SeatWindow): void =>
    change(agent, (seat) => {
      // A window that has closed before, or one from before the agent was removed and added again.
      if (!seat.windows.delete(window) || seat.windows.size > 0) return;
      seat.leaving = clock.after(graceMs, () => signOut(agent));
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
    open(agent, takesCalls) {
      const window: SeatWindow = { isReady: false };
      change(agent, (seat) => {
        seat.leaving?.cancel();
        seat.windows.add(window);
        seat.takesCalls ??= takesCalls;
        Object.assign(seat, { isSignedIn: true, leaving: undefined });
      });
      return {
        setReady: (ready) => change(agent, () => void (window.isReady = ready)),
        close: () => close(agent, window),
      };
    },
    leave(agent) {
      const leaving = seats.of(agent)?.leaving;
      leaving?.cancel();
      if (leaving) signOut(agent);
    },
    setTakesCalls: (agent, takesCalls) =>
      change(agent, (seat) => {
        if (seat.isSignedIn) seat.takesCalls = takesCalls;
      }),
    takesCalls: (agent) => seats.of(agent)?.takesCalls ?? true,
    stateOf,
    add: (agent) => seats.add(agent),
    remove: (agent) => seats.remove(agent),
  };
}

import type { AgentPresence, Clock } from "../call/ports.ts";
import type { AgentId, CallId } from "../call/types.ts";

/** `busy`: rung, or in a call. `not-answering`: every window that could take a call leaves the server's pings unanswered. */
export type PresenceState = "signed-out" | "not-ready" | "not-answering" | "free" | "busy";

/** A window of an agent's page, for as long as its stream is open. */
export interface AgentWindow {
  /** Whether calls can ring in this window: its microphone and its line work. */
  setReady(ready: boolean): void;
  /** Whether the page answers the server's pings. A page in a frozen tab does not, and cannot take a call. */
  setAnswering(isAnswering: boolean): void;
  /** Takes the window's readiness along, and nothing else. */
  close(): void;
}

/** Which agents are signed in, as their pages report. An agent who takes calls is free if one window is ready and answers. */
export interface Presence extends AgentPresence {
  /** @param takesCalls what the window last knew; counts only for an agent without a state, as after a restart */
  open(agent: AgentId, takesCalls: boolean): AgentWindow;
  /** Signs an agent out whose last window has closed, without waiting whether it comes back. */
  leave(agent: AgentId): void;
  /** The agent's own choice, the same in all windows. Forgotten when the agent is signed out. */
  setTakesCalls(agent: AgentId, takesCalls: boolean): void;
  takesCalls(agent: AgentId): boolean;
  stateOf(agent: AgentId): PresenceState;
  /** Adds an agent, to be rung after all others. */
  add(agent: AgentId): void;
  /** Forgets an agent's state, and ignores the agent's windows from now on. */
  remove(agent: AgentId): void;
}

/** One agent's state. */
interface Known {
  windows: Set<{ isReady: boolean; isAnswering: boolean }>;
  isSignedIn: boolean;
  /** Undefined until a window has said. */
  takesCalls: boolean | undefined;
  call: CallId | undefined;
  /** Signs the agent out when no page has come back. */
  leaving: { cancel(): void } | undefined;
}

const unknownAgent = (): Known => ({
  windows: new Set(),
  isSignedIn: false,
  takesCalls: undefined,
  call: undefined,
  leaving: undefined,
});

function presenceState({ call, isSignedIn, takesCalls, windows }: Known): PresenceState {
  if (call !== undefined) return "busy";
  if (!isSignedIn) return "signed-out";
  if (takesCalls === false) return "not-ready";
  const ready = [...windows].filter(({ isReady }) => isReady);
  if (ready.some(({ isAnswering }) => isAnswering)) return "free";
  return ready.length > 0 ? "not-answering" : "not-ready";
}

/** Every agent's state, in ringing order, and the listeners for changes. */
function createAgents(initial: readonly AgentId[]) {
  const known = new Map(initial.map((agent) => [agent, unknownAgent()]));
  // Cached, because each input of a call reads it several times.
  let agents = [...known.keys()];
  const listeners = new Set<(agent: AgentId) => void>();
  const notify = (agent: AgentId): void => {
    for (const listener of listeners) listener(agent);
  };
  return {
    all: (): readonly AgentId[] => agents,
    get: (agent: AgentId) => known.get(agent),
    stateOf: (agent: AgentId): PresenceState => presenceState(known.get(agent) ?? unknownAgent()),
    /** Changes a known agent's state, and notifies the listeners if others can see the change. */
    change: (agent: AgentId, alter: (known: Known) => void): void => {
      const altered = known.get(agent);
      if (!altered) return;
      const before = [presenceState(altered), altered.takesCalls];
      alter(altered);
      if (presenceState(altered) !== before[0] || altered.takesCalls !== before[1]) notify(agent);
    },
    add: (agent: AgentId): void => {
      if (known.has(agent)) return;
      known.set(agent, unknownAgent());
      agents = [...agents, agent];
      notify(agent);
    },
    remove: (agent: AgentId): void => {
      known.get(agent)?.leaving?.cancel();
      if (!known.delete(agent)) return;
      agents = agents.filter((other) => other !== agent);
      notify(agent);
    },
    onChange: (listener: (agent: AgentId) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Keeps who is signed in, ready and taken by which call. In memory: after a restart the pages open their windows again.
 *
 * @param initial agents in ringing order; others are ignored
 * @param graceMs how long an agent stays signed in after the last window has closed: a refresh must not sign out
 */
export function createPresence(initial: readonly AgentId[], clock: Clock, graceMs = 5_000): Presence {
  const agents = createAgents(initial);
  const { all, change, stateOf, add, remove, onChange } = agents;
  const signOut = (agent: AgentId): void =>
    change(agent, (known) =>
      Object.assign(known, { isSignedIn: false, takesCalls: undefined, leaving: undefined }),
    );
  return {
    all,
    stateOf,
    add,
    remove,
    onChange,
    signedIn: () => all().filter((agent) => ["free", "busy"].includes(stateOf(agent))),
    free: () => all().filter((agent) => stateOf(agent) === "free"),
    claim: (agent, call) => change(agent, (known) => void (known.call ??= call)),
    release: (agent, call) =>
      change(agent, (known) => void (known.call = known.call === call ? undefined : known.call)),
    callOf: (agent) => agents.get(agent)?.call,
    open(agent, takesCalls) {
      const window = { isReady: false, isAnswering: true };
      change(agent, (known) => {
        known.leaving?.cancel();
        known.windows.add(window);
        known.takesCalls ??= takesCalls;
        Object.assign(known, { isSignedIn: true, leaving: undefined });
      });
      return {
        setReady: (ready) => change(agent, () => void (window.isReady = ready)),
        setAnswering: (isAnswering) => change(agent, () => void (window.isAnswering = isAnswering)),
        close: () =>
          change(agent, (known) => {
            // A window that has closed before, or one from before the agent was removed and added again.
            if (!known.windows.delete(window) || known.windows.size > 0) return;
            known.leaving = clock.after(graceMs, () => signOut(agent));
          }),
      };
    },
    leave(agent) {
      const leaving = agents.get(agent)?.leaving;
      leaving?.cancel();
      if (leaving) signOut(agent);
    },
    setTakesCalls: (agent, takesCalls) =>
      change(agent, (known) => {
        if (known.isSignedIn) known.takesCalls = takesCalls;
      }),
    takesCalls: (agent) => agents.get(agent)?.takesCalls ?? true,
  };
}

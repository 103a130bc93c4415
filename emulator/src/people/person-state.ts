import type { Person } from "./people.ts";

type State = Person["state"];

/** A state that can be waited for. */
export interface PersonState {
  readonly now: State;
  callSid: string | null;
  readonly lastCallSid: string | null;
  set(state: State): void;
  until(state: State): Promise<void>;
}

export function createPersonState(): PersonState {
  let now: State = "idle";
  let callSid: string | null = null;
  let lastCallSid: string | null = null;
  const waiting = new Set<{ state: State; resolve: () => void }>();
  return {
    get now() {
      return now;
    },
    get callSid() {
      return callSid;
    },
    get lastCallSid() {
      return lastCallSid;
    },
    set callSid(sid) {
      callSid = sid;
      lastCallSid = sid ?? lastCallSid;
    },
    set(state) {
      now = state;
      if (state === "idle") callSid = null;
      for (const waiter of waiting)
        if (waiter.state === state) {
          waiting.delete(waiter);
          waiter.resolve();
        }
    },
    until: (state) =>
      state === now ? Promise.resolve() : new Promise((resolve) => waiting.add({ state, resolve })),
  };
}

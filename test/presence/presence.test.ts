import { beforeEach, describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "local-twilio";
import type { AgentId, CallId } from "../../src/call/types.ts";
import { type AgentWindow, type Presence, createPresence } from "../../src/presence/presence.ts";

const AGENT1 = "agent1" as AgentId;
const AGENT2 = "agent2" as AgentId;
const CALL = "CA1" as CallId;
const OTHER = "CA2" as CallId;

let clock: ManualClock;
let presence: Presence;
beforeEach(() => {
  clock = manualClock();
  presence = createPresence([AGENT1, AGENT2], clock, 5_000);
});

/** Opens a window in which calls can ring. */
function comes(agent: AgentId, takesCalls = true): AgentWindow {
  const window = presence.open(agent, takesCalls);
  window.setReady(true);
  return window;
}

describe("an agent", () => {
  it("is free once a window is open and says that calls can ring there", () => {
    expect(presence.stateOf(AGENT1)).toBe("signed-out");
    const window = presence.open(AGENT1, true);
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
    window.setReady(true);
    expect(presence.stateOf(AGENT1)).toBe("free");
    expect(presence.free()).toEqual([AGENT1]);
    expect(presence.signedIn()).toEqual([AGENT1]);
  });

  it("who is not ready is not offered", () => {
    comes(AGENT1).setReady(false);
    expect(presence.free()).toEqual([]);
    expect(presence.signedIn()).toEqual([]);
  });

  it("stays signed in over a refresh, but is not rung before the new window is ready", async () => {
    comes(AGENT1).close();
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
    await clock.advance(4_999);
    const window = presence.open(AGENT1, true);
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
    window.setReady(true);
    await clock.advance(60_000);
    expect(presence.stateOf(AGENT1)).toBe("free");
  });

  it("is signed out when no window comes back", async () => {
    const window = comes(AGENT1);
    window.close();
    await clock.advance(5_000);
    expect(presence.stateOf(AGENT1)).toBe("signed-out");
    window.setReady(true);
    expect(presence.stateOf(AGENT1)).toBe("signed-out");
  });

  it("with two windows stays when one of them closes, however often that is said", async () => {
    const first = comes(AGENT1);
    comes(AGENT1);
    first.close();
    first.close();
    await clock.advance(10_000);
    expect(presence.stateOf(AGENT1)).toBe("free");
  });

  it("is free as long as one window is ready; colleagues see no change", () => {
    comes(AGENT1);
    const [deaf, changes] = [presence.open(AGENT1, true), [] as AgentId[]];
    presence.onChange((agent) => changes.push(agent));
    for (let i = 0; i < 10; i++) deaf.setReady(false);
    deaf.close();
    expect([presence.stateOf(AGENT1), changes]).toEqual(["free", []]);
  });

  it("is not free when the only ready window closes, although another one is open", () => {
    const ready = comes(AGENT1);
    presence.open(AGENT1, true);
    ready.close();
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
  });
  it("who is not on the list is never present", () => {
    comes("mallory" as AgentId);
    expect(presence.stateOf("mallory" as AgentId)).toBe("signed-out");
    expect(presence.free()).toEqual([]);
  });
});

describe("whether an agent takes calls", () => {
  it("is the agent's choice for all windows", () => {
    comes(AGENT1);
    comes(AGENT1);
    presence.setTakesCalls(AGENT1, false);
    expect([presence.takesCalls(AGENT1), presence.stateOf(AGENT1)]).toEqual([false, "not-ready"]);
    presence.setTakesCalls(AGENT1, true);
    expect([presence.takesCalls(AGENT1), presence.stateOf(AGENT1)]).toEqual([true, "free"]);
  });

  it("is what the first window knew after a restart, and no later window changes it", () => {
    comes(AGENT1, false);
    comes(AGENT1, true);
    expect([presence.takesCalls(AGENT1), presence.stateOf(AGENT1)]).toEqual([false, "not-ready"]);
  });

  it("is forgotten when the agent is signed out", async () => {
    comes(AGENT1, false).close();
    await clock.advance(5_000);
    comes(AGENT1, true);
    expect(presence.stateOf(AGENT1)).toBe("free");
  });

  it("is reported also when nothing else changes", () => {
    presence.open(AGENT1, true);
    const changes: AgentId[] = [];
    presence.onChange((agent) => changes.push(agent));
    presence.setTakesCalls(AGENT1, false);
    presence.setTakesCalls(AGENT1, false);
    expect(changes).toEqual([AGENT1]);
  });
});

describe("a call's claim", () => {
  it("makes an agent busy until it is released", () => {
    comes(AGENT1);
    presence.claim(AGENT1, CALL);
    expect(presence.stateOf(AGENT1)).toBe("busy");
    expect(presence.callOf(AGENT1)).toBe(CALL);
    expect(presence.free()).toEqual([]);
    expect(presence.signedIn()).toEqual([AGENT1]);
    presence.release(AGENT1, CALL);
    expect(presence.stateOf(AGENT1)).toBe("free");
  });

  it("cannot be taken or released by another call", () => {
    comes(AGENT1);
    presence.claim(AGENT1, CALL);
    presence.claim(AGENT1, OTHER);
    presence.release(AGENT1, OTHER);
    expect(presence.callOf(AGENT1)).toBe(CALL);
  });

  it("outlasts a browser that crashed in the call", async () => {
    const crash = comes(AGENT1);
    presence.claim(AGENT1, CALL);
    crash.close();
    await clock.advance(5_000);
    expect(presence.stateOf(AGENT1)).toBe("busy");
    presence.release(AGENT1, CALL);
    expect(presence.stateOf(AGENT1)).toBe("signed-out");
  });
});

describe("a removed agent", () => {
  it("has no windows any more, also after the same id is added again", async () => {
    const leave = comes(AGENT1);
    presence.claim(AGENT1, CALL);
    presence.remove(AGENT1);
    expect([presence.all(), presence.stateOf(AGENT1), presence.callOf(AGENT1)]).toEqual([
      [AGENT2],
      "signed-out",
      undefined,
    ]);
    presence.add(AGENT1);
    comes(AGENT1);
    leave.close();
    expect(presence.free()).toEqual([AGENT1]);
  });

  it("may be set to in-call, ready or away, without any effect", async () => {
    const leave = comes(AGENT1);
    presence.remove(AGENT1);
    presence.claim(AGENT1, CALL);
    presence.release(AGENT1, CALL);
    leave.setReady(true);
    comes(AGENT1);
    leave.close();
    await clock.advance(60_000);
    expect([presence.stateOf(AGENT1), presence.all()]).toEqual(["signed-out", [AGENT2]]);
  });

  it("who is already leaving does not sign out the next one of that id", async () => {
    comes(AGENT1).close();
    presence.remove(AGENT1);
    presence.add(AGENT1);
    presence.open(AGENT1, true);
    await clock.advance(60_000);
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
  });
});

describe("an agent who is added", () => {
  it("comes after all others, once, however often it is added", () => {
    const agent3 = "agent3" as AgentId;
    presence.add(agent3);
    presence.add(agent3);
    comes(agent3);
    comes(AGENT1);
    expect([presence.all(), presence.free()]).toEqual([
      [AGENT1, AGENT2, agent3],
      [AGENT1, agent3],
    ]);
  });
});

describe("listeners", () => {
  it("hear of every change of state, of nothing else, and no more once they have stopped", () => {
    let changes = 0;
    const stop = presence.onChange(() => (changes += 1));
    const window = comes(AGENT1);
    expect(changes).toBe(2);
    window.setReady(true);
    presence.open(AGENT1, true);
    expect(changes).toBe(2);
    presence.claim(AGENT1, CALL);
    presence.claim(AGENT1, CALL);
    expect(changes).toBe(3);
    stop();
    presence.release(AGENT1, CALL);
    expect(changes).toBe(3);
  });

  it("hear of who is added and removed", () => {
    let changes = 0;
    presence.onChange(() => (changes += 1));
    presence.add("agent3" as AgentId);
    presence.remove("agent3" as AgentId);
    presence.remove("agent3" as AgentId);
    expect(changes).toBe(2);
  });

  it("hear of free agents in the list's order", () => {
    comes(AGENT2);
    comes(AGENT1);
    expect(presence.free()).toEqual([AGENT1, AGENT2]);
  });
});

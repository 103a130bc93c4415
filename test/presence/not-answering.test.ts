import { beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { AgentId } from "../../src/call/types.ts";
import { type AgentWindow, type Presence, createPresence } from "../../src/presence/presence.ts";

const AGENT1 = "agent1" as AgentId;

let presence: Presence;
beforeEach(() => {
  presence = createPresence([AGENT1], manualClock());
});

/** Opens a window in which calls can ring. */
function comes(agent: AgentId, takesCalls = true): AgentWindow {
  const window = presence.open(agent, takesCalls);
  window.setReady(true);
  return window;
}

describe("an agent whose windows leave pings unanswered", () => {
  it("is not answering while no ready window answers, and free again when one does", () => {
    const [one, two] = [comes(AGENT1), comes(AGENT1)];
    one.setAnswering(false);
    expect(presence.stateOf(AGENT1)).toBe("free");
    two.setAnswering(false);
    expect([presence.stateOf(AGENT1), presence.free(), presence.signedIn()]).toEqual([
      "not-answering",
      [],
      [],
    ]);
    two.setReady(false);
    expect(presence.stateOf(AGENT1)).toBe("not-answering");
    one.setAnswering(true);
    expect([presence.stateOf(AGENT1), presence.free()]).toEqual(["free", [AGENT1]]);
  });

  it("who takes no calls is not ready, whether the windows answer or not", () => {
    comes(AGENT1, false).setAnswering(false);
    expect(presence.stateOf(AGENT1)).toBe("not-ready");
  });
});

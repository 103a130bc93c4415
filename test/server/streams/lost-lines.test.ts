import { beforeEach, describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "local-twilio";
import type { CallId } from "../../../src/call/types.ts";
import { createPresence } from "../../../src/presence/presence.ts";
import {
  type LineContext,
  type LineReport,
  type LostLines,
  createLostLines,
} from "../../../src/server/streams/lost-lines.ts";
import { CALL, START, agentId, talking } from "../../call/support/scene.ts";

const [AGENT1, AGENT2] = [agentId("agent1"), agentId("agent2")];

let clock: ManualClock;
let windows: LineReport[];
let inputs: string[];
let lines: LostLines;

/** agent1 talks to the customer, in `windows[0]`; agent2 has `windows[1]`. */
beforeEach(() => {
  clock = manualClock(undefined, START);
  const call = talking();
  const presence = createPresence([AGENT1, AGENT2], clock);
  presence.claim(AGENT1, CALL);
  inputs = [];
  const coordinator = {
    current: (id: CallId) => (id === CALL ? call.record : undefined),
    submit: async (_: CallId, input: Parameters<typeof call.tell>[0]) => {
      inputs.push(input.kind);
      return call.tell(input);
    },
  };
  const context = { presence, coordinator, clock, now: () => clock.now(), onError: () => undefined };
  windows = [AGENT1, AGENT2].map((agent) => aWindow(agent));
  lines = createLostLines(context as unknown as LineContext, (agent) =>
    windows.filter((window) => agent === undefined || window.agent === agent),
  );
});

function aWindow(agent: LineReport["agent"], more: Partial<LineReport> = {}): LineReport {
  const now = clock.now();
  return { agent, session: agent, hasLine: null, openedAt: now, heardAt: now, isAnswering: true, ...more };
}

/** Time passes while all windows but agent1's answer every ping. */
async function passes(ms: number): Promise<void> {
  await clock.advance(ms);
  hears(AGENT2);
}

function hears(agent: LineReport["agent"]): void {
  windows = windows.map((window) => (window.agent === agent ? { ...window, heardAt: clock.now() } : window));
}

const firstOf = (agent: LineReport["agent"]): LineReport => windows.find((window) => window.agent === agent)!;

const closes = (agent: LineReport["agent"]): void => {
  const window = firstOf(agent);
  windows = windows.filter((other) => other !== window);
  lines.closed(window);
};

const fallsSilent = (agent: LineReport["agent"]): void => {
  const window = { ...firstOf(agent), isAnswering: false };
  windows = [window, ...windows.filter((other) => other !== firstOf(agent))];
  lines.silent(window);
};

/** agent1's window says whether it has the call. */
const says = (hasLine: boolean): void => {
  windows = [{ ...firstOf(AGENT1), hasLine }, ...windows.filter((other) => other !== firstOf(AGENT1))];
};

/** agent1 opens one more window. */
const opens = (more: Partial<LineReport> = {}): void => {
  windows = [...windows, aWindow(AGENT1, more)];
  lines.came(AGENT1);
};

describe("the window of an agent in a talk", () => {
  it("closes: the server suspects a lost line after exactly 8 s", async () => {
    await passes(8_000);
    closes(AGENT1);
    await passes(7_999);
    expect(inputs).toEqual([]);
    await passes(1);
    expect(inputs).toEqual(["window-gone"]);
  });

  it("answers no ping for 10 s: the server suspects a lost line at once", async () => {
    await passes(10_000);
    fallsSilent(AGENT1);
    expect(inputs).toEqual(["window-gone"]);
  });

  it("is back or answers again after a suspicion: the server reports it once", async () => {
    await passes(10_000);
    fallsSilent(AGENT1);
    await passes(1_000);
    opens();
    lines.came(AGENT1);
    expect(inputs).toEqual(["window-gone", "window-back"]);
  });

  it("closes while another one of that agent answers, which may have the call: the server suspects nothing", async () => {
    await passes(8_000);
    opens();
    closes(AGENT1);
    await passes(60_000);
    expect(inputs).toEqual([]);
  });

  it("closes while another one of that agent answers that does not have the call: the server suspects a lost line", async () => {
    opens({ hasLine: false });
    says(true);
    await passes(8_000);
    closes(AGENT1);
    await passes(7_999);
    await passes(1);
    expect(inputs).toEqual(["window-gone"]);
    await passes(60_000);
    expect(inputs).toEqual(["window-gone"]);
  });

  it("goes on while another one of that agent closes: the server suspects nothing", async () => {
    opens({ hasLine: false });
    says(true);
    await passes(8_000);
    const [kept, , closed] = windows;
    windows = [kept!, firstOf(AGENT2)];
    lines.closed(closed!);
    await passes(60_000);
    expect(inputs).toEqual([]);
  });

  it("closes when the server stops: the server suspects nothing", async () => {
    await passes(8_000);
    closes(AGENT1);
    lines.stop();
    await passes(60_000);
    expect(inputs).toEqual([]);
  });
});

describe("other windows", () => {
  it.each([
    ["have closed", () => closes(AGENT2)],
    ["have fallen silent", () => fallsSilent(AGENT2)],
    ["have not been heard for 7 s", () => undefined],
  ])("%s: the server suspects nothing", async (_, happens) => {
    await passes(8_000);
    closes(AGENT1);
    await passes(1_000);
    happens();
    await clock.advance(7_000);
    await clock.advance(60_000);
    expect(inputs).toEqual([]);
  });

  it("came back less than 8 s ago: agent1's has the same time to come back", async () => {
    await passes(8_000);
    for (const agent of [AGENT1, AGENT2]) closes(agent);
    await passes(20_000);
    windows = [aWindow(AGENT2)];
    lines.came(AGENT2);
    await passes(7_999);
    expect(inputs).toEqual([]);
    for (let n = 0; n < 4; n++) await passes(2_000);
    expect(inputs).toEqual(["window-gone"]);
  });
});

describe("a new window without a call", () => {
  it("shows that the line is dead, although the old window, which is silent, had it", async () => {
    await passes(10_000);
    fallsSilent(AGENT1);
    opens({ hasLine: false });
    await passes(5_000);
    expect(inputs).toEqual(["window-gone", "line-lost"]);
  });

  it("in place of the one that had it shows that the line is dead, although a third one was there all the time", async () => {
    opens({ hasLine: false });
    says(true);
    await passes(10_000);
    closes(AGENT1);
    await passes(1_000);
    opens({ hasLine: false });
    await passes(5_000);
    expect(inputs).toEqual(["line-lost"]);
  });

  it("in another browser shows nothing while a third one is there: the one with the call may have lost only its stream", async () => {
    opens({ hasLine: false });
    says(true);
    await passes(10_000);
    closes(AGENT1);
    opens({ hasLine: false, session: "another browser" });
    await passes(7_000);
    expect(inputs).toEqual([]);
    await passes(1_000);
    expect(inputs).toEqual(["window-gone"]);
  });

  it("shows nothing if the one with the call is back in time", async () => {
    says(true);
    await passes(10_000);
    closes(AGENT1);
    opens({ hasLine: false });
    await passes(4_000);
    opens({ hasLine: true });
    await passes(60_000);
    expect(inputs).toEqual([]);
  });
});

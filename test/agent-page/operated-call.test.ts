import { describe, expect, it } from "vitest";
import { initialModel, type Model } from "../../agent-page/agent/model.ts";
import { describe as describeScreen } from "../../agent-page/agent/screen/describe.ts";
import type { Screen } from "../../agent-page/agent/screen/screen.ts";
import { type PageEvent, update } from "../../agent-page/agent/update.ts";
import { en } from "../../agent-page/agent/words/en.ts";
import { entry, moments, NOON, view } from "./views.ts";

const show = (shown: Model["view"] & {}): PageEvent => ({ kind: "view", view: shown });
const lost = (state: Model["events"]): PageEvent => ({ kind: "events", state });
const ready: PageEvent[] = [
  { kind: "signed-in", agent: { id: "agent1", name: "Agent 1" }, clockOffset: 0 },
  { kind: "microphone", state: "ready" },
  { kind: "device", state: "registered" },
  { kind: "events", state: "open" },
];
const talking: PageEvent[] = [...ready, show(moments.talking), { kind: "line", phase: "open" }];
const ended: PageEvent = { kind: "line-ended" };

const screen = (...happenings: PageEvent[]): Screen =>
  describeScreen(happenings.reduce(update, initialModel), NOON + 75_000, en);
const notices = (...happenings: PageEvent[]) =>
  screen(...happenings).notices.map(({ title, urgent }) => (urgent ? `${title}!` : title));
const texts = (...happenings: PageEvent[]) => screen(...happenings).notices.map(({ text }) => text);

describe("who is on hold or muted by an operator", () => {
  const people = (...[toCustomer, toAgent]: Parameters<typeof moments.apart>) => {
    const { panel } = screen(...talking, show(moments.apart(toCustomer, toAgent)));
    return panel?.kind === "call" ? panel.people.map(({ text, isApart }) => [text, isApart]) : [];
  };

  it("is said in words beside the name", () => {
    const onTheLine = ["On the line", false];
    expect(people({})).toEqual([onTheLine, onTheLine]);
    expect(people({ onHold: true })).toEqual([["On hold", true], onTheLine]);
    expect(people({ onHold: true, muted: true })[0]).toEqual(["On hold, muted by an operator", true]);
    expect(people({}, { muted: true })).toEqual([onTheLine, ["Muted by an operator", true]]);
  });

  it("is said to the agent herself calmly, and only while it lasts", () => {
    const told = (...apart: Parameters<typeof moments.apart>) =>
      notices(...talking, show(moments.apart(...apart)));
    expect(told({}, { onHold: true })).toEqual(["You are on hold"]);
    expect(told({}, { muted: true })).toEqual(["An operator muted you"]);
    expect(told({}, { onHold: true, muted: true })).toEqual(["You are on hold"]);
    expect(told({ onHold: true, muted: true })).toEqual([]);
  });
});

describe("an agent whose leg has ended while the call goes on", () => {
  const out = show(moments.without(null));

  it("learns that someone else ended it", () => {
    expect(notices(...talking, ended, out)).toEqual(["You are no longer in the call"]);
    expect(notices(...talking, ended, show(moments.without("completed")))).toEqual([
      "Agent 2 has the call now",
    ]);
  });

  it("sees no notice before the server reports the end, nor once another call rings", () => {
    expect(notices(...talking, ended)).toEqual([]);
    expect(notices(...talking, ended, out, show(view({ state: "ringing" })))).toEqual([]);
  });

  it("sees the notice until the next call, also when this one is over", () => {
    expect(notices(...talking, ended, out, show(moments.over))).toEqual(["You are no longer in the call"]);
    expect(notices(...talking, ended, out, show(moments.over), show(moments.ringing))).toEqual([]);
  });

  it("sees no notice of her own actions in this call", () => {
    const left: PageEvent = { kind: "line-left", by: "leave" };
    expect(notices(...talking, left, ended, out)).toEqual([]);
    expect(notices(...talking, left, ended, ...talking.slice(-2), ended, out)).toHaveLength(1);
    expect(notices(...ready, left, ...talking.slice(-2), ended, out)).toHaveLength(1);
  });
});

describe("a server that does not answer", () => {
  it("is nothing to alarm who talks; after some seconds it is said calmly", () => {
    expect(notices(...talking, lost("lost"))).toEqual([]);
    expect(notices(...talking, lost("away"))).toEqual(["The server is not answering; your call continues"]);
    expect(screen(...talking, lost("gone")).status.text).toBe("In a call");
    expect(notices(...talking, lost("gone"), lost("open"))).toEqual([]);
  });

  it("is shown at once to an agent who waits for calls", () => {
    for (const state of ["lost", "away"] as const)
      expect(notices(...ready, lost(state))).toEqual(["The server does not answer!"]);
    expect(screen(...ready, lost("gone")).status.text).toBe("Connection lost");
  });

  it("may have moved when it stays away: then a new link is needed", () => {
    for (const before of [ready, talking])
      expect(texts(...before, lost("gone"))).toEqual([expect.stringContaining("new sign-in link")]);
    expect(texts(...talking, lost("away"))).toEqual([expect.not.stringContaining("link")]);
  });
});

it.each([
  ["operator", "An operator ended the call."],
  ["time-limit", "The call reached its time limit."],
  ["customer", "The call ended."],
])("the log says that the call ended by %s", (reason, sentence) => {
  const end = { ...entry("call-ended", 80), reason };
  const call = moments.over.call && { ...moments.over.call, story: [end] };
  const { log } = screen(...ready, show({ ...moments.over, call }));
  expect(log?.entries.map(({ text }) => text)).toEqual([sentence]);
});

describe("a call that another person ended", () => {
  const endedBy = (reason: string): PageEvent => {
    const end = { ...entry("call-ended", 120), reason };
    return show({ ...moments.over, call: moments.over.call && { ...moments.over.call, story: [end] } });
  };

  it.each([
    ["customer", "The customer hung up."],
    ["agent", "A colleague ended the call."],
    ["operator", "An operator ended the call."],
    ["time-limit", "The call reached its time limit."],
    ["error", "The call was cut off."],
  ])("says so until the next call: %s", (reason, sentence) => {
    expect(notices(...talking, ended, endedBy(reason))).toEqual([sentence]);
    expect(notices(...talking, ended, endedBy(reason), show(moments.free), show(moments.ringing))).toEqual(
      [],
    );
  });

  it("says nothing to the agent who ended it", () => {
    expect(notices(...talking, { kind: "line-left", by: "end" }, ended, endedBy("agent"))).toEqual([]);
  });
});

it("a transfer that failed stays after the call, until the next one", () => {
  const failed = moments.declined.call && { ...moments.over.call!, transfer: moments.declined.call.transfer };
  const after = [...talking, { kind: "line-left", by: "end" } as const, ended];
  expect(notices(...after, show({ ...moments.over, call: failed }))).toEqual(["Agent 2 declined.!"]);
  expect(notices(...after, show({ ...moments.over, call: failed }), show(moments.ringing))).toEqual([]);
});

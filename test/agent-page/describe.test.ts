import { describe, expect, it } from "vitest";
import { initialModel, type Model } from "../../agent-page/agent/model.ts";
import { describe as describeScreen } from "../../agent-page/agent/screen/describe.ts";
import type { CallPanel, Screen } from "../../agent-page/agent/screen/screen.ts";
import { en } from "../../agent-page/agent/words/en.ts";
import { ja } from "../../agent-page/agent/words/ja.ts";
import { call, entry, moments, NOON, transfer, view } from "./views.ts";

const ready: Model = {
  ...initialModel,
  session: "signed-in",
  agent: { id: "agent1", name: "Agent 1" },
  microphone: "ready",
  device: "registered",
  events: "open",
  view: moments.free,
};
const open = { phase: "open", muted: false } as const;

const screen = (change: Partial<Model>): Screen => describeScreen({ ...ready, ...change }, NOON + 75_000, en);
const callPanel = (change: Partial<Model>): CallPanel => {
  const { panel } = screen({ line: open, ...change });
  if (panel?.kind !== "call") throw new Error(`the panel is ${panel?.kind}`);
  return panel;
};
const titles = (change: Partial<Model>): string[] => screen(change).notices.map(({ title }) => title);

describe("the status", () => {
  const status = (change: Partial<Model>): string => screen(change).status.text;

  it("says Ready only when a call can come", () => {
    expect(status({})).toBe("Ready");
    expect(status({ view: view({ state: "not-ready" }) })).not.toBe("Ready");
    expect(status({ device: "connecting" })).toBe("Connecting…");
    expect(status({ device: "lost" })).toBe("Connection lost");
    expect(status({ events: "lost" })).toBe("Connection lost");
    expect(status({ microphone: "refused" })).toBe("Microphone needed");
    expect(status({ wantsCalls: false })).toBe("Not ready");
    expect(status({ session: "expired" })).toBe("Signed out");
  });

  it("shows the agent's situation, whatever else is wrong", () => {
    expect(status({ view: moments.ringing, events: "lost" })).toBe("Incoming call");
    expect(status({ line: { phase: "answering", muted: false } })).toBe("Answering…");
    expect(status({ line: open, view: moments.talking, device: "lost" })).toBe("In a call");
  });
});

describe("an incoming call", () => {
  it("says in the page's language that a number is withheld", () => {
    const withheld = call({ customerKind: "withheld", customerNumber: "" });
    const shown = view({ state: "ringing", label: "agent1-1", call: withheld });
    for (const [language, name] of [
      [en, "Withheld number"],
      [ja, "非通知"],
    ] as const)
      expect(describeScreen({ ...ready, view: shown }, NOON, language).panel).toMatchObject({ caller: name });
  });

  it("shows the caller's number, not the number that Twilio rings from", () => {
    const { panel, title } = screen({ view: moments.ringing, line: { phase: "ringing", muted: false } });
    expect(panel).toMatchObject({ kind: "incoming", caller: "+1 555 010 0123", canAnswer: true });
    expect(title).toContain("+1 555 010 0123");
  });

  it("says who transfers it", () => {
    expect(screen({ view: moments.offered }).panel).toMatchObject({
      text: expect.stringContaining("Agent 2 is transferring this call to you."),
    });
  });

  it("shows the note of the agent who transfers it", () => {
    const noted = transfer({ from: "agent2", fromName: "Agent 2", target: "agent1-1", note: "Order 17" });
    const shown = { ...moments.offered, call: call({ transfer: noted }) };
    expect(screen({ view: shown }).panel).toMatchObject({
      note: "Order 17",
    });
  });

  it("cannot be answered before the SDK has it", () => {
    expect(screen({ view: moments.ringing }).panel).toMatchObject({ canAnswer: false });
  });
});

describe("a call", () => {
  it("shows who is in it and since when, by the server's clock", () => {
    const late = callPanel({ view: moments.transferring, clockOffset: 60_000 });
    const apart = { isApart: false, isSelf: false };
    expect(callPanel({ view: moments.transferring }).people).toEqual([
      { key: "customer", name: "Customer", text: "On the line", duration: "1:15", joined: true, ...apart },
      {
        ...apart,
        key: "agent1-1",
        name: "You",
        text: "On the line",
        duration: "1:06",
        joined: true,
        isSelf: true,
      },
      { key: "agent2-1", name: "Agent 2", text: "Ringing…", duration: "0:15", joined: false, ...apart },
    ]);
    expect(late.people[0]?.duration).toBe("2:15");
  });

  it("has no sound to steer in a window that has not its sound", () => {
    expect(screen({ view: moments.talking }).panel).toMatchObject({ kind: "call", waysOut: [] });
    expect(titles({ view: moments.talking })).toEqual(["This call is in another window"]);
  });

  it("asks before leaving the page only while talking", () => {
    expect(screen({ view: moments.talking, line: open }).asksBeforeLeaving).toBe(true);
    expect(
      screen({ view: moments.ringing, line: { phase: "ringing", muted: false } }).asksBeforeLeaving,
    ).toBe(false);
    expect(screen({}).asksBeforeLeaving).toBe(false);
  });
});

describe("what went wrong", () => {
  it.each([
    ["declined", "Agent 2 declined."],
    ["no-answer", "Agent 2 did not answer."],
    ["busy", "Agent 2 is busy."],
    ["something new", "Twilio could not call Agent 2."],
  ])("names a transfer's failure: %s", (reason, sentence) => {
    const failed = transfer({ phase: "ended", outcome: "failed", reason });
    const shown = { ...moments.talking, call: call({ transfer: failed }) };
    expect(screen({ view: shown, line: open }).notices).toMatchObject([
      { urgent: true, title: sentence, text: "You are still talking to the customer." },
    ]);
  });

  it("is announced once: the same key while it lasts, another for the next failure", () => {
    const key = (id: string) =>
      screen({
        line: open,
        view: {
          ...moments.talking,
          call: call({ transfer: transfer({ id, outcome: "failed", reason: "busy" }) }),
        },
      }).notices[0]?.key;
    expect(key("1")).toBe(key("1"));
    expect(key("1")).not.toBe(key("2"));
  });

  it("puts the server's refusal into the agent's language where it is known", () => {
    const notice = (code: string) =>
      screen({
        view: moments.talking,
        line: open,
        refusal: { command: "transfer", code, message: "As the server says." },
      }).notices[0];
    expect(notice("target-busy")?.text).toBe("That colleague is in another call.");
    expect(notice("something new")?.text).toBe("As the server says.");
    expect(notice("target-busy")?.title).toBe("The server did not start the transfer");
  });

  it("reports each missing part urgently, with the fix", () => {
    expect(titles({ microphone: "refused" })).toEqual(["Your browser blocks the microphone"]);
    expect(titles({ events: "lost", device: "lost" })).toEqual(["The server does not answer"]);
    expect(titles({ device: "lost" })).toEqual(["This page has no connection to the telephone line"]);
    expect(titles({ session: "expired" })).toEqual(["You are signed out"]);
    expect(titles({ session: "removed" })).toEqual(["An operator has signed you out"]);
    expect(screen({ microphone: "refused" }).notices).toMatchObject([{ urgent: true, action: "microphone" }]);
  });
});

describe("the log", () => {
  const lines = (change: Partial<Model>) => screen(change).log?.entries.map(({ text }) => text);

  it("describes the call in words, with one line for a leg that rang", () => {
    expect(lines({ view: moments.talking, line: open })).toEqual([
      "The customer called.",
      "It rang at Agent 1.",
      "Agent 1 joined.",
    ]);
    expect(lines({ view: moments.declined, line: open })?.slice(3)).toEqual([
      "Agent 2 declined.",
      "The transfer to Agent 2 failed.",
    ]);
  });

  it.each([12, 13])(
    "says of a transfer that was cancelled only that, whenever its leg ended: %d s",
    (second) => {
      const story = [
        { ...entry("agent-not-reached", second, 2), reason: "cancelled" },
        entry("transfer-cancelled", 12, 2),
      ].toSorted((a, b) => a.at - b.at);
      const shown = { ...moments.talking, call: call({ story }) };
      expect(lines({ view: shown, line: open })).toEqual(["The transfer to Agent 2 was cancelled."]);
    },
  );

  it("stays as the last call's when it is over", () => {
    expect(screen({ view: moments.over }).log?.heading).toBe("Last call");
    expect(lines({ view: moments.over })?.at(-1)).toBe("The call ended.");
    expect(screen({}).log).toBeNull();
  });
});

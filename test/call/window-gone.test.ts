import { describe, expect, it } from "vitest";
import type { WhenWindowGone } from "../../src/call/decision.ts";
import type { Label } from "../../src/call/types.ts";
import { type Scene, named, talking } from "./support/scene.ts";

const tellsOf =
  (kind: "window-gone" | "window-back") =>
  (s: Scene, label = "agent1-1"): string[] => {
    s.tell({ kind, at: s.now, label: label as Label });
    return named(s.actions());
  };
const goes = tellsOf("window-gone");
const comesBack = tellsOf("window-back");

const withSetting = (whenWindowGone: WhenWindowGone): Scene => talking(undefined, { whenWindowGone });

describe("the page of the only agent is gone", () => {
  it("after the end of the call: the server plays no announcement", () => {
    const s = withSetting("announce");
    s.asks({ kind: "end-call", by: null });
    s.actions();
    expect(goes(s)).toEqual([]);
  });

  it("and comes back after the line was lost: the ringing agent keeps ringing", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.rings("agent2-1");
    s.signsOut("agent1");
    s.leaves("agent1-1");
    s.actions();
    expect(comesBack(s)).toEqual([]);
    expect(s.leg("agent2-1").dismissedAt).toBeUndefined();
  });

  it("and the server plays one announcement; it holds, hangs up and dials no one", () => {
    const s = withSetting("announce");
    expect(goes(s)).toEqual(["announce"]);
    s.passes(60_000);
    s.wakes();
    s.signsIn("agent2");
    expect([goes(s), s.record.legs.length, s.leg("customer").onHold]).toEqual([[], 2, false]);
  });

  it("and Twilio reports the leg gone: the next agent rings at once", () => {
    const s = withSetting("announce");
    goes(s);
    s.signsOut("agent1");
    s.passes(25_000);
    s.leaves("agent1-1");
    expect(named(s.actions())).toEqual(["set-hold customer true", "dial agent2-1"]);
  });

  it("and comes back before any report: a later loss gives that agent a head start again", () => {
    const s = withSetting("announce");
    goes(s);
    s.passes(1_000);
    expect(comesBack(s)).toEqual([]);
    s.passes(60_000);
    s.signsOut("agent1");
    s.leaves("agent1-1");
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    s.passes(8_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
  });

  it("and comes back and goes again: the server plays the announcement again", () => {
    const s = withSetting("announce");
    goes(s);
    s.passes(20_000);
    comesBack(s);
    s.passes(20_000);
    expect(goes(s)).toEqual(["announce"]);
  });

  it("and the announcement fails: the server repeats it while the talk is in doubt", () => {
    for (const isBack of [false, true]) {
      const s = withSetting("announce");
      goes(s);
      s.tell({ kind: "action-failed", at: s.now, action: { kind: "announce" }, message: "500" });
      s.passes(500);
      if (isBack) comesBack(s);
      s.wakes();
      expect(named(s.actions())).toEqual(isBack ? [] : ["announce"]);
    }
  });

  it("and Twilio's failure to announce is reported twice: the server repeats the announcement after 500 ms", () => {
    const s = withSetting("announce");
    goes(s);
    for (const _ of [1, 2])
      s.tell({ kind: "action-failed", at: s.now, action: { kind: "announce" }, message: "500" });
    expect(s.record.deadline).toBe(s.now + 500);
    s.passes(499);
    s.wakes();
    expect(named(s.actions())).toEqual([]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["announce"]);
  });

  it("and the announcement keeps failing: the server still announces the next doubt", () => {
    const s = withSetting("announce");
    goes(s);
    for (let tries = 0; tries < 8; tries++) {
      s.tell({ kind: "action-failed", at: s.now, action: { kind: "announce" }, message: "500" });
      s.passes(30_000);
      s.wakes();
    }
    expect(named(s.actions())).toHaveLength(7);
    comesBack(s);
    s.passes(1_000);
    expect(goes(s)).toEqual(["announce"]);
  });
});

describe("the page is gone, and whenWindowGone is ring-another", () => {
  it("the next agent rings at once, joins the talk, and stays when Twilio reports the first one gone", () => {
    const s = withSetting("ring-another");
    expect(goes(s)).toEqual(["dial agent2-1", "announce"]);
    s.answers("agent2-1");
    expect(named(s.actions())).toEqual([]);
    s.leaves("agent1-1");
    expect([named(s.actions()), s.leg("customer").onHold]).toEqual([[], false]);
    expect(s.record.endedAt).toBeNull();
  });

  it("the next agent does not answer: another one rings", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "declined");
    expect(named(s.actions())).toEqual(["dial agent3-1"]);
  });

  it("no agent is free: the first one who becomes free rings", () => {
    const s = withSetting("ring-another");
    for (const agent of ["agent2", "agent3"]) s.signsOut(agent);
    expect(goes(s)).toEqual(["announce"]);
    s.signsIn("agent3");
    expect(named(s.actions())).toEqual(["dial agent3-1"]);
  });

  it("the page comes back while the next agent rings: that stops the ringing", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.rings("agent2-1");
    s.passes(1_000);
    expect(comesBack(s)).toEqual(["hang-up agent2-1"]);
    expect(s.leg("agent1-1").unwanted).toBe(false);
  });

  it("the page comes back at once: no other agent rings", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.isDialled("agent2-1");
    s.actions();
    expect(comesBack(s)).toEqual(["hang-up agent2-1"]);
  });

  it("the page comes back after the next agent has joined: all three talk, and an operator transfers for the first", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.answers("agent2-1");
    comesBack(s);
    s.transfers(null, "agent3");
    expect(s.record.transfers).toMatchObject([{ starter: "agent1-1" }]);
  });

  it("the page comes back after the next agent has joined: all three talk", () => {
    const s = withSetting("ring-another");
    goes(s);
    s.answers("agent2-1");
    s.actions();
    expect(comesBack(s)).toEqual([]);
    expect([s.leg("agent1-1").unwanted, s.leg("agent2-1").unwanted]).toEqual([false, false]);
  });
});

describe("the server plays no announcement", () => {
  it("if whenWindowGone is nothing; a lost line gives its agent a head start", () => {
    const s = withSetting("nothing");
    expect(goes(s)).toEqual([]);
    s.signsOut("agent1");
    s.leaves("agent1-1");
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
  });

  it("while another agent talks to the customer and that page is there", () => {
    const s = withSetting("ring-another");
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.actions();
    expect(goes(s)).toEqual([]);
    expect(goes(s, "agent2-1")).toEqual(["announce"]);
  });

  it("to a customer on hold, who hears music", () => {
    const s = withSetting("announce");
    s.asks({ kind: "change-participant", by: null, label: "customer" as Label, change: "hold" });
    s.actions();
    expect(goes(s)).toEqual([]);
  });

  it("for a leg that has left", () => {
    const s = withSetting("announce");
    s.leaves("agent1-1");
    s.actions();
    expect([goes(s), s.leg("agent1-1").windowGoneAt]).toEqual([[], undefined]);
  });
});

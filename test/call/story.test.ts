import { describe, expect, it } from "vitest";
import { newStory, storyOf } from "../../src/call/story.ts";
import type { CallRecord } from "../../src/call/types.ts";
import { CONFERENCE, sidOf, talking } from "./support/scene.ts";

function told(record: CallRecord): string[] {
  return storyOf(record).map(({ event, party, reason }) => {
    const name = party?.kind === "agent" ? party.agent : party?.address;
    return [event, name, reason].filter(Boolean).join(" ");
  });
}

describe("the story of a call", () => {
  it("lists the events of the tutorial's transfer in order", () => {
    const s = talking();
    s.passes(1_000);
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1");
    s.passes(1_000);
    s.leaves("customer");
    s.leaves("agent2-1", "conference-ended");
    expect(told(s.record)).toEqual([
      "customer-called",
      "agent-dialled agent1",
      "agent-ringing agent1",
      "agent-joined agent1",
      "transfer-started agent2",
      "agent-dialled agent2",
      "agent-ringing agent2",
      "agent-joined agent2",
      "agent-left agent1",
      "transfer-completed agent2",
      "agent-left agent2",
      "customer-left customer",
      "call-ended customer",
    ]);
  });

  it("gives the reason why a target did not join", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(2_000);
    s.doesNotTake("agent2-1", "declined");
    expect(told(s.record).slice(-2)).toEqual([
      "agent-not-reached agent2 declined",
      "transfer-failed agent2 declined",
    ]);
  });

  it("never lets a leg ring before its dial, although Twilio's clock counts whole seconds", () => {
    const s = talking();
    s.passes(700);
    s.transfers("agent1", "agent2");
    const label = s.leg("agent2-1").label;
    s.tell({ kind: "leg-ringing", at: s.now - 700, label, callSid: sidOf(label) });
    const events = storyOf(s.record).filter((entry) => entry.label === label);
    expect(events.map(({ event }) => event)).toEqual(["transfer-started", "agent-dialled", "agent-ringing"]);
  });

  it("gains the entries of each change, even a late one, and repeats none", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    const label = s.leg("agent2-1").label;
    const about = { label, callSid: sidOf(label) };
    const before = s.record;
    s.tell({ kind: "participant-joined", at: s.now + 3_000, ...about, conference: CONFERENCE });
    const joined = s.record;
    expect(newStory(joined, before).map(({ event }) => event)).toEqual(["agent-joined"]);
    s.tell({ kind: "leg-ringing", at: s.now + 1_000, ...about });
    expect(newStory(s.record, joined).map(({ event }) => event)).toEqual(["agent-ringing"]);
    s.tell({ kind: "participant-joined", at: s.now + 2_500, ...about, conference: CONFERENCE });
    expect(newStory(s.record, joined).map(({ event }) => event)).toEqual(["agent-ringing"]);
  });
});

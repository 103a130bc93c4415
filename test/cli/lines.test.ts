import { describe, expect, it } from "vitest";
import { agentName } from "../../src/wire/agent-name.ts";
import type { StoryEvent } from "../../src/cli/live/events.ts";
import { createLines } from "../../src/cli/live/lines.ts";
import { elapsed } from "../../src/cli/live/elapsed.ts";
import { memoryOutput } from "./support/memory-output.ts";

const START = Date.UTC(2030, 0, 1);

function entry(seconds: number, event: StoryEvent["event"], more: Partial<StoryEvent> = {}): StoryEvent {
  const nobody = { label: null, agent: null, agentName: null, reason: null };
  return { event, call: "CA1", customer: "+155…21", at: START + seconds * 1000, ...nobody, ...more };
}

const first = { label: "agent1-1", agent: "agent1", agentName: "Agent 1" };
const second = { label: "agent2-1", agent: "agent2", agentName: "Agent 2" };

const linesOf = (...entries: StoryEvent[]): string[] =>
  entries
    .map(createLines(memoryOutput({ json: false }).output.paint))
    .map((line) => line.replace(/ {2,}/g, "  "));

describe("the lines of a call", () => {
  it("describe the tutorial's transfer and who is in the call", () => {
    const lines = linesOf(
      entry(0, "customer-called", { label: "customer" }),
      entry(4, "agent-joined", first),
      entry(60, "transfer-started", second),
      entry(65, "agent-joined", second),
      entry(70, "agent-left", first),
      entry(70, "transfer-completed", second),
      entry(3700, "customer-left", { label: "customer", reason: "customer" }),
      entry(3700, "call-ended", { reason: "customer" }),
    );
    expect(lines).toEqual([
      "  0:00  +155…21  the customer calls  customer",
      "  0:04  +155…21  Agent 1 joins  customer + Agent 1",
      "  1:00  +155…21  a transfer to Agent 2 starts  customer + Agent 1",
      "  1:05  +155…21  Agent 2 joins  customer + Agent 1 + Agent 2",
      "  1:10  +155…21  Agent 1 leaves  customer + Agent 2",
      "  1:10  +155…21  the transfer to Agent 2 is complete  customer + Agent 2",
      "1:01:40  +155…21  the customer hangs up  Agent 2",
      "1:01:40  +155…21  the call is over",
    ]);
  });

  it("have the right time and participants when a report comes after the end", () => {
    const late = linesOf(
      entry(0, "customer-called", { label: "customer" }),
      entry(9, "call-ended", { reason: "customer" }),
      entry(9, "agent-left", first),
    );
    expect(late[2]).toBe("  0:09  +155…21  Agent 1 leaves");
  });

  it("keep two calls apart", () => {
    const other = { call: "CA2", customer: "+155…99" };
    const lines = linesOf(
      entry(0, "customer-called"),
      entry(30, "customer-called", other),
      entry(31, "agent-joined", { ...second, ...other }),
      entry(32, "agent-joined", first),
    );
    expect(lines[2]).toBe("  0:01  +155…99  Agent 2 joins  customer + Agent 2");
    expect(lines[3]).toBe("  0:32  +155…21  Agent 1 joins  customer + Agent 1");
  });

  it.each([
    ["declined", "Agent 2 declines"],
    ["no-answer", "Agent 2 did not answer"],
    ["unreachable", "Agent 2 could not be reached"],
    [null, "Agent 2 could not be called"],
  ])("give the reason why an agent was not reached: %s", (reason, words) => {
    expect(linesOf(entry(0, "agent-not-reached", { ...second, reason }))[0]).toContain(words);
  });
});

it.each([
  [0, "0:00"],
  [59_999, "0:59"],
  [600_000, "10:00"],
  [3_661_000, "1:01:01"],
  [-5, "0:00"],
])("%i ms is written as %s", (ms, text) => expect(elapsed(ms)).toBe(text));

it.each([
  ["agent1", "Agent 1"],
  ["anna", "Anna"],
  ["anna_berg", "Anna Berg"],
  ["ben_2", "Ben 2"],
  ["7", "7"],
  ["_", "_"],
])("the agent %s is shown as %s", (id, name) => expect(agentName(id)).toBe(name));

describe("the lines of a call in a terminal of 80 columns", () => {
  const wide = { agentName: "Agent 1 of the night shift" };
  const narrowLinesOf = (...entries: StoryEvent[]): string[] =>
    entries.map(createLines(memoryOutput({ json: false }).output.paint, () => 80)).slice(-1);

  it("keep who is in the call on the line, further left", () => {
    const entries = [
      entry(0, "customer-called", { label: "customer" }),
      entry(4, "agent-joined", first),
      entry(5, "agent-joined", second),
    ];
    expect(narrowLinesOf(...entries)).toEqual([
      "   0:05  +155…21    Agent 2 joins                   customer + Agent 1 + Agent 2",
    ]);
  });

  it("go on below where that does not fit, and break no word", () => {
    const entries = [
      entry(0, "customer-called", { label: "customer" }),
      entry(4, "agent-joined", { ...first, ...wide }),
      entry(60, "transfer-started", { ...second, agentName: "Agent 2 who speaks Japanese" }),
    ];
    expect(narrowLinesOf(...entries)).toEqual([
      [
        "   1:00  +155…21    a transfer to Agent 2 who speaks Japanese starts",
        "                    customer + Agent 1 of the night shift",
      ].join("\n"),
    ]);
  });

  it("wrap what was said between words", () => {
    const text = "Thank you for calling. Please wait in line for a few seconds. An agent will be with you.";
    const said = createLines(
      memoryOutput({ json: false }).output.paint,
      () => 80,
    )({ event: "said", call: "CA1", text, at: START, language: "en" });
    expect(said.split("\n")).toEqual([
      "                    “Thank you for calling. Please wait in line for a few",
      "                    seconds. An agent will be with you.”",
    ]);
  });
});

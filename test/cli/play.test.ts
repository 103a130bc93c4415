import { describe, expect, it } from "vitest";
import type { OutcomeEvent } from "../../src/cli/play/outcome.ts";
import { SCENARIOS } from "../../src/cli/play/scenarios.ts";
import { runCli, startCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

interface Checked {
  event: "checked";
  when: string;
  ok: boolean;
  who: string;
}

function objects(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("warm-transfer sandbox --play warm-transfer", SLOW, () => {
  it("exits with 0 when the tutorial's outcome was heard", async () => {
    const { code, stdout, stderr } = await runCli(["sandbox", "--play", "warm-transfer"]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ before the transfer: customer <-> agent1, agent2 hears nobody/);
    expect(stdout).toMatch(/✓ after Agent 1 has left: customer <-> agent2, agent1 hears nobody/);
    expect(stdout.trim()).toMatch(/warm-transfer: passed; everyone heard whom they should \(\d+\.\d s\)\.$/);
  });

  it("prints JSON lines with --json, the outcome last", async () => {
    const { code, stdout, stderr } = await runCli(["sandbox", "--play", "warm-transfer", "--json"]);
    const events = objects(stdout);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: "ready" });
    const checks = events.filter(({ event }) => event === "checked") as unknown as Checked[];
    expect(checks.map(({ when, ok, who }) => ({ when, ok, who }))).toEqual([
      { when: "the customer is greeted", ok: true, who: "" },
      { when: "before the transfer", ok: true, who: "customer <-> agent1, agent2 hears nobody" },
      { when: "with Agent 2", ok: true, who: "customer <-> agent1, agent1 <-> agent2, customer <-> agent2" },
      { when: "the transfer is completed", ok: true, who: "" },
      { when: "after Agent 1 has left", ok: true, who: "customer <-> agent2, agent1 hears nobody" },
    ]);
    const story = events.filter((event) => "label" in event).map(({ event, agent }) => [event, agent]);
    expect(story).toEqual(
      expect.arrayContaining([
        ["transfer-started", "agent2"],
        ["agent-left", "agent1"],
      ]),
    );
    expect(events.at(-1)).toMatchObject({
      event: "outcome",
      scenario: "warm-transfer",
      transfer: "completed",
      customerHears: ["agent2"],
      ok: true,
      problems: [],
    });
    // The number that a script needs is in the first line; after that none is whole.
    expect(stdout.split("\n").slice(1).join("\n")).not.toMatch(/\+\d{6,}/);
  });
});

it("an interrupted scenario exits with 130, without an outcome", SLOW, async () => {
  const running = await startCli(["sandbox", "--play", "warm-transfer", "--json"]);
  expect(await running.end("SIGINT")).toBe(130);
  expect(running.lines.join()).not.toContain('"outcome"');
});

describe("warm-transfer sandbox --play all", () => {
  it(
    "plays every scenario side by side, and each is heard as it should be",
    { timeout: 60_000 },
    async () => {
      const { code, stdout, stderr } = await runCli(["sandbox", "--play", "all", "--json"]);
      expect(stderr).toBe("");
      const outcomes = objects(stdout) as unknown as OutcomeEvent[];
      expect(
        outcomes.flatMap(({ scenario, problems }) => problems.map((problem) => [scenario, problem])),
      ).toEqual([]);
      expect(outcomes.map(({ scenario }) => scenario)).toEqual(SCENARIOS.map(({ name }) => name));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(code).toBe(0);
    },
  );
});

import { describe, expect, it } from "vitest";
import { playAll } from "../../src/cli/play/play-all.ts";
import { play } from "../../src/cli/play/play.ts";
import type { Scenario } from "../../src/cli/play/scenario.ts";
import type { Talk } from "../../src/cli/play/talk.ts";
import { aContext } from "./support/context.ts";
import { memoryOutput } from "./support/memory-output.ts";
import { SLOW } from "./support/slow.ts";

const OPTIONS = { port: 0, emulatorPort: 0, agents: ["agent1", "agent2"], language: "en" } as const;

const scenario = (act: (talk: Talk) => Promise<void>): Scenario => ({
  name: "sabotage",
  summary: "something is not as it should be",
  play: act,
});

async function outcomeOf(act: (talk: Talk) => Promise<void>, interrupted = new AbortController().signal) {
  const { output, written } = memoryOutput({ json: true });
  const code = await play(scenario(act), OPTIONS, aContext(output, { interrupted }));
  const last = written.stdout.trim().split("\n").at(-1) ?? "";
  return { code, outcome: JSON.parse(last) as { event: string; ok: boolean; problems: string[] } };
}

/** A talk between the customer and an agent, over the real server and the real mixer. */
async function talks(talk: Talk): Promise<void> {
  await talk.begins();
  await talk.hear("in the talk", [talk.customer, talk.first]);
  await talk.customerHangsUp();
}

describe("the outcome of a scenario", SLOW, () => {
  it("is a success when the talk was heard", async () => {
    expect(await outcomeOf(talks)).toMatchObject({ code: 0, outcome: { ok: true, problems: [] } });
  });

  it("is a failure that names the agent whose microphone is dead", async () => {
    const { code, outcome } = await outcomeOf(async (talk) => {
      talk.first.person.say({ kind: "quiet" });
      await talks(talk);
    });
    expect(code).toBe(1);
    expect(outcome).toMatchObject({ event: "outcome", ok: false });
    expect(outcome.problems).toEqual([expect.stringMatching(/^in the talk: customer should hear agent1/)]);
  });

  it("is a failure with the server's message when the server refuses a step", async () => {
    const { code, outcome } = await outcomeOf(async ({ first }) => {
      await first.page.transfer(`CA${"0".repeat(32)}`, "agent1");
    });
    expect(code).toBe(1);
    expect(outcome.problems).toContain("The server refused: There is no such call.");
  });

  it("is a failure when nothing was measured", async () => {
    expect(await outcomeOf(() => Promise.resolve())).toMatchObject({ code: 1, outcome: { ok: false } });
  });

  it("does not exist when the scenario is interrupted: exit 130", async () => {
    const { code, outcome } = await outcomeOf(() => new Promise(() => undefined), AbortSignal.abort());
    expect(code).toBe(130);
    expect(outcome.event).not.toBe("outcome");
  });
});

describe("the outcomes of several scenarios", SLOW, () => {
  const mute = scenario(async (talk) => {
    talk.first.person.say({ kind: "quiet" });
    await talks(talk);
  });
  const all = async (scenarios: readonly Scenario[], interrupted = new AbortController().signal) => {
    const { output, written } = memoryOutput({ json: false });
    const code = await playAll(scenarios, OPTIONS, aContext(output, { interrupted }));
    return { code, stdout: written.stdout };
  };

  it("are rows in the scenarios' order, with the failures below", async () => {
    const { code, stdout } = await all([mute, { ...scenario(talks), name: "talk" }]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(
        [
          "^SCENARIO +TRANSFER +CUSTOMER HEARS +RESULT +SECONDS",
          "sabotage +none +nobody +failed +\\d+\\.\\d",
          "talk +none +agent1 +ok +\\d+\\.\\d",
          "sabotage: in the talk: customer should hear agent1, and measured -\\d+ dB",
          "",
          "1 of 2 scenarios passed \\(\\d+\\.\\d s\\)\\.\n$",
        ].join("\n"),
      ),
    );
  });

  it("are a success when each is", async () => {
    expect(await all([scenario(talks)])).toMatchObject({ code: 0 });
  });

  it("do not exist when the scenarios are interrupted: exit 130, and the sandboxes close", async () => {
    const interruption = new AbortController();
    const begins = scenario(async (talk) => {
      await talk.begins();
      interruption.abort();
      await new Promise(() => undefined);
    });
    expect(await all([begins, begins], interruption.signal)).toEqual({ code: 130, stdout: "" });
  });
});

import { describe, expect, it } from "vitest";
import { agentAt, customerCalls, customerHangsUp, getReady } from "../../src/cli/play/actions.ts";
import { play } from "../../src/cli/play/play.ts";
import type { Scenario } from "../../src/cli/play/scenario.ts";
import type { Stage } from "../../src/cli/play/stage.ts";
import { aContext } from "./support/context.ts";
import { memoryOutput } from "./support/memory-output.ts";
import { SLOW } from "./support/slow.ts";

const OPTIONS = { port: 0, emulatorPort: 0, agents: ["agent1"], language: "en", media: "none" } as const;

const scenario = (act: (stage: Stage) => Promise<void>): Scenario => ({
  name: "sabotage",
  summary: "something is not as it should be",
  agents: 1,
  play: act,
});

async function outcomeOf(act: (stage: Stage) => Promise<void>, interrupted = new AbortController().signal) {
  const { output, written } = memoryOutput({ json: true });
  const code = await play(scenario(act), OPTIONS, aContext(output, { interrupted }));
  const last = written.stdout.trim().split("\n").at(-1) ?? "";
  return { code, outcome: JSON.parse(last) as { event: string; ok: boolean; problems: string[] } };
}

/** A talk between the customer and an agent, over the real server and the real mixer. */
async function talk(stage: Stage): Promise<void> {
  const agent = agentAt(stage, 0);
  await getReady(stage, agent);
  await customerCalls(stage);
  await stage.waitForEvent("agent-joined", agent.id);
  await stage.listen("in the talk", [["customer", agent.id]]);
  await customerHangsUp(stage);
}

describe("the outcome of a scenario", SLOW, () => {
  it("is good when the talk was heard", async () => {
    expect(await outcomeOf(talk)).toMatchObject({ code: 0, outcome: { ok: true, problems: [] } });
  });

  it("is a failure that names who was not heard, when the agent's microphone is dead", async () => {
    const { code, outcome } = await outcomeOf(async (stage) => {
      agentAt(stage, 0).person.say({ kind: "quiet" });
      await talk(stage);
    });
    expect(code).toBe(1);
    expect(outcome).toMatchObject({ event: "outcome", ok: false });
    expect(outcome.problems).toEqual([expect.stringMatching(/^in the talk: customer should hear agent1/)]);
  });

  it("is a failure with the server's words when the server refuses what somebody does", async () => {
    const { code, outcome } = await outcomeOf(async (stage) => {
      await agentAt(stage, 0).page.transfer(`CA${"0".repeat(32)}`, "agent1");
    });
    expect(code).toBe(1);
    expect(outcome.problems).toContain("The server refused: There is no such call.");
  });

  it("is a failure when nothing was listened to", async () => {
    expect(await outcomeOf(() => Promise.resolve())).toMatchObject({ code: 1, outcome: { ok: false } });
  });

  it("is none when it is interrupted: exit 130", async () => {
    const { code, outcome } = await outcomeOf(() => new Promise(() => undefined), AbortSignal.abort());
    expect(code).toBe(130);
    expect(outcome.event).not.toBe("outcome");
  });
});

import { describe, expect, it } from "vitest";
import type { AgentAtWork } from "../../support/world/people-at-work.ts";
import { type OperatorWorld, anOperatorWorld } from "../support/operator-world.ts";

/** agent1 talks with a customer; the others are free. */
async function talking(...ids: string[]) {
  const world = await anOperatorWorld("agent1", ...ids);
  const [agent1, ...others] = await world.agents("agent1", ...ids);
  const customer = await world.talk(agent1!);
  return { ...world, customer, agent1: agent1!, agent2: others[0]! };
}

async function untilTold(world: OperatorWorld, written: { stderr: string }, text: string): Promise<void> {
  await expect.poll(() => written.stderr).toContain(text);
  await world.settle();
}

describe("transfer start", () => {
  it("rings the named agent, in the only call", async () => {
    const { desk, agent2, settle, whoHearsWhom } = await talking("agent2");
    const { code, json } = await desk.type("transfer", "start", "--to", "agent2", "--json");
    await settle();
    expect(code).toBe(0);
    expect(Object.keys(json)).toEqual(["call", "transfer", "outcome", "reason"]);
    expect(json).toMatchObject({
      call: { customerNumber: "+155…11" },
      transfer: { to: "agent2", from: "agent1", outcome: null },
      outcome: null,
      reason: null,
    });
    await agent2.answers();
    expect(whoHearsWhom()).toContain("agent2 hears agent1, customer");
  });

  it("picks the only free agent, and says so", async () => {
    const { desk } = await talking("agent2");
    const { code, stdout, stderr } = await desk.type("transfer", "start");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Using the only matching call: .*\nUsing the only matching agent: agent2\n$/);
    expect(stdout).toBe("agent2 is ringing.\n");
  });

  it("lists the free agents when several could answer and there is no terminal", async () => {
    const { desk } = await talking("agent2", "agent3");
    const { code, stderr } = await desk.type("transfer", "start");
    expect(code).toBe(2);
    expect(stderr).toContain("error: Several agents match.\nhint: Pass one of these:\n  agent2\n  agent3\n");
  });

  it.each([
    [["--to", "agent1"], 3, /^error: .*agent1/m],
    [["--to", "nobody"], 3, /^error: .*nobody/m],
    [["--to", "a b"], 2, /Pass an agent's id, a phone number in E.164, or a SIP address/],
    [[], 3, /^error: No agent is free\.\nhint: .*agents list/m],
  ])("reports the reason for a refusal: %j", async (words, code, sentence) => {
    const { desk } = await talking();
    const typed = await desk.type("transfer", "start", ...words);
    expect(typed).toMatchObject({ code, stdout: "" });
    expect(typed.stderr).toMatch(sentence);
  });

  it("offers only calls without a transfer in progress", async () => {
    const { desk } = await talking("agent2");
    await desk.type("transfer", "start", "--to", "agent2");
    expect(await desk.type("transfer", "start", "--to", "agent2")).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^error: No live call can be transferred: .* transfer in progress\.\nhint: .*cancel/,
      ) as string,
    });
  });
});

describe("transfer start --wait", () => {
  const begin = (world: OperatorWorld, ...words: string[]) =>
    world.desk.begin("transfer", "start", "--to", "agent2", "--wait", ...words);

  it("follows the transfer until it is completed: exit 0", async () => {
    const world = await talking("agent2");
    const waiting = begin(world);
    await untilTold(world, waiting.written, "agent2's page rings");
    await world.agent2.answers();
    await untilTold(world, waiting.written, "agent2 joins");
    expect(waiting.written.stdout).toBe("");
    await world.agent1.hangsUp();
    const { code, stdout } = await waiting.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: "The transfer to agent2 is complete.\n" });
  });

  const ends: [
    string,
    string,
    string | null,
    (world: OperatorWorld & { agent2: AgentAtWork }) => Promise<void>,
  ][] = [
    ["failed", "The transfer to agent2 failed: declined.", "declined", ({ agent2 }) => agent2.declines()],
    [
      "failed",
      "The transfer to agent2 failed: no answer.",
      "no-answer",
      ({ clock }) => clock.advance(25_000),
    ],
    [
      "cancelled",
      "The transfer to agent2 is cancelled.",
      null,
      async ({ desk }) => void (await desk.type("transfer", "cancel")),
    ],
  ];
  it.each(ends)("reports that the transfer is %s: %s Exit 1", async (outcome, sentence, reason, happens) => {
    const world = await talking("agent2");
    const waiting = begin(world);
    await untilTold(world, waiting.written, "agent2's page rings");
    await happens(world);
    await world.settle();
    expect(await waiting.ended).toMatchObject({ code: 1, stdout: `${sentence}\n` });
    const [call] = await world.calls();
    expect((await world.desk.type("conferences", "show", call!, "--json")).json).toMatchObject({
      call: { transfer: { outcome, reason } },
    });
  });

  it("reports in one JSON document that the customer has hung up", async () => {
    const world = await talking("agent2");
    const waiting = begin(world, "--json");
    await expect.poll(() => world.events()).toContain("agent-ringing agent2");
    world.customer.hangUp();
    await world.settle();
    const { code, json, stderr } = await waiting.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(json).toMatchObject({
      call: { state: "ended" },
      transfer: { to: "agent2", phase: "ended" },
      outcome: "abandoned",
      reason: null,
    });
  });

  it("stops waiting after --timeout: exit 6; the transfer goes on", async () => {
    const world = await talking("agent2");
    const { code, stderr } = await begin(world, "--timeout", "1s").ended;
    expect(code).toBe(6);
    expect(stderr).toMatch(/error: The transfer did not end within 1 s\.\nhint: It continues\. .*watch CA/);
    expect((await world.server.calls())[0]).toMatchObject({ state: "transferring" });
  });

  it("ends with 130 on Ctrl-C; the transfer goes on", async () => {
    const world = await talking("agent2");
    const waiting = begin(world);
    await untilTold(world, waiting.written, "agent2's page rings");
    waiting.interrupt();
    expect(await waiting.ended).toMatchObject({ code: 130, stdout: "" });
    expect(waiting.written.stderr).toMatch(
      /It continues. To follow it, run warm-transfer conferences watch CA\w{32}\n$/,
    );
    expect((await world.server.calls())[0]).toMatchObject({ state: "transferring" });
  });
});

describe("transfer complete and cancel", () => {
  it("leave the customer with the new agent", async () => {
    const { desk, agent2, settle, whoHearsWhom } = await talking("agent2");
    await desk.type("transfer", "start", "--to", "agent2");
    await settle();
    await agent2.answers();
    const { code, stdout } = await desk.type("transfer", "complete", "--wait");
    await settle();
    expect({ code, stdout }).toEqual({ code: 0, stdout: "The transfer to agent2 is complete.\n" });
    expect(whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });

  it("stop the ringing", async () => {
    const { desk, settle, events } = await talking("agent2");
    await desk.type("transfer", "start", "--to", "agent2");
    await settle();
    const { code, json } = await desk.type("transfer", "cancel", "--json");
    await settle();
    expect(code).toBe(0);
    expect(Object.keys(json)).toEqual(["call", "transfer", "outcome", "reason"]);
    expect(events()).toContain("transfer-cancelled agent2");
  });

  it("refuse to complete before the target answers: exit 3, with a hint", async () => {
    const { desk } = await talking("agent2");
    await desk.type("transfer", "start", "--to", "agent2");
    const { code, stderr } = await desk.type("transfer", "complete");
    expect(code).toBe(3);
    expect(stderr).toMatch(/\nerror: .*\nhint: Wait until the target answers/);
  });

  it.each(["complete", "cancel"])("require a transfer in progress: %s", async (verb) => {
    const { desk } = await talking("agent2");
    expect(await desk.type("transfer", verb)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error: No live call has a transfer in progress\.\nhint: /) as string,
    });
  });
});

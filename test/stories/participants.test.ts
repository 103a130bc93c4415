import { describe, expect, it } from "vitest";
import { asks } from "../support/world/fates.ts";
import { FAULTS, talkingWithGate } from "../support/world/rest-faults.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import type { ParticipantChange } from "../../src/server/control-api.ts";
import { startWorld } from "../support/world/start-world.ts";

const ALL_TALK = [
  "customer hears agent1, agent2",
  "agent1 hears agent2, customer",
  "agent2 hears agent1, customer",
];
const WITH_AGENT1 = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

async function talking(agents?: string[]) {
  const world = await startWorld(agents);
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  /** What an operator does; resolves with the answer's status and document. */
  const change = async (label: string, what: ParticipantChange) => {
    const answer = await world.operator(`/api/calls/${customer.callSid}/participants/${label}/${what}`, {});
    await world.settle();
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const allTalk = async (): Promise<void> => {
    await agent1.transfersTo("agent2");
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(ALL_TALK);
  };
  return { world, customer, agent1, agent2, change, allTalk };
}

describe("an operator holds", () => {
  it("agent1: the other two talk on, and all three talk again after unhold", async () => {
    const { world, allTalk, change } = await talking();
    await allTalk();
    expect((await change("agent1-1", "hold")).status).toBe(200);
    expect(world.whoHearsWhom()).toEqual([
      "customer hears agent2",
      "agent1 hears [hold]",
      "agent2 hears customer",
    ]);
    await change("agent1-1", "unhold");
    expect(world.whoHearsWhom()).toEqual(ALL_TALK);
  });

  it("the customer: both agents talk to each other until an operator unholds", async () => {
    const { world, agent1, allTalk, change } = await talking();
    await allTalk();
    await change("customer", "hold");
    expect(world.whoHearsWhom()).toEqual([
      "customer hears [hold]",
      "agent1 hears agent2",
      "agent2 hears agent1",
    ]);
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    await change("customer", "unhold");
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
  });

  it("the only agent: the customer is never in silence, and hears the agent again afterwards", async () => {
    const { world, customer, change } = await talking();
    const watch = watchForSilence(world, customer);
    await change("agent1-1", "hold");
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]", "agent1 hears [hold]"]);
    await watch.during(60_000);
    await change("agent1-1", "unhold");
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT1);
    expect(watch.tooLong()).toEqual([]);
    expect(world.problems).toEqual([]);
  });

  it("the only agent: the customer hears agent2, who joins meanwhile", async () => {
    const { world, agent1, agent2, change } = await talking();
    await agent1.transfersTo("agent2");
    await change("agent1-1", "hold");
    await agent2.answers();
    expect(world.whoHearsWhom()).toContain("customer hears agent2");
  });
});

describe("an operator mutes", () => {
  it("agent1, who hears and is not heard, and unmutes agent1", async () => {
    const { world, allTalk, change } = await talking();
    await allTalk();
    await change("agent1-1", "mute");
    expect(world.whoHearsWhom()).toEqual([
      "customer hears agent2",
      "agent1 hears agent2, customer",
      "agent2 hears customer",
    ]);
    await change("agent1-1", "unmute");
    expect(world.whoHearsWhom()).toEqual(ALL_TALK);
  });

  it("the only agent, who still hears the customer; the customer stays off hold", async () => {
    const { world, change } = await talking();
    await change("agent1-1", "mute");
    expect(world.whoHearsWhom().filter((line) => line.startsWith("agent1"))).toEqual([
      "agent1 hears customer",
    ]);
  });

  it("the customer, who still hears both", async () => {
    const { world, allTalk, change } = await talking();
    await allTalk();
    const { body } = await change("customer", "mute");
    expect(world.whoHearsWhom()).toEqual([
      "customer hears agent1, agent2",
      "agent1 hears agent2",
      "agent2 hears agent1",
    ]);
    expect(body).toMatchObject({ legs: [{ label: "customer", muted: true, onHold: false }, {}, {}] });
  });
});

describe("an operator removes", () => {
  const outcomes = (events: string[]): string[] =>
    events.filter((event) => /^transfer-(?!started)/.test(event));

  it("agent1: that completes the transfer", async () => {
    const { world, agent1, allTalk, change } = await talking();
    await allTalk();
    await change("agent1-1", "remove");
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(agent1.person.state).toBe("idle");
    expect(outcomes(world.events())).toEqual(["transfer-completed agent2"]);
  });

  it("agent2: that cancels the transfer, customer and agent1 talk on, and another one works", async () => {
    const { world, agent1, agent2, allTalk, change } = await talking();
    await allTalk();
    await change("agent2-1", "remove");
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT1);
    expect(agent2.person.state).toBe("idle");
    expect(outcomes(world.events())).toEqual(["transfer-cancelled agent2"]);
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(world.problems).toEqual([]);
  });

  it("neither the customer nor the last agent, and says why", async () => {
    const { world, change } = await talking();
    const refusals = [await change("customer", "remove"), await change("agent1-1", "remove")];
    expect(refusals).toMatchObject([
      { status: 409, body: { error: { code: "is-customer" } } },
      { status: 409, body: { error: { code: "last-agent" } } },
    ]);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT1);
  });
});

describe("Twilio mutes an agent,", () => {
  it.each(FAULTS)("even if the first answer is %s", async (_, fate, times) => {
    const { rest, world, agent1, agent2, customer } = await talkingWithGate();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    rest.stop(asks.mute, fate, times);
    await world.operator(`/api/calls/${customer.callSid}/participants/agent1-1/mute`, {});
    await world.settle();
    await world.clock.advance(4_000);
    expect(world.whoHearsWhom()).toContain("customer hears agent2");
  });
});

import { describe, expect, it } from "vitest";
import { defaultQuirks, type Quirks } from "local-twilio";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

/** Every behaviour of Twilio that is not settled, in each variant. */
const VARIANTS: Partial<Quirks>[] = [
  { firstConferenceSequence: 0 },
  { firstConferenceSequence: 1 },
  { joinBeforeFailedLeave: true },
  { joinBeforeFailedLeave: false },
  { endOrder: "leave-end-completed" },
  { endOrder: "end-leave-completed" },
  { endOrder: "completed-leave-end" },
  { removedParticipant: "continues" },
  { removedParticipant: "hangs-up" },
  { declineAs: "busy" },
  { declineAs: "no-answer" },
  { waitingConferenceAs: "init" },
  { waitingConferenceAs: "in-progress" },
  { holdWithoutUrl: "music" },
  { holdWithoutUrl: "silence" },
  { endedConferenceCode: 20404 },
  { endedConferenceCode: 16022 },
  { idempotencyToken: "always" },
  { idempotencyToken: "retries" },
  { actionAfterHangUp: true },
  { actionAfterHangUp: false },
  { lostBrowserAfterMs: 10_000 },
  { listLagMs: 2_000 },
  { voiceRequestAfterMs: 75 },
];

it("tries every quirk that the emulator has", () => {
  const tried = new Set(VARIANTS.flatMap((variant) => Object.keys(variant)));
  expect([...tried].toSorted()).toEqual(Object.keys(defaultQuirks).toSorted());
});

/** An agent answers, and Twilio has asked what to do then. */
const answering =
  ({ clock }: World, { voiceRequestAfterMs = 0 }: Partial<Quirks>) =>
  async (agent: AgentAtWork): Promise<void> => {
    await agent.answers();
    await clock.advance(voiceRequestAfterMs);
  };

describe.each(VARIANTS)("with %o", (quirks) => {
  it("the customer ends with agent2, even if agent2 declined at first", async () => {
    const world = await startWorld(["agent1", "agent2"], { quirks });
    const answers = answering(world, quirks);
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    await answers(agent1);
    await agent1.transfersTo("agent2");
    await agent2.declines();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
    await agent1.transfersTo("agent2");
    await answers(agent2);
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);

    customer.hangUp();
    await world.settle();
    await world.clock.advance(10_000);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    expect(await world.server.calls()).toEqual([]);
    const outcomes = world.events().filter((event) => /^transfer-(?!started)/.test(event));
    expect(outcomes).toEqual(["transfer-failed agent2", "transfer-completed agent2"]);
    expect(world.problems).toEqual([]);
  });

  it("another agent answers the customer who was alone with music", async () => {
    const world = await startWorld(["agent1", "agent2", "agent3"], { quirks });
    const answers = answering(world, quirks);
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    await world.customerRings();
    await answers(agent1);
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    await agent1.setReady(false);
    const agent3 = await world.agent("agent3");
    await agent2.declines();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await answers(agent3);
    expect(world.whoHearsWhom()).toEqual(["customer hears agent3", "agent3 hears customer"]);
  });
});

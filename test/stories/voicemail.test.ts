import { describe, expect, it } from "vitest";
import { type Person, powerAt, readWav } from "local-twilio";
import type { CallView } from "../../src/server/control-api.ts";
import type { HistoryAnswer } from "../../src/server/past-calls-api.ts";
import { createGate } from "../support/world/gate.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

const ASKED = /Please leave a message after the tone/;
const THANKS = "Thank you. We have received your message. Goodbye.";
const NO_MESSAGE = "We did not hear a message. Please call again later. Goodbye.";
const HZ = 620;
const CALLBACKS = "recording-status";

/** agent1 has handed the customer over and left; agent2, who is rung, will not come. */
async function handedOver(afterFailure: "voicemail" | { declined: "voicemail" } = "voicemail") {
  const rest = createGate();
  const world = await startWorld(["agent1", "agent2"], {
    settings: { afterFailure },
    restThrough: rest.through,
  });
  const agent1 = await world.agent("agent1");
  const customer = await world.customerRings();
  await agent1.answers();
  const agent2 = await world.agent("agent2");
  await agent1.transfersTo("agent2");
  await agent1.hangsUp();
  expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
  return { world, rest, agent1, agent2, customer, id: customer.callSid ?? "" };
}

/** Lets the sentence and the beep pass. */
async function hearsBeep({ clock, emulator }: World, callSid: string): Promise<void> {
  for (let tries = 0; tries < 60 && emulator.engine.hearsSound(callSid) !== "recording"; tries++)
    await clock.advance(500);
  expect(emulator.engine.hearsSound(callSid)).toBe("recording");
}

async function speaks({ clock }: World, customer: Person, ms: number): Promise<void> {
  customer.say({ kind: "tone", hz: HZ });
  await clock.advance(ms);
  customer.say({ kind: "quiet" });
}

const shown = async (world: World, id: string): Promise<CallView> =>
  (await (await world.operator(`/api/calls/${id}`)).json()) as CallView;

const messageIn = async (world: World, id: string) => {
  const { calls } = (await (await world.operator("/api/history")).json()) as HistoryAnswer;
  return calls.find((call) => call.id === id)?.message;
};

describe("a transfer fails after its starter has left, and afterFailure is voicemail", () => {
  it("the customer hears a sentence and a beep, leaves a message, and hears thanks", async () => {
    const { world, agent2, customer, id } = await handedOver();
    await agent2.declines();
    expect(customer.captions.at(-1)).toMatch(ASKED);
    await hearsBeep(world, id);
    await speaks(world, customer, 4_000);
    customer.press("#");
    await world.settle();
    expect(customer.captions.at(-1)).toBe(THANKS);
    await world.clock.advance(10_000);
    expect(customer.state).toBe("idle");
    const message = await messageIn(world, id);
    expect(message).toMatchObject({ seconds: 4, recording: expect.stringMatching(/^RE/) as string });
    const answer = await fetch(message?.url ?? "");
    const { samples } = readWav(new Uint8Array(await answer.arrayBuffer()));
    expect(
      10 *
        Math.log10(
          powerAt(
            samples.map((each) => each * 32_768),
            HZ,
          ),
        ),
    ).toBeGreaterThan(-20);
    expect(world.problems).toEqual([]);
  });

  it("the call shows the message, and its story ends with it", async () => {
    const { world, agent2, customer, id } = await handedOver();
    await agent2.declines();
    await hearsBeep(world, id);
    await speaks(world, customer, 2_000);
    customer.hangUp();
    await world.settle();
    const { message, story, state } = await shown(world, id);
    expect([state, message?.seconds]).toEqual(["ended", 2]);
    expect(story.map(({ event }) => event).slice(-2)).toEqual(["call-ended", "message-left"]);
    expect(world.events().filter((event) => event === "message-left")).toHaveLength(1);
  });

  it("no agent rings while the customer speaks, even one who becomes free", async () => {
    const { world, agent1, agent2, customer, id } = await handedOver();
    await agent2.declines();
    await hearsBeep(world, id);
    customer.say({ kind: "tone", hz: HZ });
    await agent1.setReady(false);
    await agent1.setReady(true);
    await world.clock.advance(60_000);
    expect([agent1.person.state, agent2.person.state, customer.state]).toEqual(["idle", "idle", "talking"]);
    const other = await world.customerRings("+15550122222");
    await agent1.answers();
    expect(other.state).toBe("talking");
  });

  it("a message lasts at most 120 seconds", async () => {
    const { world, agent2, customer, id } = await handedOver();
    await agent2.declines();
    await hearsBeep(world, id);
    await speaks(world, customer, 121_000);
    expect(customer.captions.at(-1)).toBe(THANKS);
    expect((await messageIn(world, id))?.seconds).toBe(120);
  });

  it("a customer who says nothing hears that, and the call ends", async () => {
    const { world, agent2, customer, id } = await handedOver();
    await agent2.declines();
    await hearsBeep(world, id);
    await world.clock.advance(5_500);
    expect(customer.captions.at(-1)).toBe(NO_MESSAGE);
    await world.clock.advance(10_000);
    expect([customer.state, await messageIn(world, id)]).toEqual(["idle", null]);
  });

  it("a transfer that failed for another reason follows that reason's setting", async () => {
    const { world, agent1, customer, agent2 } = await handedOver({ declined: "voicemail" });
    agent2.person.setHabit({ kind: "never-answers" });
    await world.clock.advance(21_000);
    expect(agent1.person.state).toBe("ringing");
    expect(customer.captions.some((each) => ASKED.test(each))).toBe(false);
  });
});

describe("a failure around a message", () => {
  it.each(["action", CALLBACKS] as const)(
    "leaves the message in the record although Twilio's %s is lost",
    async (kind) => {
      const { world, agent2, customer, id } = await handedOver();
      await agent2.declines();
      await hearsBeep(world, id);
      world.emulator.faults.add({ webhook: kind, does: "drop", times: 1 });
      await speaks(world, customer, 3_000);
      customer.hangUp();
      await world.clock.advance(1_000);
      expect((await messageIn(world, id))?.seconds).toBe(3);
    },
  );

  it("does not keep the server waiting if the number callback is lost", async () => {
    const { world, rest, agent2, customer, id } = await handedOver();
    await agent2.declines();
    await hearsBeep(world, id);
    world.emulator.faults.add({ webhook: "number-status", does: "drop", times: 1 });
    customer.hangUp();
    await world.clock.advance(20_000);
    const count = rest.seen.length;
    await world.clock.advance(60_000);
    expect(rest.seen.length).toBe(count);
  });
});

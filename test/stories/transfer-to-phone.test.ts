import { describe, expect, it } from "vitest";
import type { TransferRequest, TransferView } from "../../src/server/control-api.ts";
import { sentences } from "../../src/twilio/twiml/sentences.ts";
import { startWorld } from "../support/world/start-world.ts";

const PHONE = "+15550199999";
const NOTE = "Mrs Abe asks for a refund of order 17.";
const WITH_AGENT1 = ["agent1 hears customer", "customer hears agent1"];
const WITH_PHONE = [`${PHONE} hears customer`, `customer hears ${PHONE}`];
const { briefing, howToTake, notTaken } = sentences.en;

/** The customer talks to agent1; then an operator transfers to somebody's phone in a mode. */
async function transferring(mode: NonNullable<TransferRequest["mode"]>) {
  const world = await startWorld(["agent1", "agent2"]);
  const agent1 = await world.agent("agent1");
  const phone = world.emulator.people.add(PHONE);
  const customer = await world.customerRings();
  await agent1.answers();
  const [live] = await world.server.calls();
  const path = `/api/calls/${live?.id}/transfer`;
  const answer = await world.operator(path, { to: PHONE, mode, note: NOTE });
  expect(answer.status).toBe(200);
  await world.settle();
  const act = async (what: () => void): Promise<void> => {
    what();
    await world.settle();
  };
  return {
    world,
    agent1,
    phone,
    customer,
    hears: () => world.whoHearsWhom().toSorted(),
    answers: () => act(() => phone.answer()),
    presses: (key: string) => act(() => phone.press(key)),
    hangsUp: () => act(() => phone.hangUp()),
    declines: () => act(() => phone.decline()),
    asks: async (verb: string): Promise<number> => {
      const { status } = await world.operator(`${path}/${verb}`, {});
      await world.settle();
      return status;
    },
    transfer: async (): Promise<TransferView | null | undefined> =>
      ((await (await world.operator(`/api/calls/${live?.id}`)).json()) as { transfer?: TransferView | null })
        .transfer,
  };
}

describe("a transfer to a phone", () => {
  it("rings there, and no page, API answer or log shows the whole number", async () => {
    const { phone, hears, transfer } = await transferring("three-way");
    expect(phone.state).toBe("ringing");
    expect(hears()).toEqual(WITH_AGENT1);
    const shown = await transfer();
    expect(shown).toMatchObject({ to: null, toName: "+155…99", target: "outside-1", phase: "ringing" });
    expect(JSON.stringify(shown)).not.toContain(PHONE);
  });

  it("starts with a briefing and the note, while the customer talks to agent1", async () => {
    const { world, answers, phone, hears, transfer } = await transferring("three-way");
    await answers();
    expect(hears()).toEqual([`${PHONE} hears [say]`, ...WITH_AGENT1]);
    expect(await transfer()).toMatchObject({ phase: "briefing", outcome: null });
    await world.clock.advance(9_000);
    expect(phone.captions).toEqual([briefing, NOTE, howToTake]);
  });

  it("starts a talk of three after key 1, and agent1 leaves the two", async () => {
    const { answers, presses, agent1, hears, transfer } = await transferring("three-way");
    await answers();
    await presses("1");
    expect(hears()).toEqual([
      `${PHONE} hears agent1, customer`,
      `agent1 hears ${PHONE}, customer`,
      `customer hears ${PHONE}, agent1`,
    ]);
    expect(await transfer()).toMatchObject({ phase: "together" });
    await agent1.hangsUp();
    expect(hears()).toEqual(WITH_PHONE);
    expect(await transfer()).toMatchObject({ outcome: "completed" });
  });

  it("in a consultation lets the customer hear only music, even during the briefing", async () => {
    const { answers, presses, hears, asks } = await transferring("consult");
    await answers();
    expect(hears()).toContain("customer hears [hold]");
    await presses("1");
    expect(hears()).toEqual([`${PHONE} hears agent1`, `agent1 hears ${PHONE}`, "customer hears [hold]"]);
    expect(await asks("complete")).toBe(200);
    expect(hears()).toEqual(WITH_PHONE);
  });

  it.each([
    ["another key", "declined", (s: Awaited<ReturnType<typeof transferring>>) => s.presses("2")],
    ["hanging up", "declined", (s: Awaited<ReturnType<typeof transferring>>) => s.hangsUp()],
    ["no key", "machine", (s: Awaited<ReturnType<typeof transferring>>) => s.world.clock.advance(30_000)],
  ])("is not taken by %s: %s, and the customer is back with agent1", async (_, reason, ends) => {
    const s = await transferring("consult");
    await s.answers();
    await ends(s);
    await s.world.clock.advance(5_000);
    expect(await s.transfer()).toMatchObject({ outcome: "failed", reason });
    expect(s.hears()).toEqual(WITH_AGENT1);
    expect(s.phone.state).toBe("idle");
    if (reason === "machine") expect(s.phone.captions).toContain(notTaken);
  });

  it.each([
    ["busy", "busy"],
    ["unreachable", "unreachable"],
  ] as const)("to a phone that is %s fails with that reason", async (kind, reason) => {
    const world = await startWorld(["agent1"]);
    const agent1 = await world.agent("agent1");
    if (kind === "busy") world.emulator.people.add(PHONE, { habit: { kind } });
    await world.customerRings();
    await agent1.answers();
    const [live] = await world.server.calls();
    await world.operator(`/api/calls/${live?.id}/transfer`, { to: PHONE, mode: "consult" });
    await world.settle();
    expect(world.story.find(({ event }) => event === "transfer-failed")).toMatchObject({ reason });
    expect(world.whoHearsWhom().toSorted()).toEqual(WITH_AGENT1);
  });

  it("can be cancelled during the briefing: the phone is hung up within five seconds", async () => {
    const { world, answers, asks, phone, hears } = await transferring("three-way");
    await answers();
    expect(await asks("cancel")).toBe(200);
    await world.clock.advance(5_000);
    expect(phone.state).toBe("idle");
    expect(hears()).toEqual(WITH_AGENT1);
  });

  it("ends the call when the outside party, who took it over, hangs up: the customer hears goodbye", async () => {
    const { world, answers, presses, agent1, customer, hangsUp } = await transferring("three-way");
    await answers();
    await presses("1");
    await agent1.hangsUp();
    await world.clock.advance(60_000);
    await hangsUp();
    expect(world.story.find(({ event }) => event === "call-ended")).toMatchObject({ reason: "outside" });
    await world.clock.advance(10_000);
    expect([customer.captions.at(-1), customer.state]).toEqual([sentences.en.closing, "idle"]);
  });

  it("ends when the customer hangs up: the phone is hung up within five seconds", async () => {
    const { world, customer, answers, phone } = await transferring("three-way");
    customer.hangUp();
    await answers();
    await world.clock.advance(5_000);
    expect(phone.state).toBe("idle");
    expect(phone.captions.filter((text) => text !== sentences.en.callIsOver)).toEqual([]);
  });

  it("is for operators only: the server refuses an agent's page", async () => {
    const world = await startWorld(["agent1"]);
    const agent1 = await world.agent("agent1");
    await world.customerRings();
    await agent1.answers();
    await expect(agent1.transfersTo(PHONE)).rejects.toThrow(/to: must be an agent's id/);
  });

  it.each(["+1", "15550199999", "sip:", "sip:a b@example.com", "tel:+15550199999", "+15550199999;x=1"])(
    "refuses %j as the address",
    async (to) => {
      const world = await startWorld(["agent1"]);
      const agent1 = await world.agent("agent1");
      await world.customerRings();
      await agent1.answers();
      const [live] = await world.server.calls();
      const answer = await world.operator(`/api/calls/${live?.id}/transfer`, { to });
      // Letters and digits alone could be an agent's id.
      expect(answer.status).toBe(/^\w+$/.test(to) ? 404 : 400);
    },
  );
});

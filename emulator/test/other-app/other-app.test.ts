import { describe, expect, it, onTestFinished } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";
import { FLORIST, SHOP, openFlowerShop } from "./flower-shop.ts";

const ROSE = "+15550166601";
const LILY = "+15550166602";
const IRIS = "+15550166603";

/** The shop points its number at itself, as its set-up script would. */
async function openShop() {
  const stage = await startEmulatorStage({ numbers: [{ phoneNumber: SHOP }] });
  const shop = await openFlowerShop(stage.emulator.url, stage.emulator.credentials);
  onTestFinished(() => {
    shop.close();
    expect(shop.refused).toBe(0);
  });
  const [number] = await shop.client.incomingPhoneNumbers.list({ phoneNumber: SHOP });
  await shop.client
    .incomingPhoneNumbers(number?.sid ?? "")
    .update({ voiceUrl: `${shop.url}/voice`, statusCallback: `${shop.url}/ended` });
  return { ...stage, shop };
}

describe("a caller of the flower shop", () => {
  it("hears a greeting, talks to the florist, and hears goodbye", async () => {
    const { emulator, shop, clock, rings, hearing } = await openShop();
    const florist = emulator.people.add(FLORIST, { habit: { kind: "answers", afterMs: 4_000 } });
    const customer = await rings();
    expect(customer.captions).toEqual(["Thank you for calling the flower shop."]);
    await clock.advance(10_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${FLORIST}`, `${FLORIST} <- ${CUSTOMER}`]);
    const [inbound] = await shop.client.calls.list({ to: SHOP, status: "in-progress" });
    const [dialled] = await shop.client.calls.list({ parentCallSid: inbound?.sid ?? "" });
    expect(dialled).toMatchObject({ to: FLORIST, from: CUSTOMER, direction: "outbound-dial" });

    await clock.advance(60_000);
    florist.hangUp();
    await emulator.settled();
    expect(shop.to("/dialled")).toMatchObject([
      { CallSid: inbound?.sid, DialCallStatus: "completed", DialCallSid: dialled?.sid, DialBridged: "true" },
    ]);
    expect(Number(shop.to("/dialled")[0]?.DialCallDuration)).toBeGreaterThan(60);
    await clock.advance(10_000);
    expect(customer.captions.at(-1)).toBe("Goodbye.");
    expect(customer.state).toBe("idle");
    expect((await shop.client.calls(inbound?.sid ?? "").fetch()).status).toBe("completed");
    expect(shop.to("/florist").map((fields) => [fields.SequenceNumber, fields.CallStatus])).toEqual(
      expect.arrayContaining([
        ["0", "initiated"],
        ["1", "ringing"],
        ["2", "in-progress"],
        ["3", "completed"],
      ]),
    );
    expect(shop.to("/ended")).toMatchObject([{ CallSid: inbound?.sid, CallStatus: "completed" }]);
  });

  it("hears that the florist is in the garden", async () => {
    const { emulator, shop, clock, rings } = await openShop();
    emulator.people.add(FLORIST);
    const customer = await rings();
    await clock.advance(60_000);
    expect(shop.to("/dialled")).toMatchObject([{ DialCallStatus: "no-answer" }]);
    expect(customer.captions.at(-1)).toBe("We are in the garden. Please call again.");
  });
});

/** The shop calls three growers into one conference, with REST alone. */
async function morningRound() {
  const stage = await openShop();
  const { emulator, shop, clock } = stage;
  const people = [ROSE, LILY, IRIS].map((address) =>
    emulator.people.add(address, { habit: { kind: "answers", afterMs: 2_000 } }),
  );
  for (const [label, to] of Object.entries({ rose: ROSE, lily: LILY, iris: IRIS })) {
    const events = ["start", "end", "join", "leave", "mute", "hold", "announcement"];
    const status = {
      conferenceStatusCallback: `${shop.url}/round`,
      conferenceStatusCallbackEvent: events,
      statusCallback: `${shop.url}/growers`,
    };
    const created = await shop.client
      .conferences("Morning round")
      .participants.create({ from: SHOP, to, label, ...status });
    expect([created.label, created.status]).toEqual([label, "queued"]);
  }
  await clock.advance(5_000);
  const [conference] = await shop.client.conferences.list({ friendlyName: "Morning round" });
  if (!conference) throw new Error("There is no conference");
  const room = shop.client.conferences(conference.sid);
  const participant = (label: string) => room.participants(label);
  const events = () =>
    emulator.deliveries
      .filter(({ kind }) => kind === "conference-status")
      .map(({ params }) => [params.StatusCallbackEvent, params.ParticipantLabel].filter(Boolean).join(" "));
  return { ...stage, people, conference, room, participant, events };
}

describe("the flower shop, in a conference with its growers,", () => {
  it("connects everyone; the app gets a callback for each", async () => {
    const { conference, room, hearing, events } = await morningRound();
    expect([conference.status, conference.region]).toEqual(["in-progress", "us1"]);
    expect(hearing()).toEqual([
      `${ROSE} <- ${LILY} ${IRIS}`,
      `${LILY} <- ${ROSE} ${IRIS}`,
      `${IRIS} <- ${ROSE} ${LILY}`,
    ]);
    expect(events()).toEqual([
      "participant-join rose",
      "participant-join lily",
      "conference-start",
      "participant-join iris",
    ]);
    const labels = (await room.participants.list()).map((p) => p.label);
    expect(labels.toSorted((a, b) => a.localeCompare(b))).toEqual(["iris", "lily", "rose"]);
  });

  it("holds one, mutes another, and reverses both", async () => {
    const { participant, hearing, people, emulator, shop } = await morningRound();
    const held = await participant("rose").update({
      hold: true,
      holdUrl: `${shop.url}/hold`,
      holdMethod: "POST",
    });
    const muted = await participant("lily").update({ muted: true });
    expect([held.hold, held.muted, muted.hold, muted.muted]).toEqual([true, false, false, true]);
    await emulator.settled();
    expect(people[0]?.captions).toEqual(["You are on hold."]);
    expect(hearing()).toEqual([`${ROSE} <- [hold]`, `${LILY} <- ${IRIS}`, `${IRIS} <- [silence]`]);
    await participant("rose").update({ hold: false });
    await participant("lily").update({ muted: false });
    expect(hearing()[2]).toBe(`${IRIS} <- ${ROSE} ${LILY}`);
  });

  it("announces the news to all, removes one, and ends the conference", async () => {
    const { shop, room, participant, people, clock, emulator, events } = await morningRound();
    await room.update({ announceUrl: `${shop.url}/news` });
    await clock.advance(10_000);
    expect(people.map(({ captions }) => captions)).toEqual(people.map(() => ["The roses are here."]));
    expect(await participant("iris").remove()).toBe(true);
    await emulator.settled();
    expect(people.map(({ state }) => state)).toEqual(["talking", "talking", "idle"]);
    await expect(participant("iris").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });

    const ended = await room.update({ status: "completed" });
    expect(ended.reasonConferenceEnded).toBe("conference-ended-via-api");
    await emulator.settled();
    expect(people.map(({ state }) => state)).toEqual(["idle", "idle", "idle"]);
    expect(events().slice(4)).toEqual([
      "announcement-end",
      "participant-leave iris",
      "participant-leave rose",
      "participant-leave lily",
      "conference-end",
    ]);
    expect(shop.to("/round")).toHaveLength(events().length);
    expect(shop.to("/growers").map(({ CallStatus }) => CallStatus)).toEqual(Array(3).fill("completed"));
    await expect(room.update({ status: "completed" })).rejects.toMatchObject({ status: 404 });
  });

  it("can use a label only once per conference", async () => {
    const { shop } = await morningRound();
    const again = { from: SHOP, to: ROSE, label: "rose" };
    const twice = shop.client.conferences("Morning round").participants.create(again);
    await expect(twice).rejects.toMatchObject({ code: 16026 });
    await shop.client.conferences("Evening round").participants.create(again);
    expect(await shop.client.conferences.list({ friendlyName: "Evening round" })).toHaveLength(1);
  });
});

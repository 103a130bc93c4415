import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

const BOB = "sip:bob@example.com";

/** A customer dials a SIP phone. */
async function dialling(noun: string, habit: "answers" | "busy" | "declines" | "unreachable" = "answers") {
  const stage = await startEmulatorStage();
  stage.app.on("/voice", `<Dial action="/done">${noun}</Dial>`);
  stage.app.on("/done", "<Say>Goodbye.</Say>");
  const bob = stage.emulator.people.add(BOB, {
    habit: habit === "busy" || habit === "unreachable" ? { kind: habit } : { kind: habit, afterMs: 1_000 },
  });
  const customer = await stage.rings();
  await stage.clock.advance(1_000);
  return { ...stage, bob, customer };
}

describe("<Dial><Sip>", () => {
  it("connects the caller with a SIP phone, and tells the action of SIP", async () => {
    const { bob, hearing, clock, sent } = await dialling(`<Sip>${BOB}</Sip>`);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${BOB}`, `${BOB} <- ${CUSTOMER}`]);
    await clock.advance(4_000);
    bob.hangUp();
    await clock.advance(0);
    expect(sent("/done")).toMatchObject([
      {
        DialCallStatus: "completed",
        DialCallDuration: "4",
        DialSipResponseCode: "200",
        DialSipCallId: expect.stringMatching(/^[0-9a-f]{32}@/) as string,
      },
    ]);
  });

  it("rings the phone whatever comes after its address, and sends the headers that Twilio allows", async () => {
    const { bob, customer, warnings } = await dialling(
      `<Sip username="a" password="b">${BOB};transport=tcp?X-Customer=7&amp;User-to-User=x&amp;Subject=no</Sip>`,
    );
    expect([bob.state, customer.state]).toEqual(["talking", "talking"]);
    expect(warnings().map(({ message }) => message)).toEqual([
      "<Sip> cannot pass the header 'Subject' (13252)",
    ]);
  });

  it("plays its document to the SIP phone first, and reports its progress", async () => {
    const stage = await startEmulatorStage();
    stage.app.on(
      "/voice",
      `<Dial><Sip url="/whisper" statusCallback="/dialled" statusCallbackEvent="initiated answered">${BOB}</Sip></Dial>`,
    );
    stage.app.on("/whisper", "<Say>A customer calls.</Say>");
    const bob = stage.emulator.people.add(BOB, { habit: { kind: "answers", afterMs: 0 } });
    await stage.rings();
    await stage.clock.advance(0);
    expect(stage.hearing()).toEqual([`${CUSTOMER} <- [ringing]`, `${BOB} <- [say]`]);
    await stage.clock.advance(10_000);
    expect([bob.captions, bob.hears()]).toEqual([["A customer calls."], [CUSTOMER]]);
    expect(stage.sent("/dialled").map(({ CallStatus, To }) => [CallStatus, To])).toEqual([
      ["initiated", BOB],
      ["in-progress", BOB],
    ]);
    expect(stage.sent("/dialled")[0]).not.toHaveProperty("ToCountry");
  });

  it.each([
    ["busy", "busy", "486"],
    ["declines", "busy", "603"],
    ["unreachable", "failed", "404"],
  ] as const)("tells of a phone that is or does this: %s", async (habit, status, code) => {
    const { sent } = await dialling(`<Sip>${BOB}</Sip>`, habit);
    expect(sent("/done")).toMatchObject([{ DialCallStatus: status, DialSipResponseCode: code }]);
  });

  it("fails with a warning if there is no SIP address", async () => {
    const { sent, warnings } = await dialling("<Sip>bob</Sip>");
    expect(sent("/done")).toMatchObject([{ DialCallStatus: "failed" }]);
    expect(warnings()[0]?.message).toContain("13243");
  });
});

it("REST calls a SIP phone, whatever comes after its address", async () => {
  const { app, emulator, order, clock } = await startEmulatorStage();
  app.on("/agent", "<Pause/>");
  const bob = emulator.people.add(BOB, { habit: { kind: "answers", afterMs: 0 } });
  const call = emulator.engine.createCall(order(`${BOB}?X-Customer=7`));
  await clock.advance(0);
  expect([call.status, bob.callSid]).toEqual(["in-progress", call.sid]);
});

it("<Dial> whose noun has an address that is none ends as an application error, before anybody rings", async () => {
  const { emulator, order, clock, warnings } = await startEmulatorStage();
  const twiml = `<Response><Dial><Sip url="/relative">${BOB}</Sip></Dial></Response>`;
  const bob = emulator.people.add(BOB, { habit: { kind: "answers", afterMs: 0 } });
  const agent = emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
  emulator.engine.createCall(order(agent.address, { voice: null, twiml }));
  await clock.advance(0);
  expect([bob.state, warnings().map(({ code }) => code)]).toEqual(["idle", [15004]]);
  expect(agent.captions[0]).toContain("application error");
});

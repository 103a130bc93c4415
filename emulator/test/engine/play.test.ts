import { describe, expect, it } from "vitest";
import type { AppAnswer } from "../support/emulator-app.ts";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";
import { toneData, wavFile } from "../media/wav-files.ts";

const TWO_SECONDS = wavFile({ data: toneData(500, 8_000, 2_000) });

/** A customer hears `<Play>`; what comes next is said. */
async function playing(verb: string, file: AppAnswer) {
  const stage = await startEmulatorStage();
  stage.app.on("/voice", `${verb}<Say>Next.</Say>`);
  stage.app.on("/audio", file);
  stage.app.on("/audio.wav", file);
  const customer = await stage.rings();
  return { ...stage, customer };
}

describe("<Play>", () => {
  it("lasts as long as its WAV file, as often as it is repeated", async () => {
    const { customer, clock, hearing, app } = await playing(`<Play loop="3">/audio</Play>`, {
      type: "audio/wav",
      body: TWO_SECONDS,
    });
    expect(app.to("/audio")).toMatchObject([{ method: "GET", isSigned: true }]);
    await clock.advance(5_900);
    expect([hearing(), customer.captions]).toEqual([[`${CUSTOMER} <- [play]`], []]);
    await clock.advance(200);
    expect(customer.captions).toEqual(["Next."]);
  });

  it("repeats until the customer hangs up with loop 0", async () => {
    const { customer, clock, hearing } = await playing(`<Play loop="0">/audio.wav</Play>`, {
      type: "application/octet-stream",
      body: TWO_SECONDS,
    });
    await clock.advance(3_600_000);
    expect([hearing(), customer.captions]).toEqual([[`${CUSTOMER} <- [play]`], []]);
  });

  it("plays music for audio that is not a WAV file, without a warning", async () => {
    const { hearing, warnings } = await playing("<Play>/audio</Play>", { type: "audio/mpeg", body: "ID3" });
    expect([hearing(), warnings()]).toEqual([[`${CUSTOMER} <- [play]`], []]);
  });

  it("warns of a file that is not audio", async () => {
    const { warnings } = await playing("<Play>/audio</Play>", { type: "text/html", body: "<p>" });
    expect(warnings()).toMatchObject([{ code: 12300 }]);
  });

  it("is skipped with a warning if the file is missing", async () => {
    const { customer, warnings } = await playing("<Play>/audio</Play>", { status: 404 });
    expect(customer.captions).toEqual(["Next."]);
    expect(warnings()).toMatchObject([{ code: 11200 }]);
  });

  it.each([
    ["as long as the app allows", "public, max-age=3", 2],
    ["never, unless the app allows it", "no-store", 3],
  ])("keeps what it got: %s", async (_, cacheControl, times) => {
    const { app, clock, hearing } = await playing("<Play>/audio</Play>".repeat(3), {
      type: "audio/wav",
      body: TWO_SECONDS,
      headers: { "Cache-Control": cacheControl },
    });
    await clock.advance(5_900);
    expect(hearing()).toEqual([`${CUSTOMER} <- [play]`]);
    expect(app.to("/audio")).toHaveLength(times);
  });

  it("never sends a request to another machine", async () => {
    const { hearing, emulator } = await playing("<Play>http://example.com/music.wav</Play>", { status: 404 });
    expect(hearing()).toEqual([`${CUSTOMER} <- [play]`]);
    expect(emulator.deliveries.map((d) => d.kind)).toEqual(["voice"]);
  });
});

it("the emulator plays an audio answer of the voice URL and hangs up", async () => {
  const { app, rings, clock } = await startEmulatorStage();
  app.on("/voice", { type: "audio/wav", body: TWO_SECONDS });
  const customer = await rings();
  await clock.advance(1_900);
  expect(customer.state).toBe("talking");
  await clock.advance(200);
  expect(customer.state).toBe("idle");
});

it("the emulator plays music for an audio answer that is not a WAV file", async () => {
  const { app, rings, hearing } = await startEmulatorStage();
  app.on("/voice", { type: "audio/mpeg", body: "ID3" });
  await rings();
  expect(hearing()).toEqual([`${CUSTOMER} <- [play]`]);
});

it("a waiting participant hears an audio file in place of TwiML, then silence, without a warning", async () => {
  const { app, rings, clock, hearing, warnings } = await startEmulatorStage();
  app.on(
    "/voice",
    `<Dial><Conference startConferenceOnEnter="false" waitUrl="/music">room</Conference></Dial>`,
  );
  app.on("/music", { type: "audio/mpeg", body: "ID3" });
  const customer = await rings();
  expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
  await clock.advance(120_000);
  expect([hearing(), warnings(), customer.state]).toEqual([[`${CUSTOMER} <- [silence]`], [], "talking"]);
});

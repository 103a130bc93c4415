import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clipOf, repeated } from "../../src/media/clip.ts";
import { createMixer } from "../../src/media/mixer.ts";
import { steadyTones } from "../../src/media/synth.ts";
import type { Seat } from "../../src/media/port.ts";
import { loudnessAt } from "../media/listening.ts";
import type { Ring } from "../signalling/exchange.ts";
import { tokenFor } from "../signalling/signalling-stage.ts";
import { HEARD_DB, NOT_HEARD_DB, listen } from "../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import type { SdkPage } from "./support/sdk-page/main.ts";
import { type SdkWorld, startSdkWorld } from "./support/sdk-world.ts";

const MICROPHONE = 930;
const ANNOUNCEMENT = 1370;
/** Played only after the ICE restart, so that it can have come by no other way. */
const NEXT_ANNOUNCEMENT = 1510;

type PageWindow = { sdkPage: SdkPage };

/** The unmodified `@twilio/voice-sdk` in a Chromium without special flags for the network, against our signalling. */
describe("the Voice SDK and the emulator", () => {
  let world: SdkWorld;
  let agent: Party;
  let ring: Ring;
  let seat: Seat;
  const mixer = createMixer();

  const saw = (event: string) =>
    agent.page.waitForFunction(
      (wanted) => (globalThis as unknown as PageWindow).sdkPage.events.includes(wanted),
      event,
      { timeout: 20_000 },
    );
  const forget = () =>
    agent.page.evaluate(() => void (globalThis as unknown as PageWindow).sdkPage.events.splice(0));

  /** What the emulator hears of the browser in half a second, at the microphone's frequency. */
  const emulatorHears = async (): Promise<number> => {
    const samples: number[] = [];
    await new Promise<void>((resolve) => {
      ring.line!.audio.onFrame((frame) => samples.push(...frame) > 6000 && resolve());
    });
    return loudnessAt(MICROPHONE, samples);
  };

  const announce = (hz: number): void => seat.play(repeated(clipOf(steadyTones([hz], 1000, 0.3)), 0).start());

  const browserHears = (hz = ANNOUNCEMENT): Promise<void> =>
    expect.poll(async () => (await listen(agent.page, [hz]))[0]).toBeGreaterThan(HEARD_DB);

  beforeAll(async () => {
    world = await startSdkWorld();
    agent = await openParty("agent1", MICROPHONE, world.pageUrl);
  });
  afterAll(async () => {
    await agent?.close();
    mixer.close();
    await world?.close();
  });

  it("registers", async () => {
    await agent.page.evaluate(
      (token) => (globalThis as unknown as PageWindow).sdkPage.register(token),
      tokenFor("agent1"),
    );
    await saw("registered");
    expect([...world.exchange.devices].map((device) => device.address)).toEqual(["client:agent1"]);
  });

  it("rings, with the app's parameters", async () => {
    [ring] = world.exchange.ring("client:agent1", { parameters: { transferredBy: "Zoë & co" } }) as [Ring];
    await saw("incoming from +15550123");
    const custom = await agent.page.evaluate(() =>
      (globalThis as unknown as PageWindow).sdkPage.call!.customParameters.get("transferredBy"),
    );
    expect(custom).toBe("Zoë & co");
  });

  it("answers, hears and is heard", async () => {
    await agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.call!.accept());
    await ring.until("answered");
    seat = mixer.seat(ring.line!.audio);
    announce(ANNOUNCEMENT);
    await browserHears();
    const [quiet = 0] = await listen(agent.page, [1730]);
    expect(quiet).toBeLessThan(NOT_HEARD_DB);
    expect(await emulatorHears()).toBeGreaterThan(-35);
  });

  it("sends digits by signalling", async () => {
    await agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.call!.sendDigits("4#"));
    await expect.poll(() => ring.digits.join("")).toBe("4#");
  });

  it("keeps the call when its token is renewed", async () => {
    const { length } = world.server.trace;
    await agent.page.evaluate(
      (token) => (globalThis as unknown as PageWindow).sdkPage.device!.updateToken(token),
      tokenFor("agent1"),
    );
    const answers = () => world.server.trace.slice(length).filter((entry) => entry.type === "answer");
    await expect.poll(() => answers().length).toBe(1);
    expect(ring.audio).toHaveLength(1);
    await browserHears();
  });

  it("comes back when its socket is lost, and the sound goes on", async () => {
    await forget();
    await agent.page.evaluate(() => {
      const { device } = (globalThis as unknown as PageWindow).sdkPage;
      const stream = (device as unknown as { _stream: { transport: { _socket: WebSocket } } })._stream;
      stream.transport._socket.close();
    });
    await saw("reconnecting");
    await saw("reconnected");
    await saw("registered");
    expect(ring.audio).toHaveLength(1);
    await browserHears();
    expect(await emulatorHears()).toBeGreaterThan(-35);
  });

  it("goes on after an ICE restart", async () => {
    await agent.page.evaluate(() => {
      const { call } = (globalThis as unknown as PageWindow).sdkPage;
      (call as unknown as { _mediaHandler: { iceRestart(): void } })._mediaHandler.iceRestart();
    });
    await expect.poll(() => ring.audio.length).toBe(2);
    seat.replacePort(ring.line!.audio);
    announce(NEXT_ANNOUNCEMENT);
    await browserHears(NEXT_ANNOUNCEMENT);
    expect(await emulatorHears()).toBeGreaterThan(-35);
  });

  it("learns that the far end hung up", async () => {
    ring.line!.hangUp();
    await saw("disconnect");
  });

  it("stops ringing when the caller gives up", async () => {
    await forget();
    const [next] = world.exchange.ring("client:agent1", { callSid: "CA00000000000000000000000000000002" });
    await saw("incoming from +15550123");
    next!.ringing.cancel();
    await saw("cancel");
  });

  it("wrote nothing to the console and made no request to another host", () => {
    expect(agent.complaints).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import {
  eventsOf,
  loudnessOf,
  markMessage,
  mediaMessage,
  mediaOf,
  streamSidOf,
  streaming,
} from "./streaming.ts";

const CONNECT = `<Connect><Stream url="{ws}/talk" statusCallback="/status">
  <Parameter name="order" value="42"/></Stream></Connect><Redirect>/next</Redirect>`;
/** A second stream listens to what the customer hears. */
const OVERHEARD = `<Start><Stream url="{ws}/listen" track="both_tracks"/></Start>${CONNECT}`;
const LOUD = 0x80;

async function connected(document = CONNECT) {
  const stage = await streaming(document);
  const customer = await stage.rings();
  const talk = stage.sockets.connections.find(({ path }) => path === "/talk");
  if (!talk) throw new Error("The emulator opened no WebSocket");
  const call = stage.emulator.engine.world.calls.get(customer.callSid ?? "");
  return { ...stage, customer, talk, call, streamSid: streamSidOf(talk) };
}

describe("<Connect><Stream> tells the app", () => {
  it("by a signed handshake, connected and start", async () => {
    const { talk, call, emulator, streamSid } = await connected();
    expect(talk.isSigned).toBe(true);
    expect(streamSid).toMatch(/^MZ[0-9a-f]{32}$/);
    const { accountSid } = emulator.credentials;
    expect(talk.messages).toEqual([
      { event: "connected", protocol: "Call", version: "1.0.0" },
      {
        event: "start",
        sequenceNumber: "1",
        start: {
          accountSid,
          streamSid,
          callSid: call?.sid,
          tracks: ["inbound"],
          mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
          customParameters: { order: "42" },
        },
        streamSid,
      },
    ]);
  });

  it("what the customer says, 20 ms in each message", async () => {
    const { talk, customer, clock } = await connected();
    customer.say({ kind: "tone", hz: 500 });
    await clock.advance(1_000);
    const media = mediaOf(talk, "inbound");
    expect(media.length).toBe(50);
    expect(media.slice(0, 3).map(({ chunk, timestamp }) => [chunk, timestamp])).toEqual([
      ["1", "0"],
      ["2", "20"],
      ["3", "40"],
    ]);
    expect(new Set(media.map(({ payload }) => Buffer.from(payload, "base64").length))).toEqual(
      new Set([160]),
    );
    expect(loudnessOf(talk, "inbound", 500)).toBeGreaterThan(-20);
    expect(loudnessOf(talk, "inbound", 1_700)).toBeLessThan(-50);
    const numbers = talk.messages.slice(1).map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers).toEqual(numbers.map((_, i) => String(i + 1)));
  });

  it("the keys that the customer presses", async () => {
    const { talk, customer, emulator } = await connected();
    customer.press("1#");
    await emulator.settled();
    expect(talk.messages.slice(2)).toMatchObject([
      { event: "dtmf", dtmf: { track: "inbound_track", digit: "1" } },
      { event: "dtmf", dtmf: { track: "inbound_track", digit: "#" } },
    ]);
  });

  it("that the customer has hung up", async () => {
    const { talk, customer, emulator, call, sent } = await connected();
    customer.hangUp();
    await emulator.settled();
    const { accountSid } = emulator.credentials;
    expect(talk.messages.at(-1)).toMatchObject({ event: "stop", stop: { accountSid, callSid: call?.sid } });
    expect(talk.isClosed).toBe(true);
    expect(sent("/status").map(({ StreamEvent }) => StreamEvent)).toEqual([
      "stream-started",
      "stream-stopped",
    ]);
  });
});

describe("the app, in <Connect><Stream>,", () => {
  it("is heard in order, and silence when its sound is over", async () => {
    const { talk, streamSid, sockets, clock, hearing } = await connected(OVERHEARD);
    talk.send(mediaMessage(streamSid, LOUD, 50));
    talk.send(mediaMessage(streamSid, 0x00, 30));
    await clock.advance(500);
    const [listen] = sockets.connections;
    const heard = Buffer.concat(
      mediaOf(listen!, "outbound").map(({ payload }) => Buffer.from(payload, "base64")),
    );
    expect(heard.indexOf(LOUD) % 160).toBe(0);
    const sound = heard.subarray(heard.indexOf(LOUD));
    expect(sound.subarray(0, 400).every((code) => code === LOUD)).toBe(true);
    expect(sound.subarray(400, 640).every((code) => code === 0x00)).toBe(true);
    expect(sound.subarray(640).every((code) => code === 0xff)).toBe(true);
    expect(hearing()).toEqual(["+15550111111 <- [stream]"]);
  });

  it("gets a mark back when the sound before it was played, and at once without any", async () => {
    const { talk, streamSid, clock, emulator } = await connected();
    talk.send(markMessage(streamSid, "first"));
    await emulator.settled();
    expect(eventsOf(talk).slice(2)).toEqual(["mark"]);
    talk.send(mediaMessage(streamSid, LOUD, 1_000));
    talk.send(markMessage(streamSid, "second"));
    await clock.advance(900);
    expect(eventsOf(talk).slice(2)).toEqual(["mark"]);
    await clock.advance(300);
    expect(talk.messages.filter(({ event }) => event === "mark")).toMatchObject([
      { mark: { name: "first" } },
      { mark: { name: "second" }, streamSid },
    ]);
  });

  it("clears its sound, and gets the marks back", async () => {
    const { talk, streamSid, clock, sockets, emulator } = await connected(OVERHEARD);
    talk.send(mediaMessage(streamSid, LOUD, 10_000));
    talk.send(markMessage(streamSid, "end"));
    await clock.advance(1_000);
    talk.send({ event: "clear", streamSid });
    await emulator.settled();
    expect(talk.messages.at(-1)).toMatchObject({ event: "mark", mark: { name: "end" } });
    await clock.advance(1_000);
    const heard = mediaOf(sockets.connections[0]!, "outbound").slice(-45);
    expect(heard.every(({ payload }) => payload === Buffer.alloc(160, 0xff).toString("base64"))).toBe(true);
  });

  it("lets the document go on by closing, with the next verb", async () => {
    const { talk, customer, clock, sent, codes } = await connected();
    talk.close();
    await clock.advance(1_000);
    expect(customer.captions).toEqual(["Next."]);
    expect(sent("/status").map(({ StreamEvent }) => StreamEvent)).toEqual([
      "stream-started",
      "stream-stopped",
    ]);
    expect(codes()).toEqual([]);
  });

  it("lets the document go on by closing, at the action", async () => {
    const { talk, customer, clock, app } = await connected(
      `<Connect action="/next"><Stream url="{ws}/talk"/></Connect><Say>Never.</Say>`,
    );
    talk.close();
    await clock.advance(1_000);
    expect(customer.captions).toEqual(["Next."]);
    expect(app.to("/next").map(({ isSigned }) => isSigned)).toEqual([true]);
  });

  it("is warned once of messages that Twilio would not take", async () => {
    const { talk, streamSid, emulator, warnings } = await connected();
    talk.send({ event: "media", streamSid: "MZ0", media: { payload: "" } });
    talk.send("hello");
    await emulator.settled();
    talk.send(markMessage(streamSid, "still works"));
    await emulator.settled();
    expect(warnings()).toEqual([
      { code: 31951, message: "Stream: the streamSid of media is not this stream's" },
    ]);
    expect(eventsOf(talk).at(-1)).toBe("mark");
  });

  it.each([
    ["hello", "a message is not a JSON object"],
    ["7", "a message is not a JSON object"],
    [{ event: "stop" }, `an app sends media, mark and clear, not "stop"`],
    [{ event: "media", media: {} }, "media lacks media.payload"],
    [{ event: "media", media: { payload: "§" } }, "media.payload is not base64"],
    [{ event: "mark", mark: {} }, "mark lacks mark.name"],
  ])("is warned of %j", async (message, problem) => {
    const { talk, streamSid, emulator, warnings } = await connected();
    talk.send(typeof message === "string" ? message : { streamSid, ...message });
    await emulator.settled();
    expect(warnings()).toEqual([{ code: 31951, message: `Stream: ${problem}` }]);
  });

  it("that breaks off counts as an error, and the document goes on", async () => {
    const { talk, customer, clock, sent, codes } = await connected();
    talk.breakOff();
    await clock.advance(1_000);
    expect(codes()).toEqual([31903]);
    expect(customer.captions).toEqual(["Next."]);
    expect(sent("/status").at(-1)).toMatchObject({
      StreamEvent: "stream-error",
      StreamError: "the connection broke",
    });
  });
});

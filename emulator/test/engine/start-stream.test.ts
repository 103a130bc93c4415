import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../support/emulator-stage.ts";
import { eventsOf, loudnessOf, mediaMessage, mediaOf, streamSidOf, streaming } from "./streaming.ts";

const BOTH = `<Start><Stream name="ears" track="both_tracks" url="{ws}/ears" statusCallback="/status"/></Start>`;
const DIAL = `<Dial><Client>agent1</Client></Dial>`;

/** A customer and an agent who talk, in tones of their own. */
async function talking(document: string) {
  const stage = await streaming(document);
  const agent = stage.emulator.people.add("client:agent1", {
    habit: { kind: "answers", afterMs: 1_000 },
    voice: { kind: "tone", hz: 900 },
  });
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: 500 });
  await stage.clock.advance(2_000);
  return { ...stage, agent, customer };
}

describe("<Start><Stream>", () => {
  it("sends both sides of a talk to the app, each as a track of its own", async () => {
    const { sockets, hearing, clock } = await talking(BOTH + DIAL);
    await clock.advance(3_000);
    expect(hearing()).toContain(`${CUSTOMER} <- client:agent1`);
    const [ears] = sockets.connections;
    expect(ears?.messages[1]).toMatchObject({ event: "start", start: { tracks: ["inbound", "outbound"] } });
    expect(mediaOf(ears!, "outbound").length).toBe(mediaOf(ears!, "inbound").length);
    expect(loudnessOf(ears!, "inbound", 500)).toBeGreaterThan(-25);
    expect(loudnessOf(ears!, "inbound", 900)).toBeLessThan(-50);
    expect(loudnessOf(ears!, "outbound", 900)).toBeGreaterThan(-25);
    expect(loudnessOf(ears!, "outbound", 500)).toBeLessThan(-50);
  });

  it.each([
    ["", ["inbound"]],
    [`track="inbound_track"`, ["inbound"]],
    [`track="outbound_track"`, ["outbound"]],
  ])("sends %s only", async (attribute, tracks) => {
    const { sockets } = await talking(`<Start><Stream ${attribute} url="{ws}/ears"/></Start>${DIAL}`);
    const [ears] = sockets.connections;
    expect(ears?.messages[1]).toMatchObject({ start: { tracks } });
    const sent = ears?.messages.flatMap(({ media }) => (media ? [(media as { track: string }).track] : []));
    expect(new Set(sent)).toEqual(new Set(tracks));
  });

  it("ends with the call, and reports its beginning and its end", async () => {
    const { sockets, customer, emulator, sent, clock } = await talking(BOTH + DIAL);
    const [call] = emulator.engine.world.calls.values();
    customer.hangUp();
    await emulator.settled();
    const [ears] = sockets.connections;
    expect([eventsOf(ears!), ears?.isClosed]).toEqual([["connected", "start", "stop"], true]);
    const fields = {
      AccountSid: emulator.credentials.accountSid,
      CallSid: call?.sid,
      StreamSid: streamSidOf(ears!),
      StreamName: "ears",
    };
    const started = new Date(clock.now() - 2_000).toISOString();
    expect(sent("/status")).toEqual([
      { ...fields, StreamEvent: "stream-started", Timestamp: started },
      { ...fields, StreamEvent: "stream-stopped", Timestamp: new Date(clock.now()).toISOString() },
    ]);
  });

  it("ends with <Stop>, by its name", async () => {
    const { sockets, clock, customer } = await talking(
      `${BOTH}<Pause length="3"/><Stop><Stream name="other"/></Stop><Pause length="3"/>
        <Stop><Stream name="ears"/></Stop><Pause length="60"/>`,
    );
    const [ears] = sockets.connections;
    await clock.advance(3_000);
    expect(eventsOf(ears!)).toEqual(["connected", "start"]);
    await clock.advance(2_000);
    expect([eventsOf(ears!), customer.state]).toEqual([["connected", "start", "stop"], "talking"]);
    const { length } = mediaOf(ears!, "inbound");
    expect(length).toBeGreaterThan(290);
    await clock.advance(2_000);
    expect(mediaOf(ears!, "inbound").length).toBe(length);
  });

  it("starts no second stream of the same name", async () => {
    const { sockets, warnings } = await talking(BOTH + BOTH + DIAL);
    expect(sockets.connections.length).toBe(1);
    expect(warnings()).toEqual([
      { code: 12200, message: "The call already has a stream with the name 'ears'" },
    ]);
  });

  it("takes nothing from the app", async () => {
    const { sockets, emulator, codes, hearing } = await talking(BOTH + DIAL);
    const [ears] = sockets.connections;
    ears?.send(mediaMessage(streamSidOf(ears), 0x80));
    await emulator.settled();
    expect(codes()).toEqual([31924]);
    expect(hearing()).toContain(`${CUSTOMER} <- client:agent1`);
  });

  it("goes on without the app that closes, with a warning", async () => {
    const { sockets, emulator, codes, customer, sent } = await talking(BOTH + DIAL);
    sockets.connections[0]?.close();
    await emulator.settled();
    expect([codes(), customer.state]).toEqual([[31921], "talking"]);
    expect(sent("/status").at(-1)).toMatchObject({ StreamEvent: "stream-stopped" });
  });
});

describe("a stream that cannot begin is reported, and the next verb runs:", () => {
  it.each([
    ["{ws}/nothing", 31920],
    ["ws://127.0.0.1:1/", 31901],
    ["ws://example.com/", 31922],
    ["ftp://127.0.0.1/", 31922],
  ])("%s", async (url, code) => {
    for (const verb of ["Connect", "Start"]) {
      const { clock, rings, codes, sent } = await streaming(
        `<${verb}><Stream url="${url}" statusCallback="/status"/></${verb}><Redirect>/next</Redirect>`,
      );
      const customer = await rings();
      await clock.advance(500);
      expect([verb, customer.captions, codes()]).toEqual([verb, ["Next."], [code]]);
      expect(sent("/status").map(({ StreamEvent }) => StreamEvent)).toEqual(["stream-error"]);
      expect(sent("/status")[0]?.StreamError).toBeTruthy();
    }
  });

  it("one without an address is an error of the document", async () => {
    const { rings, clock, codes } = await streaming("<Connect><Stream/></Connect>");
    const customer = await rings();
    await clock.advance(60_000);
    expect([customer.captions, codes()]).toEqual([
      ["We're sorry, an application error has occurred. Goodbye."],
      [12200, 12200],
    ]);
  });
});

it("a relative address of a stream is one of the app", async () => {
  const { rings, app, codes } = await streaming(
    `<Connect><Stream url="/socket"/></Connect><Redirect>/next</Redirect>`,
  );
  await rings();
  // The app takes no WebSockets: it answers like any other request.
  expect(codes()).toEqual([31920]);
  expect(app.to("/socket").map(({ headers }) => headers.host)).toEqual([new URL(app.url).host]);
});

import { expect, it } from "vitest";
import type { Connection, Message } from "../support/socket-app.ts";
import { CUSTOMER } from "../support/emulator-stage.ts";
import { loudnessOf, mediaMessage, mediaOf, streamSidOf, streaming } from "./streaming.ts";

const AGENT = "client:agent1";
const OTHER = "client:agent2";

/** An assistant that answers questions itself, and hands over who asks for a person. */
function assist({ type, voicePrompt }: Message, connection: Connection): void {
  if (type !== "prompt") return;
  const wantsPerson = /person/.test(String(voicePrompt));
  const token = wantsPerson ? "I will connect you." : "We open at nine.";
  connection.send({ type: "text", token, last: true });
  const handoffData = JSON.stringify({ to: "agent1", reason: voicePrompt });
  if (wantsPerson) connection.send({ type: "end", handoffData });
}

it("an assistant hands a customer over to an agent, and the two hear each other and nobody else", async () => {
  const stage = await streaming(
    `<Start><Stream url="{ws}/overheard" track="both_tracks"/></Start>
    <Connect action="/hand-over"><ConversationRelay url="{ws}/assistant" welcomeGreeting="How can I help?"/></Connect>`,
  );
  const { emulator, app, sockets, clock, hearing } = stage;
  sockets.on(assist);
  app.on("/hand-over", ({ params }) => {
    const { to } = JSON.parse(params.HandoffData ?? "{}") as { to: string };
    return `<Say>One moment.</Say><Dial><Client>${to}</Client></Dial>`;
  });
  for (const address of [AGENT, OTHER])
    emulator.people.add(address, {
      habit: { kind: "answers", afterMs: 1_000 },
      voice: { kind: "tone", hz: address === AGENT ? 900 : 1_300 },
    });
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: 500 });
  await clock.advance(3_000);
  customer.speak("When do you open?");
  await clock.advance(3_000);
  expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
  customer.speak("I want a person.");
  await clock.advance(5_000);

  expect(customer.captions).toEqual([
    "How can I help?",
    "We open at nine.",
    "I will connect you.",
    "One moment.",
  ]);
  expect(hearing().toSorted()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
  expect(stage.warnings()).toEqual([]);
  const [overheard, assistant] = sockets.connections;
  expect(assistant?.isClosed).toBe(true);
  expect(loudnessOf(overheard!, "outbound", 900)).toBeGreaterThan(-30);
  expect(loudnessOf(overheard!, "outbound", 1_300)).toBeLessThan(-50);
});

it("a stream hands over by closing: its sound is heard until then, and the agent's afterwards", async () => {
  const stage = await streaming(
    `<Start><Stream url="{ws}/overheard" track="outbound_track"/></Start>
    <Connect action="/hand-over"><Stream url="{ws}/assistant"/></Connect>`,
  );
  const { emulator, app, sockets, clock, hearing } = stage;
  app.on("/hand-over", "<Dial><Client>agent1</Client></Dial>");
  emulator.people.add(AGENT, {
    habit: { kind: "answers", afterMs: 1_000 },
    voice: { kind: "tone", hz: 900 },
  });
  await stage.rings();
  const [overheard, assistant] = sockets.connections;
  assistant?.send(mediaMessage(streamSidOf(assistant), 0x80, 10_000));
  await clock.advance(2_000);
  expect(hearing()).toEqual([`${CUSTOMER} <- [stream]`]);
  expect(loudnessOf(overheard!, "outbound", 900)).toBeLessThan(-50);
  const before = mediaOf(overheard!, "outbound").at(-1)?.payload;
  expect(before).toBe(Buffer.alloc(160, 0x80).toString("base64"));

  assistant?.close();
  await clock.advance(5_000);
  expect(hearing().toSorted()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
  expect(loudnessOf(overheard!, "outbound", 900)).toBeGreaterThan(-30);
});

it("an assistant behind an application hands back to whom dialled it, who dials the agent", async () => {
  const sid = `AP${"a".repeat(32)}`;
  const stage = await streaming(`<Dial action="/back"><Application>${sid}</Application></Dial>`, {
    applications: [{ sid, voiceUrl: "" }],
  });
  const { emulator, app, sockets, clock } = stage;
  emulator.applications[0]!.voiceUrl = `${app.url}/assistant`;
  sockets.on(assist);
  const address = `${sockets.url}/assistant`;
  app.on("/assistant", `<Connect action="/hand-over"><ConversationRelay url="${address}"/></Connect>`);
  app.on("/hand-over", `<Hangup><Parameter name="to" value="agent1"/></Hangup>`);
  app.on("/back", ({ params }) => `<Dial><Client>${params.ReturnParam_to}</Client></Dial>`);
  const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 1_000 } });
  const customer = await stage.rings();
  await clock.advance(1_000);
  customer.speak("When do you open?");
  await clock.advance(3_000);
  customer.speak("I want a person.");
  await clock.advance(5_000);
  expect(customer.captions).toEqual(["We open at nine.", "I will connect you."]);
  expect([customer.hears(), agent.hears()]).toEqual([[AGENT], [CUSTOMER]]);
});

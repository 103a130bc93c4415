import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { afterEach, beforeEach, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import type { Person } from "../../src/people/people.ts";
import { words } from "../../src/rest/words.ts";
import { NUMBER, type Twilio, startTwilio } from "../rest/support/twilio.ts";

const EVENTS = "start end join leave mute hold modify announcement";
const PROGRESS = "initiated ringing answered completed";
const OTHER_NUMBER = "+15550002222";

const ROOM = `<Dial action="/after"><Conference waitUrl="/wait?lang=ja&amp;n=1" statusCallback="/events"
  statusCallbackEvent="${EVENTS}">山田 &amp; co</Conference></Dial>`;
const CLIENT = `<Play>/tune.wav</Play><Dial action="/after"><Client url="/whisper" statusCallback="/dialled"
  statusCallbackEvent="${PROGRESS}">agent2</Client></Dial>`;

/** What the app answers; everything else is a pause. */
const ANSWERS: Record<string, string> = {
  "/voice": `<Redirect>/room?foo=1&amp;bar=2</Redirect>`,
  "/room": ROOM,
  "/sorry": CLIENT,
  "/message": `<Gather input="speech" speechTimeout="1" action="/understood" partialResultCallback="/partial?n=1"/>`,
  "/understood": `<Start><Stream url="ws://127.0.0.1:1/nobody" statusCallback="/stream?n=1"/></Start><Record timeout="1" recordingStatusCallback="/recorded?n=1" recordingStatusCallbackEvent="absent"/>
    <Enqueue waitUrl="/queue?n=1">support</Enqueue>`,
  "/queue": "<Leave/>",
};

interface Seen {
  url: string;
  method: string;
  fields: Record<string, string>;
  signature: string;
}

let local: Twilio;
let app: { url: string; seen: Seen[]; close: () => void };

async function readSeen(req: IncomingMessage): Promise<Seen> {
  let body = "";
  for await (const chunk of req) body += String(chunk);
  return {
    url: `http://${req.headers.host}${req.url}`,
    method: req.method ?? "",
    fields: Object.fromEntries(new URLSearchParams(body)),
    signature: String(req.headers["x-twilio-signature"]),
  };
}

async function startApp(): Promise<typeof app> {
  const seen: Seen[] = [];
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    seen.push(await readSeen(req));
    const [path = ""] = (req.url ?? "").split("?");
    res.statusCode = path === "/broken" ? 500 : 200;
    res.setHeader("content-type", "text/xml");
    res.end(`<Response>${ANSWERS[path] ?? "<Pause/>"}</Response>`);
  }
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}

beforeEach(async () => {
  app = await startApp();
  const voiceUrl = `${app.url}/voice?caller=new#rc=2`;
  const broken = { voiceUrl: `${app.url}/broken`, voiceFallbackUrl: `${app.url}/sorry` };
  local = await startTwilio({
    numbers: [
      { phoneNumber: NUMBER, voiceUrl, statusCallback: `${app.url}/ended` },
      { phoneNumber: OTHER_NUMBER, ...broken },
    ],
  });
  for (const name of ["agent1", "agent2"])
    local.emulator.people.add(`client:${name}`, { habit: { kind: "answers", afterMs: 500 } });
});
afterEach(async () => {
  await local.close();
  app.close();
});

async function ring(from: string, to: string): Promise<Person> {
  const person = local.emulator.people.add(from);
  const ringing = person.call(to);
  await local.clock.advance(0);
  await ringing;
  await local.clock.advance(5_000);
  return person;
}

/** A customer waits, an agent is dialled in, held, announced to, and the conference ends; another number is broken. */
async function everythingHappens(): Promise<void> {
  await ring("+15550009999", NUMBER);
  const form = {
    To: "client:agent1",
    From: NUMBER,
    Url: `${app.url}/room`,
    StatusCallback: `${app.url}/call`,
  };
  const detection = {
    MachineDetection: "Enable",
    AsyncAmd: "true",
    AsyncAmdStatusCallback: `${app.url}/amd`,
  };
  const { sid } = (
    await local.ask("POST", "/Calls.json", {
      form: { ...form, StatusCallbackEvent: PROGRESS, ...detection },
    })
  ).body;
  await local.clock.advance(5_000);
  const subscription = { Callback: `${app.url}/page?n=1` };
  await local.ask("POST", `/Calls/${sid}/UserDefinedMessageSubscriptions.json`, { form: subscription });
  const message = { sid: "KX1", contentType: "application/json", content: { name: "山田" } };
  local.emulator.engine.receiveMessage(sid, message);
  const [conference] = local.emulator.engine.world.conferences.values();
  const [customer] = conference?.participants.keys() ?? [];
  const participant = `/Conferences/${conference?.sid}/Participants/${customer}.json`;
  const changes = [
    { Hold: "true", HoldUrl: `${app.url}/hold?music=1` },
    { Hold: "false", AnnounceUrl: `${app.url}/announce` },
    { Muted: "true", AnnounceUrl: `${app.url}/broken` },
    { Muted: "false", EndConferenceOnExit: "true" },
  ];
  for (const form of changes) {
    await local.ask("POST", participant, { form });
    await local.clock.advance(5_000);
  }
  await local.ask("POST", `/Conferences/${conference?.sid}.json`, { form: { Status: "completed" } });
  await local.ask("POST", "/Calls.json", {
    form: { ...form, To: "client:agent2", Url: `${app.url}/message` },
  });
  await local.clock.advance(1_000);
  const people = local.emulator.people.list();
  people.find(({ address }) => address === "client:agent2")?.speak("I need a person.");
  await local.clock.advance(5_000);
  const other = await ring("+15550008888", OTHER_NUMBER);
  await local.clock.advance(30_000);
  other.hangUp();
  await local.clock.advance(5_000);
}

it("the official validateRequest accepts every kind of request, and no changed one", async () => {
  await everythingHappens();
  const kinds = new Set(local.emulator.deliveries.map((delivery) => delivery.kind));
  expect([...kinds].sort()).toEqual(Object.keys(coverage.requests).sort());
  expect(app.seen.length).toBe(local.emulator.deliveries.length);
  const { authToken } = local.emulator.credentials;
  for (const { url, method, fields, signature } of app.seen) {
    expect([url, twilio.validateRequest(authToken, signature, url, fields)]).toEqual([url, true]);
    const forged = method === "POST" ? { ...fields, CallSid: `${fields.CallSid}0` } : { extra: "1" };
    expect(twilio.validateRequest(authToken, signature, url, forged)).toBe(false);
    expect(twilio.validateRequest(`${authToken}0`, signature, url, fields)).toBe(false);
  }
});

/** What Twilio's conference page lists beside each event (www.twilio.com/docs/voice/twiml/conference). */
const ALWAYS = words("AccountSid ConferenceSid FriendlyName SequenceNumber StatusCallbackEvent Timestamp");
const PARTICIPANT = words("CallSid Muted Hold Coaching EndConferenceOnExit StartConferenceOnEnter");
const FIELDS: Record<string, readonly string[]> = {
  "conference-start": [],
  "conference-end": words("ReasonConferenceEnded Reason"),
  "participant-join": PARTICIPANT,
  "participant-leave": [...PARTICIPANT, ...words("ParticipantCallStatus ReasonParticipantLeft")],
  "participant-mute": PARTICIPANT,
  "participant-unmute": PARTICIPANT,
  "participant-hold": PARTICIPANT,
  "participant-unhold": PARTICIPANT,
  "participant-modify": PARTICIPANT,
  "announcement-end": ["AnnounceUrl"],
  "announcement-fail": words("AnnounceUrl ReasonAnnouncementFailed"),
};

it("the emulator sends every listed event, with its fields", async () => {
  await everythingHappens();
  const told = (kind: string) => local.emulator.deliveries.filter((each) => each.kind === kind);
  for (const kind of ["call-status", "dial-status"])
    expect(new Set(told(kind).map(({ params }) => params.CallStatus))).toEqual(
      new Set(["initiated", "ringing", "in-progress", "completed"]),
    );
  const events = told("conference-status").map(({ params }) => params);
  expect(new Set(events.map((params) => params.StatusCallbackEvent))).toEqual(new Set(Object.keys(FIELDS)));
  expect(coverage.events["conference-status"]?.toSorted()).toEqual(Object.keys(FIELDS).toSorted());
  for (const params of events) {
    const expected = [...ALWAYS, ...(FIELDS[params.StatusCallbackEvent ?? ""] ?? ["?"])];
    expect([params.StatusCallbackEvent, expected.filter((name) => !(name in params))]).toEqual([
      params.StatusCallbackEvent,
      [],
    ]);
  }
});

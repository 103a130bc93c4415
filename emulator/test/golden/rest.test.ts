import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "../rest/support/twilio.ts";
import { createMatcher } from "./capture.ts";
import golden from "./rest.json" with { type: "json" };

const { expectLike, seen, names } = createMatcher(golden);
afterAll(() => expect(names.filter((name) => !seen.has(name))).toEqual([]));

const PHONE = "+15550006666";
const NOBODY = "http://127.0.0.1:9/";
const TWIML = "<Response><Pause length='3'/></Response>";
const ROOM =
  "<Response><Dial><Conference startConferenceOnEnter='false'>room1</Conference></Dial></Response>";

type Fields = Record<string, unknown>;
const pick = (fields: Fields, wanted: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name)));

let local: Twilio;
beforeEach(async () => {
  local = await startTwilio();
});
afterEach(() => local.close());

async function create(twiml: string): Promise<Fields & { sid: string }> {
  const { body } = await local.ask("POST", "/Calls.json", {
    form: { To: PHONE, From: NUMBER, Twiml: twiml },
  });
  return body;
}

const fetchCall = async (sid: string): Promise<Fields> => (await local.ask("GET", `/Calls/${sid}.json`)).body;
const conferences = async (): Promise<Fields[]> =>
  (await local.ask("GET", "/Conferences.json?FriendlyName=room1")).body.conferences as Fields[];

describe("a call by REST", () => {
  it("has no dates in the answer that creates it, and empty names once it has ended", async () => {
    local.emulator.people.add(PHONE, { habit: { kind: "answers", afterMs: 1_000 } });
    const created = await create(TWIML);
    expectLike(created, "created call");
    expectLike(created.subresource_uris as Fields, "subresources of a call");
    await local.clock.advance(10_000);
    expectLike(await fetchCall(created.sid), "completed call");
  });

  it("requests its TwiML as late after its answer as a real one, 75 ms, if a quirk says so (G18)", async () => {
    await local.close();
    local = await startTwilio({ quirks: { voiceRequestAfterMs: 75 } });
    local.emulator.people.add(PHONE, { habit: { kind: "answers", afterMs: 16_000 } });
    const form = {
      To: PHONE,
      From: NUMBER,
      Url: NOBODY,
      StatusCallback: NOBODY,
      StatusCallbackEvent: "answered",
    };
    await local.ask("POST", "/Calls.json", { form });
    const requested = () => local.emulator.deliveries.map(({ kind }) => kind);
    await local.clock.advance(15_999);
    expect(requested()).toEqual([]);
    await local.clock.advance(75);
    expect(requested()).toEqual(["call-status"]);
    await local.clock.advance(1);
    expect(requested().slice(0, 2)).toEqual(["call-status", "voice"]);
  });

  it("that was busy begins when it was created and ends when it was changed last", async () => {
    local.emulator.people.add(PHONE, { habit: { kind: "declines", afterMs: 4_000 } });
    const { sid } = await create(TWIML);
    await local.clock.advance(10_000);
    const call = await fetchCall(sid);
    expectLike(call, "busy call");
    expect([call.start_time, call.end_time]).toEqual([call.date_created, call.date_updated]);
    expect(call.start_time).not.toBe(call.end_time);
  });
});

it("lists a conference in which one caller waits as in progress, and names the caller who left it alone", async () => {
  const person = local.emulator.people.add(PHONE, { habit: { kind: "answers", afterMs: 0 } });
  const { sid } = await create(ROOM);
  await local.clock.advance(1_000);
  expectLike((await conferences())[0], "conference that waits");
  person.hangUp();
  const [ended] = await conferences();
  expectLike(ended, "conference that a lone caller left");
  expect(ended?.call_sid_ending_conference).toBe(sid);
});

it("shows empty texts for what a number has not set", async () => {
  const { body } = await local.ask("GET", "/IncomingPhoneNumbers.json");
  const [number = {}] = body.incoming_phone_numbers as Fields[];
  expectLike(pick(number, golden.captures["number without addresses"].fields), "number without addresses");
});

it("answers with Twilio's headers, and an error with its names in their order", async () => {
  const { headers, body } = await local.ask("GET", `/Calls/CA${"0".repeat(32)}.json`);
  expectLike(pick(headers, golden.captures.headers.fields), "headers");
  expectLike(body, "error");
  expect(Object.keys(body)).toEqual(["code", "message", "more_info", "status"]);
});

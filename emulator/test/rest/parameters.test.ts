import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
beforeAll(async () => {
  twilio = await startTwilio();
});
afterAll(() => twilio.close());

const call = { To: "client:agent1", From: NUMBER, Url: "http://127.0.0.1:9/voice" };

describe("a parameter that is unknown to Twilio", () => {
  it("is refused, where Twilio would answer 200 and ignore it", async () => {
    twilio.emulator.people.add("client:agent1");
    const room = "/Conferences/room/Participants.json";
    const { body: joined } = await twilio.ask("POST", room, { form: { To: call.To, From: NUMBER } });
    const path = `/Conferences/${String(joined.conference_sid)}/Participants/${String(joined.call_sid)}.json`;
    const reply = await twilio.ask("POST", path, { form: { Status: "completed" } });
    expect([reply.status, reply.body.code]).toEqual([400, 20001]);
    expect(reply.headers["emulator-unknown-parameter"]).toBe("Status");
    expect(reply.body.message).toContain("Twilio would ignore it in silence");
    expect((await twilio.ask("GET", path)).status).toBe(200);
  });

  it("is refused in a query, too, whatever its characters", async () => {
    const reply = await twilio.ask("GET", "/Calls.json?Stat%0D%0Aus=queued");
    expect(reply.status).toBe(400);
    expect(reply.headers["emulator-unknown-parameter"]).toBe("Stat%0D%0Aus");
  });

  it("gets another error if only the emulator does not support it", async () => {
    const reply = await twilio.ask("POST", "/Calls.json", { form: { ...call, Byoc: "BY1" } });
    expect([reply.status, reply.body.code]).toEqual([501, 501]);
    expect(reply.body.message).toContain("Byoc");
  });

  it("is ignored in JSON, which Twilio does not read", async () => {
    const reply = await twilio.ask("POST", "/Calls.json", { json: call });
    expect([reply.status, reply.body.code]).toEqual([400, 20001]);
    expect(reply.body.message).toContain("application/json");
  });
});

describe("CreateCall refuses with Twilio's code", () => {
  it.each([
    [21201, "nobody to call", { To: "" }],
    [21211, "a number without plus", { To: "15550002222" }],
    [21211, "a client without name", { To: "client:" }],
    [21213, "no caller", { From: "" }],
    [21210, "a caller that is not ours", { From: "+15559999999" }],
    [21212, "a client that calls a phone", { From: "client:agent1", To: "+15550002222" }],
    [21205, "no address", { Url: "" }],
    [21205, "an address that is none", { Url: "voice" }],
    [21205, "another scheme", { Url: "ftp://example.com/voice" }],
    [21205, "a host with an underscore", { Url: "https://my_app.example/voice" }],
    [21205, "a bad status callback", { StatusCallback: "/events" }],
    [21209, "a bad method", { Method: "FETCH" }],
    [21208, "a time-out above 600", { Timeout: "601" }],
    [21208, "a time-out that is no number", { Timeout: "soon" }],
    [20422, "an event that is none", { StatusCallbackEvent: ["ringing", "rings"] }],
    [20422, "a recording that is neither true nor false", { Record: "yes" }],
    [20422, "three channels", { Record: "true", RecordingChannels: "3" }],
    [21234, "a detection that is none", { MachineDetection: "Maybe" }],
    [21234, "a detection of two seconds", { MachineDetection: "Enable", MachineDetectionTimeout: "2" }],
    [21205, "a bad address for its result", { AsyncAmdStatusCallback: "/amd" }],
  ])("%i: %s", async (code, _, change) => {
    const before = twilio.emulator.engine.world.calls.size;
    const reply = await twilio.ask("POST", "/Calls.json", { form: { ...call, ...change } });
    expect([reply.status, reply.body.code, reply.body.message]).toEqual([400, code, expect.any(String)]);
    expect(twilio.emulator.engine.world.calls.size).toBe(before);
  });
});

it("CreateCall accepts several events as several fields or as one", async () => {
  const wanted = new Set(["initiated", "answered"]);
  const hook = { ...call, StatusCallback: "http://127.0.0.1:9/events" };
  for (const events of [["initiated", "answered"], "initiated answered"]) {
    const form = { ...hook, StatusCallbackEvent: events };
    const { body } = await twilio.ask("POST", "/Calls.json", { form });
    expect(twilio.emulator.engine.world.calls.get(body.sid)?.statusCallback?.events).toEqual(wanted);
  }
});

describe("CreateParticipant refuses with Twilio's code", () => {
  it.each([
    [16024, "a label with a slash", { Label: "a/b" }],
    [16024, "a label like a Call SID", { Label: `CA${"a".repeat(32)}` }],
    [16024, "a label of 129 characters", { Label: "x".repeat(129) }],
    [21208, "a time-out below 5", { Timeout: "4" }],
    [20422, "a room for one", { MaxParticipants: "1" }],
    [20422, "a coach of nobody", { Coaching: "true" }],
    [20422, "a beep that is none", { Beep: "loud" }],
    [21211, "nobody that can be called", { To: "agent1" }],
  ])("%i: %s", async (code, _, change) => {
    const form = { To: "client:agent1", From: NUMBER, ...change };
    const reply = await twilio.ask("POST", "/Conferences/strict/Participants.json", { form });
    expect([reply.status, reply.body.code]).toEqual([400, code]);
  });
});

import { afterEach, beforeEach, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let local: Twilio;
beforeEach(async () => {
  local = await startTwilio();
});
afterEach(() => local.close());

const VOICE_URL = "http://127.0.0.1:9/out";

async function newApplication(form: Record<string, string> = {}): Promise<string> {
  const { status, body } = await local.ask("POST", "/Applications.json", {
    form: { FriendlyName: "Out", VoiceUrl: VOICE_URL, ...form },
  });
  expect(status).toBe(201);
  return body.sid;
}

it("a client creates an application, lists it by name, changes and deletes it", async () => {
  const sid = await newApplication();
  await newApplication({ FriendlyName: "Other" });
  const listed = await local.ask("GET", "/Applications.json?FriendlyName=Out");
  expect((listed.body.applications as { sid: string }[]).map((each) => each.sid)).toEqual([sid]);
  const changed = await local.ask("POST", `/Applications/${sid}.json`, { form: { VoiceMethod: "get" } });
  expect(changed.body).toMatchObject({ sid, voice_url: VOICE_URL, voice_method: "GET" });
  expect((await local.ask("GET", `/Applications/${sid}.json`)).body).toEqual(changed.body);
  expect((await local.ask("DELETE", `/Applications/${sid}.json`)).status).toBe(204);
  expect((await local.ask("GET", `/Applications/${sid}.json`)).status).toBe(404);
});

it.each([
  [{ VoiceUrl: "not an address" }, 21205],
  [{ VoiceMethod: "PUT" }, 21209],
  [{ FriendlyName: "n".repeat(65) }, 20422],
])("an application with %j is refused with %i", async (form, code) => {
  const { status, body } = await local.ask("POST", "/Applications.json", { form });
  expect([status, body.code]).toEqual([400, code]);
});

it("a call with an application uses the application's addresses", async () => {
  const sid = await newApplication();
  const form = { To: "client:agent1", From: NUMBER, ApplicationSid: sid, Url: "http://127.0.0.1:9/ignored" };
  const { body } = await local.ask("POST", "/Calls.json", { form });
  const call = local.emulator.engine.world.calls.get(body.sid);
  expect(call?.voice).toEqual({ url: VOICE_URL, method: "POST" });
});

it("CreateCall refuses an unknown application", async () => {
  const form = { To: "client:agent1", From: NUMBER, ApplicationSid: `AP${"0".repeat(32)}` };
  const { status, body } = await local.ask("POST", "/Calls.json", { form });
  expect([status, body.code]).toEqual([400, 21218]);
});

it("an application may be opened to other accounts, and closed again", async () => {
  const sid = await newApplication({ PublicApplicationConnectEnabled: "true" });
  const path = `/Applications/${sid}.json`;
  expect((await local.ask("GET", path)).body).toMatchObject({ public_application_connect_enabled: true });
  const form = { PublicApplicationConnectEnabled: "false" };
  expect((await local.ask("POST", path, { form })).body).toMatchObject({
    public_application_connect_enabled: false,
  });
});

it.each([
  ["a call", "/Calls.json", { Url: VOICE_URL }],
  ["a participant", "/Conferences/room/Participants.json", {}],
])("%s goes to an application as app:AP…, from a number or a client", async (_, path, given) => {
  const To = `app:${await newApplication()}`;
  for (const From of [NUMBER, "client:agent1"]) {
    const { status } = await local.ask("POST", path, { form: { To, From, ...given } });
    expect(status).toBe(201);
  }
  for (const [to, code] of [
    [`app:AP${"0".repeat(32)}`, 21218],
    ["app:AP1", 21211],
    [To.slice("app:".length), 21211],
  ] as const) {
    const { status, body } = await local.ask("POST", path, { form: { To: to, From: NUMBER, ...given } });
    expect([to, status, body.code]).toEqual([to, 400, code]);
  }
});

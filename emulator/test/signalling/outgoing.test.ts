import { beforeEach, describe, expect, it } from "vitest";
import { type EmulatorStage, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";
import type { Client } from "./phone-line.ts";
import { browserSdp } from "./signalling-stage.ts";
import { openBrowser } from "./stage-browser.ts";

const NO_APPLICATION = `AP${"0".repeat(32)}`;

let stage: EmulatorStage;
let applicationSid: string;

beforeEach(async () => {
  stage = await startEmulatorStage({ applications: [{ voiceUrl: "http://127.0.0.1:9/unused" }] });
  const [application] = stage.emulator.applications;
  applicationSid = application!.sid;
  Object.assign(application!, { voiceUrl: `${stage.app.url}/out`, statusCallback: `${stage.app.url}/over` });
});

const browser = (identity?: string, application = applicationSid): Promise<Client> =>
  openBrowser(stage, identity, application);

/** `device.connect({ params })`; resolves with the Call SID that `ringing` brings. */
async function calls(client: Client, params = "To=%2B15550199&a%20b=%C3%BC"): Promise<string> {
  client.send("invite", { callsid: "TJSabc", sdp: browserSdp("a"), twilio: { params } });
  const { callsid } = await client.next("ringing");
  return String(callsid);
}

describe("a browser that calls out", () => {
  it("requests the application's voice URL, with its own parameters as plain fields", async () => {
    stage.app.on("/out", "<Say>Hello</Say>");
    const callSid = await calls(await browser("agent1"));
    await stage.emulator.settled();
    const [request] = stage.app.to("/out");
    expect(request?.isSigned).toBe(true);
    expect(request?.params).toMatchObject({
      ApplicationSid: applicationSid,
      Called: "",
      Caller: "client:agent1",
      CallSid: callSid,
      CallStatus: "ringing",
      Direction: "inbound",
      From: "client:agent1",
      To: "+15550199",
      "a b": "ü",
    });
  });

  it("hears the document at once, and is hung up at its end", async () => {
    stage.app.on("/out", "<Say>Hello</Say>");
    const client = await browser("agent1");
    const callSid = await calls(client);
    expect(await client.next("answer")).toMatchObject({ callsid: callSid, sdp: expect.any(String) });
    await stage.clock.advance(10_000);
    expect(await client.next("hangup")).toEqual({ callsid: callSid });
    await stage.emulator.settled();
    expect(stage.sent("/over")[0]).toMatchObject({ CallSid: callSid, CallStatus: "completed" });
  });

  it("sends its parameters once: the action of its <Dial> has the application alone", async () => {
    stage.app.on("/out", '<Dial action="/after"><Client>nobody</Client></Dial>');
    stage.app.on("/after", "<Hangup/>");
    await calls(await browser("agent1"));
    await stage.emulator.settled();
    const [after] = stage.app.to("/after");
    expect(after?.params).toMatchObject({
      ApplicationSid: applicationSid,
      To: "",
      DialCallStatus: "no-answer",
    });
    expect(after?.params).not.toHaveProperty("a b");
  });

  it("hears ringing until the dialled person answers; then both hear each other", async () => {
    stage.app.on("/out", "<Dial><Client>bob</Client></Dial>");
    const bob = stage.emulator.people.add("client:bob");
    const client = await browser("agent1");
    const callSid = await calls(client);
    await bob.until("ringing");
    await client.heard();
    expect(client.untaken()).not.toContain("answer");
    bob.answer();
    expect(await client.next("answer")).toMatchObject({ callsid: callSid });
    await stage.emulator.settled();
    expect(stage.hearing()).toEqual(["client:agent1 <- client:bob", "client:bob <- client:agent1"]);
    client.send("hangup", { callsid: callSid });
    await bob.until("idle");
  });

  it("learns that the dialled person declines", async () => {
    stage.app.on("/out", "<Dial><Client>bob</Client></Dial>");
    const bob = stage.emulator.people.add("client:bob");
    const client = await browser("agent1");
    await calls(client);
    await bob.until("ringing");
    bob.decline();
    expect((await client.next("hangup")).error?.code).toBe(31603);
  });

  it.each([
    ['<Reject reason="busy"/>', 31486],
    ["<Reject/>", 31603],
  ])("is told of %s as %i", async (document, code) => {
    stage.app.on("/out", document);
    const client = await browser("agent1");
    await calls(client);
    expect((await client.next("hangup")).error?.code).toBe(code);
  });

  it("hangs up by its own name for the call, and the dialled phone stops ringing", async () => {
    stage.app.on("/out", "<Dial><Client>bob</Client></Dial>");
    const bob = stage.emulator.people.add("client:bob");
    const client = await browser("agent1");
    const callSid = await calls(client);
    await bob.until("ringing");
    client.send("hangup", { callsid: "TJSabc" });
    await bob.until("idle");
    expect(stage.emulator.engine.world.calls.get(callSid)?.status).toBe("canceled");
  });

  it("meets a customer in a conference", async () => {
    const conference = "<Dial><Conference>room</Conference></Dial>";
    for (const path of ["/voice", "/out"]) stage.app.on(path, conference);
    await stage.rings();
    const client = await browser("agent1");
    await calls(client);
    await client.next("answer");
    await stage.emulator.settled();
    expect(stage.hearing()).toEqual(["+15550111111 <- client:agent1", "client:agent1 <- +15550111111"]);
  });

  it("comes back to its call after losing the socket", async () => {
    stage.app.on("/out", "<Pause length='60'/>");
    const client = await browser("agent1");
    const callSid = await calls(client);
    const { reconnect } = await client.next("answer");
    client.drop();
    const again = await browser("agent1");
    again.send("invite", { callsid: callSid, sdp: browserSdp("a"), reconnect, twilio: {} });
    expect(await again.next("answer")).toMatchObject({ callsid: callSid });
    again.send("hangup", { callsid: callSid });
    await again.heard();
    expect(stage.emulator.engine.world.calls.get(callSid)?.status).toBe("completed");
  });

  it("is refused without the grant, and for an unknown application", async () => {
    for (const [application, code] of [
      ["", 31201],
      [NO_APPLICATION, 31001],
    ] as const) {
      const client = await browser("agent1", application);
      client.send("invite", { callsid: "TJSabc", sdp: browserSdp("a"), twilio: {} });
      const { callsid, error } = await client.next("hangup");
      expect([callsid, error?.code]).toEqual(["TJSabc", code]);
    }
  });

  it("may have a hyphen in its identity, or none at all", async () => {
    stage.app.on("/out", "<Say>Hello</Say>");
    for (const identity of ["agent-1", undefined]) await calls(await browser(identity));
    await stage.emulator.settled();
    expect(stage.app.to("/out").map(({ params }) => params.From)).toEqual([
      "client:agent-1",
      "client:Anonymous",
    ]);
    expect(stage.warnings().map(({ message }) => /has (.*):/.exec(message)?.[1])).toEqual([
      'the identity "agent-1"',
      "no identity",
    ]);
  });
});

describe("a number that names an application", () => {
  it("uses the application's addresses, and none of its own", async () => {
    stage.app.on("/out", "<Say>Hello</Say>");
    stage.emulator.configureNumber(NUMBER, { voiceApplicationSid: applicationSid });
    await stage.rings();
    expect(stage.app.to("/voice")).toEqual([]);
    expect(stage.app.to("/out")[0]?.params).toMatchObject({ ApplicationSid: applicationSid, To: NUMBER });
  });
});

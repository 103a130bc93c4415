import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { afterEach, expect, it } from "vitest";
import { type Twilio, startTwilio } from "../emulator/rest/support/twilio.ts";

interface Seen {
  url: string;
  fields: Record<string, string>;
  signature: string;
}

let local: Twilio;
let closeApp: () => void;
afterEach(async () => {
  await local.close();
  closeApp();
});

const CONFERENCE_ATTRIBUTES = [
  ["waitUrl", "/wait?lang=ja&amp;n=1"],
  ["statusCallback", "/events"],
  ["statusCallbackEvent", "start end join leave mute hold modify announcement"],
];

/** An app that puts every caller into one room and writes down what it is sent. */
async function startApp(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const app = createServer((req, res) => void answer(req, res));
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of req) body += String(chunk);
    const signature = String(req.headers["x-twilio-signature"]);
    const fields = Object.fromEntries(new URLSearchParams(body));
    seen.push({ url: `http://${req.headers.host}${req.url}`, fields, signature });
    const attributes = CONFERENCE_ATTRIBUTES.map(([name, value]) => `${name}="${value}"`).join(" ");
    res.setHeader("content-type", "text/xml");
    const isVoice = req.url?.startsWith("/voice");
    const dial = `<Dial action="/after"><Conference ${attributes}>山田 &amp; co</Conference></Dial>`;
    res.end(`<Response>${isVoice ? dial : "<Pause/>"}</Response>`);
  }
  await new Promise<void>((resolve) => {
    app.listen(0, "127.0.0.1", resolve);
  });
  closeApp = () => app.close();
  return { url: `http://127.0.0.1:${(app.address() as AddressInfo).port}`, seen };
}

it("the official validateRequest accepts every request to an app, and refuses it when one letter changes", async () => {
  const app = await startApp();
  const voiceUrl = `${app.url}/voice?foo=1&bar=2#rc=2`;
  local = await startTwilio({
    numbers: [{ phoneNumber: "+15550001111", voiceUrl, statusCallback: `${app.url}/ended` }],
  });
  const { accountSid, authToken } = local.emulator.credentials;
  local.emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 500 } });
  const customer = local.emulator.people.add("+15550009999");
  const ringing = customer.call("+15550001111");
  await local.clock.advance(0);
  await ringing;
  await local.clock.advance(30_000);
  const form = {
    To: "client:agent1",
    From: "+15550001111",
    Url: `${app.url}/voice`,
    StatusCallback: `${app.url}/call`,
  };
  await local.ask("POST", "/Calls.json", {
    form: { ...form, StatusCallbackEvent: "initiated ringing answered completed" },
  });
  await local.clock.advance(5_000);
  const [room] = local.emulator.engine.world.conferences.values();
  await local.ask("POST", `/Conferences/${room?.sid}.json`, { form: { Status: "completed" } });
  await local.clock.advance(30_000);
  const kinds = new Set(local.emulator.deliveries.map((delivery) => delivery.kind));
  for (const kind of ["voice", "wait", "action", "conference-status", "call-status", "number-status"])
    expect(kinds).toContain(kind);
  expect(app.seen.length).toBe(local.emulator.deliveries.length);
  for (const { url, fields, signature } of app.seen) {
    expect([url, twilio.validateRequest(authToken, signature, url, fields)]).toEqual([url, true]);
    const forged = { ...fields, CallSid: `${fields.CallSid}0` };
    expect(twilio.validateRequest(authToken, signature, url, forged)).toBe(false);
    expect(fields.AccountSid).toBe(accountSid);
  }
});

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Twilio, startTwilio } from "../rest/support/twilio.ts";
import { connect } from "../signalling/phone-line.ts";

/** The one script that pages of the inspector load. */
const OWN_SCRIPT = '<script type="module" src="/inspector.js"></script>';
const EVIL = `<script>alert("1")</script><img src=x onerror='alert(2)'>`;

let twilio: Twilio;
let closeApp: () => void;

/** An app whose every word is hostile, and a customer who rings it. */
beforeEach(async () => {
  const app = createServer((_, res) => {
    res.setHeader("content-type", `text/xml; note="${EVIL}"`);
    res.end(
      `<Response><Say><![CDATA[${EVIL}]]></Say><Dial><Conference participantLabel="${label}">room</Conference></Dial></Response>`,
    );
  });
  const label = "&lt;b&gt;boss";
  await new Promise<void>((resolve) => {
    app.listen(0, "127.0.0.1", resolve);
  });
  closeApp = () => app.close();
  const { port } = app.address() as AddressInfo;
  const voiceUrl = `http://user:s3cret-of-mine@127.0.0.1:${port}/voice?note=${encodeURIComponent(EVIL)}`;
  twilio = await startTwilio({ numbers: [{ phoneNumber: "+15550001111", voiceUrl }] });
  const customer = twilio.emulator.people.add("+15550009999");
  const ringing = customer.call("+15550001111");
  await twilio.clock.advance(0);
  await ringing;
  await twilio.clock.advance(60_000);
});
afterEach(async () => {
  await twilio.close();
  closeApp();
});

async function see(path: string) {
  const reply = await fetch(twilio.emulator.url + path);
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

describe("the inspector page", () => {
  it("shows the call, the conference with its participant, and the request with its answer", async () => {
    const { status, text } = await see("/inspector");
    const [call] = twilio.emulator.engine.world.calls.values();
    const [conference] = twilio.emulator.engine.world.conferences.values();
    expect(status).toBe(200);
    for (const shown of [call?.sid, conference?.sid, "+15550009999", "in-progress", "room", "voice"])
      expect(text).toContain(shown);
    expect(text).toContain("&lt;Response&gt;");
    expect(text).toMatch(/<span class="good">200<\/span>\s*<span class="soft">\d+ ms/);
  });

  it("shows the app's words as text and never as markup", async () => {
    for (const path of ["/", "/inspector"]) {
      const text = (await see(path)).text.replace(OWN_SCRIPT, "");
      expect(text).not.toContain("<script");
      expect(text).not.toContain("<img");
      expect(text).not.toContain("<b>boss");
    }
    const { text } = await see("/inspector");
    expect(text).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(text).toContain("&lt;b&gt;boss");
  });

  it("loads nothing and runs nothing but its own script, and refuses to be framed", async () => {
    const { headers, text: whole } = await see("/inspector");
    const text = whole.replace(OWN_SCRIPT, "");
    expect(text).not.toBe(whole);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    const tags = text.match(/<[^>]+>/g) ?? [];
    expect(tags.filter((tag) => /\s(src|on\w+|style)=/.test(tag))).toEqual([]);
    expect(text.match(/href="(?!\/)/g)).toBeNull();
  });
});

it("the inspector page allows only its own style sheet", async () => {
  const { headers, text } = await see("/inspector");
  const [, style = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  expect(headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
});

describe("the inspector shows no secret", () => {
  it.each(["/", "/inspector", "/inspector.json", "/inspector/deliveries.json"])("at %s", async (path) => {
    const { authToken, apiSecret } = twilio.emulator.credentials;
    const [delivery] = twilio.emulator.deliveries;
    const { text } = await see(path);
    expect(delivery?.signature).toMatch(/^.{27}=$/);
    for (const secret of [authToken, apiSecret, delivery?.signature, "s3cret-of-mine"])
      expect(text).not.toContain(secret);
  });

  it("even if an app repeats the token", async () => {
    const { authToken } = twilio.emulator.credentials;
    const form = { FriendlyName: `token ${authToken}` };
    const { sid } = twilio.emulator.numbers[0] ?? {};
    await twilio.ask("POST", `/IncomingPhoneNumbers/${sid}.json`, { form });
    const { text } = await see("/inspector.json");
    expect(text).toContain("token •••");
  });
});

it("the inspector shows failures with Twilio's code, such as an unsupported verb", async () => {
  twilio.emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
  const twiml = "<Response><Pay/></Response>";
  const form = { To: "client:agent1", From: "+15550001111", Twiml: twiml };
  const { body } = await twilio.ask("POST", "/Calls.json", { form });
  await twilio.clock.advance(10_000);
  expect((await see("/inspector")).text).toContain("12200: The emulator does not run &lt;Pay&gt;");
  const { warnings } = JSON.parse((await see("/inspector.json")).text) as { warnings: object[] };
  expect(warnings).toContainEqual(expect.objectContaining({ code: 12200, callSid: body.sid }));
});

it("names what a browser was refused over the signalling", async () => {
  const socket = twilio.emulator.url.replace("http", "ws");
  const browser = await connect(`${socket}/signal`);
  browser.send("listen", { token: "no token" });
  browser.sendRaw("no message");
  await browser.next("error");
  await browser.next("error");
  browser.drop();
  const stranger = new WebSocket(`${socket}/signal`, { origin: "https://elsewhere.example" });
  await once(stranger, "error");
  const { text } = await see("/inspector");
  expect(text).toContain("31204: A browser was sent &quot;error&quot;: JWT token is invalid");
  expect(text).toContain("31100: A browser was sent &quot;error&quot;: Malformed request");
  expect(text).toContain("403: A page of https://elsewhere.example was refused a socket");
});

describe("the inspector's JSON", () => {
  it("has calls, conferences with participants, and deliveries", async () => {
    const shown = JSON.parse((await see("/inspector.json")).text) as Record<string, unknown[]>;
    expect(shown.calls).toHaveLength(1);
    expect(shown.conferences).toMatchObject([{ friendlyName: "room", participants: [{ label: "<b>boss" }] }]);
    const deliveries = JSON.parse((await see("/inspector/deliveries.json")).text) as unknown;
    expect(deliveries).toEqual(shown.deliveries);
    expect(deliveries).toMatchObject([{ kind: "voice", status: 200, params: { From: "+15550009999" } }]);
  });
});

describe("the emulator's HTTP server", () => {
  it("links from / to the phone and the inspector", async () => {
    const { text } = await see("/");
    expect(text).toContain('href="/phone.html"');
    expect(text).toContain('href="/inspector"');
  });

  it("answers 403 to a foreign host name, 404 to an unknown path, 405 to another method", async () => {
    const inspector = `/2010-04-01/../inspector`;
    expect((await see("/nothing")).status).toBe(404);
    expect((await fetch(`${twilio.emulator.url}/inspector`, { method: "POST" })).status).toBe(405);
    const reply = await twilio.ask("GET", inspector, { host: "evil.example" });
    expect(reply.status).toBe(403);
  });
});

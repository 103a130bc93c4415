import twilio from "twilio";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator.ts";
import type { Person } from "../../src/people/people.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import { HEARD_DB, listen } from "../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import { type TestApp, startApp } from "../support/emulator-app.ts";
import { serveSdkPage } from "./support/sdk-world.ts";
import type { Codecs, SdkPage } from "./support/sdk-page/main.ts";

const NUMBER = "+15550100";
const [AGENT, BOB] = [930, 1370];
const OPUS_FIRST: Codecs = ["opus", "pcmu"];

let emulator: Emulator;
let app: TestApp;
let sdk: Awaited<ReturnType<typeof serveSdkPage>>;
let agent: Party;
let bob: Person;
let token: string;

beforeAll(async () => {
  const origins: string[] = [];
  const voiceUrl = "http://127.0.0.1:9/";
  emulator = await startEmulator({
    origins,
    applications: [{ voiceUrl }],
    numbers: [{ phoneNumber: NUMBER, voiceUrl }],
  });
  const { accountSid, authToken, apiKey, apiSecret } = emulator.credentials;
  app = await startApp(authToken);
  const [application] = emulator.applications;
  Object.assign(application!, { voiceUrl: `${app.url}/out` });
  Object.assign(emulator.numbers[0]!, { voiceUrl: `${app.url}/in` });
  const access = new twilio.jwt.AccessToken(accountSid, apiKey, apiSecret, { identity: "agent-1" });
  const grant = { incomingAllow: true, outgoingApplicationSid: application!.sid };
  access.addGrant(new twilio.jwt.AccessToken.VoiceGrant(grant));
  token = access.toJwt();
  sdk = await serveSdkPage(`${emulator.url}/voice-sdk-shim.js`);
  origins.push(sdk.pageUrl);
  agent = await openParty("agent-1", AGENT, sdk.pageUrl);
  bob = emulator.people.add("+15550123", { voice: { kind: "tone", hz: BOB } });
});
afterAll(async () => {
  await agent?.close();
  await sdk?.close();
  await app?.close();
  await emulator?.close();
});

/** Does something with the SDK, in the page. */
function inPage<Argument, Result>(
  act: (page: SdkPage, argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> {
  return agent.page.evaluate(
    `(${act.toString()})(globalThis.sdkPage, ${JSON.stringify(argument)})`,
  ) as Promise<Result>;
}

async function expectOpusBothWays(): Promise<void> {
  await expect.poll(async () => (await listen(agent.page, [BOB]))[0]).toBeGreaterThan(HEARD_DB);
  await expect.poll(() => bob.heardDb(AGENT)).toBeGreaterThan(HEARD_DB);
  await expect.poll(() => inPage((page) => page.codec, null)).toBe("opus");
}

const connect = (params: Record<string, string>): Promise<void> =>
  inPage((page, [access, sent, codecs]) => page.connect(access, sent, codecs), [
    token,
    params,
    OPUS_FIRST,
  ] as const);

it("a page that prefers Opus calls bob: both hear each other in Opus", async () => {
  app.on("/out", ({ params }) => `<Dial><Number>${params.To ?? ""}</Number></Dial>`);
  await connect({ To: bob.address });
  await bob.until("ringing");
  bob.answer();
  await expectOpusBothWays();
  bob.hangUp();
  await expect.poll(() => inPage((page) => page.call?.status(), null)).toBe("closed");
});

it("bob calls a page that prefers Opus: both hear each other in Opus", async () => {
  app.on("/in", `<Dial><Client>agent-1</Client></Dial>`);
  await inPage((page, [access, codecs]) => page.register(access, codecs), [token, OPUS_FIRST] as const);
  await expect.poll(() => inPage((page) => page.events, null)).toContain("registered");
  await bob.call(NUMBER);
  await expect.poll(() => inPage((page) => page.call?.status(), null)).toBe("pending");
  await inPage((page) => page.call?.accept(), null);
  await expectOpusBothWays();
  bob.hangUp();
  await expect.poll(() => inPage((page) => page.call?.status(), null)).toBe("closed");
});

it("a page that prefers Opus presses keys, and the app gets them", async () => {
  app.on("/out", `<Gather numDigits="2" finishOnKey="" action="/keys"/>`);
  app.on("/keys", "<Hangup/>");
  await connect({});
  await expect.poll(() => inPage((page) => page.call?.status(), null)).toBe("open");
  await inPage((page) => page.call?.sendDigits("4#"), null);
  await expect.poll(() => app.to("/keys")[0]?.params.Digits).toBe("4#");
});

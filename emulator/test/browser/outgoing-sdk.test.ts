import twilio from "twilio";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator.ts";
import type { Person } from "../../src/people/people.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import { HEARD_DB, listen } from "../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import { type TestApp, startApp } from "../support/emulator-app.ts";
import { localClient } from "../../../test/support/contract/client.ts";
import { serveSdkPage } from "./support/sdk-world.ts";
import type { SdkPage } from "./support/sdk-page/main.ts";

const [AGENT, BOB] = [930, 1370];

type PageWindow = { sdkPage: SdkPage };

let emulator: Emulator;
let app: TestApp;
let sdk: Awaited<ReturnType<typeof serveSdkPage>>;
let agent: Party;
let bob: Person;
let token: string;

beforeAll(async () => {
  const origins: string[] = [];
  emulator = await startEmulator({ origins, applications: [{ voiceUrl: "http://127.0.0.1:9/" }] });
  const { accountSid, authToken, apiKey, apiSecret } = emulator.credentials;
  app = await startApp(authToken);
  const [application] = emulator.applications;
  Object.assign(application!, { voiceUrl: `${app.url}/out` });
  const access = new twilio.jwt.AccessToken(accountSid, apiKey, apiSecret, { identity: "agent-1" });
  access.addGrant(new twilio.jwt.AccessToken.VoiceGrant({ outgoingApplicationSid: application!.sid }));
  token = access.toJwt();
  sdk = await serveSdkPage(`${emulator.url}/voice-sdk-shim.js`);
  origins.push(sdk.pageUrl);
  agent = await openParty("agent-1", AGENT, sdk.pageUrl);
  bob = emulator.people.add("client:bob", { voice: { kind: "tone", hz: BOB } });
});
afterAll(async () => {
  await agent?.close();
  await sdk?.close();
  await app?.close();
  await emulator?.close();
});

const connect = (params: Record<string, string>): Promise<void> =>
  agent.page.evaluate(
    ([access, sent]) => (globalThis as unknown as PageWindow).sdkPage.connect(access, sent),
    [token, params] as const,
  );
const status = (): Promise<string | undefined> =>
  agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.call?.status());
const codec = (): Promise<string | null> =>
  agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.codec);
const events = (): Promise<string[]> =>
  agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.events.splice(0));

it("the SDK calls bob: it rings until bob answers, both hear each other, and bob hangs up", async () => {
  app.on("/out", ({ params }) => `<Dial><Client>${params.To ?? ""}</Client></Dial>`);
  await connect({ To: "bob" });
  await bob.until("ringing");
  await expect.poll(status).toBe("ringing");
  bob.answer();
  await expect.poll(status).toBe("open");
  await expect.poll(async () => (await listen(agent.page, [BOB]))[0]).toBeGreaterThan(HEARD_DB);
  await expect.poll(() => bob.heardDb(AGENT)).toBeGreaterThan(HEARD_DB);
  await expect.poll(codec).toBe("PCMU");
  bob.hangUp();
  await expect.poll(status).toBe("closed");
  expect(await events()).toEqual(["ringing", "accept", "disconnect"]);
});

it("the SDK learns that bob declines", async () => {
  await connect({ To: "bob" });
  await bob.until("ringing");
  await expect.poll(status).toBe("ringing");
  bob.decline();
  await expect.poll(status).toBe("closed");
  // The SDK reports every error of a hang-up as 31005, unless it is asked for more precision.
  expect(await events()).toEqual(["ringing", "call error 31005", "disconnect"]);
});

it("the SDK and the app send each other messages, as it rings and in the call; one of another type is an error", async () => {
  const { accountSid, authToken } = emulator.credentials;
  const rest = twilio(accountSid, authToken, localClient(emulator.url));
  const send = (...message: Parameters<SdkPage["send"]>): Promise<string> =>
    agent.page.evaluate((sent) => (globalThis as unknown as PageWindow).sdkPage.send(...sent), message);
  await connect({ To: "bob" });
  await expect.poll(status).toBe("ringing");
  const call = rest.calls(app.to("/out").at(-1)?.params.CallSid ?? "");
  await call.userDefinedMessages.create({ content: '{"hello":"page"}' });
  await call.userDefinedMessageSubscriptions.create({ callback: `${app.url}/messages` });
  const first = await send({ hello: "app" });
  bob.answer();
  await expect.poll(status).toBe("open");
  const second = await send("again");
  await expect.poll(() => app.to("/messages").length).toBe(2);
  await send("wrong", "not-ours");
  await expect
    .poll(() => agent.page.evaluate(() => (globalThis as unknown as PageWindow).sdkPage.events.length))
    .toBe(6);
  expect((await events()).toSorted()).toEqual(
    [
      "ringing",
      'received {"hello":"page"}',
      `sent ${first}`,
      "accept",
      `sent ${second}`,
      "call error 31210",
    ].toSorted(),
  );
  expect(
    app.to("/messages").map(({ isSigned, params: { Sid, Content } }) => [isSigned, Sid, Content]),
  ).toEqual([
    [true, first, '{"hello":"app"}'],
    [true, second, '"again"'],
  ]);
  bob.hangUp();
  await expect.poll(status).toBe("closed");
});

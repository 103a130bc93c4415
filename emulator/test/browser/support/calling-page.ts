import twilio from "twilio";
import { expect } from "vitest";
import type { Emulator } from "../../../src/emulator.ts";
import type { Person } from "../../../src/people/people.ts";
import { startEmulator } from "../../../src/start-emulator.ts";
import { HEARD_DB, listen } from "../../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../../test/browser/support/party.ts";
import { type TestApp, startApp } from "../../support/emulator-app.ts";
import type { SdkPage } from "./sdk-page/main.ts";
import { serveSdkPage } from "./sdk-world.ts";

export const NUMBER = "+15550100";
const IDENTITY = "agent-1";
const [AGENT, BOB] = [930, 1370];

/** A page with the unmodified SDK, which calls out by an application, and bob, who hears it. */
export interface CallingPage {
  readonly emulator: Emulator;
  /** Behind the application as `/out`, behind `NUMBER` as `/in`. */
  readonly app: TestApp;
  readonly bob: Person;
  /** An access token for the page. */
  readonly token: string;
  /** Does something with the SDK, in the page; the argument and the result are JSON. */
  readonly inPage: <Argument, Result>(
    act: (page: SdkPage, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ) => Promise<Result>;
  readonly status: () => Promise<string | undefined>;
  /** Both hear each other, in the codec that the SDK names. */
  expectToTalk(codec: string): Promise<void>;
  close(): Promise<void>;
}

async function startBehindApp(
  origins: string[],
): Promise<{ emulator: Emulator; app: TestApp; token: string }> {
  const voiceUrl = "http://127.0.0.1:9/";
  const emulator = await startEmulator({
    origins,
    applications: [{ voiceUrl }],
    numbers: [{ phoneNumber: NUMBER, voiceUrl }],
  });
  const { accountSid, authToken, apiKey, apiSecret } = emulator.credentials;
  const app = await startApp(authToken);
  const [application] = emulator.applications;
  Object.assign(application!, { voiceUrl: `${app.url}/out` });
  Object.assign(emulator.numbers[0]!, { voiceUrl: `${app.url}/in` });
  const access = new twilio.jwt.AccessToken(accountSid, apiKey, apiSecret, { identity: IDENTITY });
  const grant = { incomingAllow: true, outgoingApplicationSid: application!.sid };
  access.addGrant(new twilio.jwt.AccessToken.VoiceGrant(grant));
  return { emulator, app, token: access.toJwt() };
}

/** @param bobsAddress E.164, or `client:identity` */
export async function openCallingPage(bobsAddress: string): Promise<CallingPage> {
  const origins: string[] = [];
  const { emulator, app, token } = await startBehindApp(origins);
  const sdk = await serveSdkPage(`${emulator.url}/voice-sdk-shim.js`);
  origins.push(sdk.pageUrl);
  const agent: Party = await openParty(IDENTITY, AGENT, sdk.pageUrl);
  const bob = emulator.people.add(bobsAddress, { voice: { kind: "tone", hz: BOB } });
  const inPage: CallingPage["inPage"] = (act, argument) =>
    agent.page.evaluate(`(${act.toString()})(globalThis.sdkPage, ${JSON.stringify(argument)})`);
  return {
    emulator,
    app,
    bob,
    token,
    inPage,
    status: () => inPage((page) => page.call?.status(), null),
    async expectToTalk(codec) {
      await expect.poll(async () => (await listen(agent.page, [BOB]))[0]).toBeGreaterThan(HEARD_DB);
      await expect.poll(() => bob.heardDb(AGENT)).toBeGreaterThan(HEARD_DB);
      await expect.poll(() => inPage((page) => page.codec, null)).toBe(codec);
    },
    async close() {
      await agent.close();
      await sdk.close();
      await app.close();
      await emulator.close();
    },
  };
}

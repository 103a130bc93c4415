import { SignJWT } from "jose";
import { onTestFinished } from "vitest";
import type { EmulatorStage } from "../support/emulator-stage.ts";
import { type Client, connect } from "./phone-line.ts";

/** Signed by hand: Twilio's helper makes no token without an identity. */
function tokenOf(stage: EmulatorStage, identity = "", application_sid = ""): Promise<string> {
  const { accountSid, apiKey, apiSecret } = stage.emulator.credentials;
  const voice = { incoming: { allow: true }, ...(application_sid && { outgoing: { application_sid } }) };
  return new SignJWT({ grants: { ...(identity && { identity }), voice } })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1" })
    .setIssuer(apiKey)
    .setSubject(accountSid)
    .setExpirationTime(Math.floor(stage.clock.date() / 1_000) + 3_600)
    .sign(new TextEncoder().encode(apiSecret));
}

/** A browser at the stage's emulator that has given its access token, and has not registered. Gone when the test is over. */
export async function openBrowser(
  stage: EmulatorStage,
  identity?: string,
  applicationSid?: string,
): Promise<Client> {
  const client = await connect(`${stage.emulator.url.replace("http", "ws")}/signal`);
  onTestFinished(() => client.drop());
  client.send("listen", { token: await tokenOf(stage, identity, applicationSid) });
  await client.next("connected");
  return client;
}

/** One that calls for its identity ring. */
export async function registeredBrowser(stage: EmulatorStage, identity: string): Promise<Client> {
  const client = await openBrowser(stage, identity);
  client.send("register", { media: { audio: true } });
  await client.next("ready");
  return client;
}

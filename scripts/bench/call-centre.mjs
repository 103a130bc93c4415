// What the benches of transfers share: a server on the emulator, agents, and requests to the emulator's REST API.
import { openPage } from "../../dist/cli/play/page-client.js";
import { startEmulator } from "local-twilio";
import settings from "../../test/support/test-config.json" with { type: "json" };
import { startOurs } from "./webhook-server.mjs";

export const NUMBER = settings.number;

/** @param options of the emulator */
export async function startCallCentre(options = {}) {
  const numbers = [{ phoneNumber: NUMBER }];
  const emulator = await startEmulator({ media: "none", numbers, ...options });
  const server = await startOurs({ ...emulator.credentials, twilioApiBaseUrl: emulator.url });
  emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
  const close = async () => {
    await server.close();
    await emulator.close();
  };
  return { emulator, server, close };
}

/** @param options of the person */
export async function bringAgent({ emulator, server }, id, options = {}) {
  const person = emulator.people.add(`client:${id}`, options);
  const page = await openPage(await server.signInLink(id), id);
  await page.setReady(true);
  return { person, page };
}

/** @param path below the account */
export async function postToTwilio({ emulator }, path, form) {
  const { accountSid, authToken } = emulator.credentials;
  const answer = await fetch(`${emulator.url}/2010-04-01/Accounts/${accountSid}/${path}.json`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    body: new URLSearchParams(form),
  });
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${path}`);
}

// Milliseconds from *Transfer* to agent2's ringing, over what the emulator itself needs from CreateCall to ringing.
import { openPage } from "../../dist/cli/play/page-client.js";
import { startEmulator } from "../../dist/emulator/start-emulator.js";
import settings from "../../test/support/test-config.json" with { type: "json" };
import { median, percentile, report } from "./numbers.mjs";
import { startOurs } from "./webhook-server.mjs";

const ROUNDS = 40;
const NUMBER = settings.number;

async function start() {
  const emulator = await startEmulator({ media: "none", numbers: [{ phoneNumber: NUMBER }] });
  const server = await startOurs({ ...emulator.credentials, twilioApiBaseUrl: emulator.url });
  emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
  return { emulator, server };
}

async function bringAgent({ emulator, server }, id) {
  const person = emulator.people.add(`client:${id}`);
  const page = await openPage(await server.signInLink(id), id);
  await page.setReady(true);
  return { person, page };
}

/** The emulator alone: an order to dial, until the browser rings. */
async function bareRing({ emulator }) {
  const person = emulator.people.add("client:nobody");
  const { accountSid, authToken } = emulator.credentials;
  const start = performance.now();
  const answer = await fetch(`${emulator.url}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    body: new URLSearchParams({ From: NUMBER, To: "client:nobody", Twiml: "<Response/>" }),
  });
  if (answer.status !== 201) throw new Error(`the emulator answered ${answer.status}`);
  await person.until("ringing");
  const took = performance.now() - start;
  person.decline();
  person.leave();
  return took;
}

async function transferRing(agent1, agent2, call) {
  const start = performance.now();
  const rings = agent2.person.until("ringing");
  await agent1.page.transfer(call, "agent2");
  await rings;
  const took = performance.now() - start;
  agent2.person.decline();
  await agent1.page.until("the outcome", (view) => view.call?.transfer?.state === "ended");
  await agent1.page.until("a free colleague", (view) => view.colleagues[0]?.state === "free");
  return took;
}

export async function benchTransfer() {
  const world = await start();
  const agent1 = await bringAgent(world, "agent1");
  const agent2 = await bringAgent(world, "agent2");
  const call = await world.emulator.people.add("+15550111111").call(NUMBER);
  await agent1.person.until("ringing");
  agent1.person.answer();
  await agent1.page.until("the talk", (view) => view.call?.state === "talking");
  const bare = [];
  const ours = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareRing(world));
    ours.push(await transferRing(agent1, agent2, call));
  }
  agent1.page.close();
  agent2.page.close();
  await world.server.close();
  await world.emulator.close();
  report(`From Transfer to agent2's ringing (median of ${ROUNDS}, interleaved)`, [
    ["the emulator alone", `${median(bare).toFixed(1)} ms`],
    ["from Transfer", `${median(ours).toFixed(1)} ms, p95 ${percentile(ours, 0.95).toFixed(1)} ms`],
    ["ratio", (median(ours) / median(bare)).toFixed(2)],
  ]);
}

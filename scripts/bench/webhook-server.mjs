// The servers that the benches of webhooks compare. `node webhook-server.mjs KIND FOLDER` starts one and prints its port.
import { createServer } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { ACCOUNT, TOKEN, TWIML, VOICE_PATH } from "./webhook-calls.mjs";

async function bare() {
  const server = createServer((req, res) => {
    req.resume().on("end", () => res.setHeader("Content-Type", "text/xml").end(TWIML));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server.address().port;
}

/** Stock express with Twilio's own middleware. Resolves with its port. */
export async function startStock() {
  const { default: express } = await import("express");
  const { default: twilio } = await import("twilio");
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.post(VOICE_PATH, twilio.webhook(TOKEN), (req, res) => {
    const answer = new twilio.twiml.VoiceResponse();
    answer.dial({ action: "/after" }).conference({ startConferenceOnEnter: false }, req.body.CallSid);
    res.type("text/xml").send(answer.toString());
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

/** This project's server, with the settings that every bench needs. */
export async function startOurs(change = {}) {
  const { startServer } = await import("../../dist/compose/server.js");
  return startServer({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    apiKey: `SK${"0".repeat(32)}`,
    apiSecret: "s".repeat(32),
    number: "+15550100",
    publicUrl: null,
    port: 0,
    agents: [{ id: "agent1", name: "Agent 1" }],
    operatorToken: "o".repeat(32),
    sessionSecret: "s".repeat(32),
    twilioApiBaseUrl: "http://127.0.0.1:9",
    language: "en",
    greeting: null,
    storeUrl: "memory:",
    ringSeconds: 20,
    retryAfter: 10_000,
    maxCallMinutes: 240,
    ...change,
  });
}

const portOf = async (storeUrl) => Number(new URL((await startOurs({ storeUrl })).url).port);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, folder] = process.argv.slice(2);
  const SERVERS = {
    bare,
    stock: startStock,
    ours: () => portOf("memory:"),
    kept: () => portOf(`file:${folder}/calls.db`),
  };
  process.stdout.write(`${await SERVERS[kind]()}\n`);
}

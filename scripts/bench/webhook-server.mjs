// One of the servers that the webhook bench compares; run as `node webhook-server.mjs KIND FOLDER`, prints its port.
import { createServer } from "node:http";
import { once } from "node:events";
import { ACCOUNT, TOKEN, TWIML, VOICE_PATH } from "./webhook-calls.mjs";

async function bare() {
  const server = createServer((req, res) => {
    req.resume().on("end", () => res.setHeader("Content-Type", "text/xml").end(TWIML));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server.address().port;
}

async function stock() {
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

async function ours(storeUrl) {
  const { startServer } = await import("../../dist/compose/server.js");
  const server = await startServer({
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
    storeUrl,
    ringSeconds: 20,
    retryAfter: 10_000,
  });
  return Number(new URL(server.url).port);
}

const [kind, folder] = process.argv.slice(2);
const SERVERS = { bare, stock, ours: () => ours("memory:"), kept: () => ours(`file:${folder}/calls.db`) };
const port = await SERVERS[kind]();
process.stdout.write(`${port}\n`);

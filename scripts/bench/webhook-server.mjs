// The servers that the benches of webhooks compare. `node webhook-server.mjs KIND FOLDER` starts one and prints its port.
import { createServer } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import settings from "../../test/support/test-config.json" with { type: "json" };
import { TOKEN, TWIML, VOICE_PATH } from "./webhook-calls.mjs";

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

/** This project's server, with the settings of the tests. */
export async function startOurs(change = {}) {
  const { startServer } = await import("../../dist/compose/server.js");
  return startServer({ ...settings, ...change });
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

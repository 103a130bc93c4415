// A stand-in for Twilio's REST API in the bench of pages: answers each dial after 300 ms.
import { once } from "node:events";
import { createServer } from "node:http";

const ANSWER_MS = 300;
/** A customer who has no agent by then hangs up. */
const PATIENCE_MS = 20_000;

async function readForm(request) {
  const chunks = await request.toArray();
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** `dialled(call)` resolves with the first leg that is dialled for a call, or null when none is for long. */
export async function startDialling() {
  const waiting = new Map();
  const known = new Map();
  let count = 0;
  const note = (call, leg) => {
    if (!known.has(call)) known.set(call, leg);
    waiting.get(call)?.(leg);
  };
  const answer = async (request, response) => {
    const form = await readForm(request);
    const [, call, label] =
      /conference\/(CA[0-9a-f]{32})\/connect\/([\w-]+)/.exec(form.get("Url") ?? "") ?? [];
    const callSid = `CA${(0xd1a10000 + (count += 1)).toString(16).padStart(32, "f")}`;
    setTimeout(() => {
      response.setHeader("Content-Type", "application/json");
      response.end(
        JSON.stringify({ sid: callSid, status: "queued", calls: [], conferences: [], participants: [] }),
      );
      if (call) note(call, { label, callSid });
    }, ANSWER_MS);
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: server.address().port,
    dialled(call) {
      if (known.has(call)) return Promise.resolve(known.get(call));
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), PATIENCE_MS);
        waiting.set(call, (leg) => {
          clearTimeout(timer);
          waiting.delete(call);
          resolve(leg);
        });
      });
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

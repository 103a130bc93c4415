// How long Twilio waits for an answer while agents' pages are open: whole calls at 600 webhooks a second, with 2 to 400 pages,
// beside stock express + twilio.webhook() at the same rate. How long the pages take to open, and what a webhook costs the server's
// processor: the one figure that other programs on the machine do not change.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { startDialling } from "./pages-rest.mjs";
import { percentile, report } from "./numbers.mjs";
import { ACCOUNT, VOICE_PATH, sign } from "./webhook-calls.mjs";

const PAGES = [2, 40, 200, 400];
const PER_SECOND = 600;
const SECONDS = 8;
/** Webhooks of one call, from its ring to its end. */
const PER_CALL = 8;
const SERVER = fileURLToPath(new URL("pages-server.mjs", import.meta.url));

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** Sends a signed webhook. Resolves with ms until the whole answer was there. */
async function webhook(origin, path, params) {
  const fields = { AccountSid: ACCOUNT, ApiVersion: "2010-04-01", ...params };
  const body = new URLSearchParams(fields).toString();
  const begun = performance.now();
  const ask = request(origin + path, {
    agent,
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
      "x-twilio-signature": sign(origin + path, fields),
    },
  });
  ask.end(body);
  const [response] = await once(ask, "response");
  await response.resume().toArray();
  if (response.statusCode >= 300) throw new Error(`${path}: ${response.statusCode}`);
  return performance.now() - begun;
}

const sid = (kind, n) => kind + n.toString(16).padStart(32, "0");

/** The webhooks of one call, in the order in which Twilio sends them. `dialled` resolves with the agent's leg. */
async function playCall(origin, n, dialled, times) {
  const call = sid("CA", n);
  const conference = { ConferenceSid: sid("CF", n), FriendlyName: call };
  const send = async (path, params) => void times.push(await webhook(origin, path, params));
  const event = (name, leg) =>
    send("/conference/events", { ...conference, StatusCallbackEvent: name, ...leg });
  await send(VOICE_PATH, { CallSid: call, CallStatus: "ringing", From: "+15550199", To: "+15550100" });
  const customer = { CallSid: call, ParticipantLabel: "customer" };
  await event("participant-join", customer);
  const leg = await dialled(call);
  if (!leg) return;
  const status = (CallStatus) =>
    send(`/call/events?call=${call}&leg=${leg.label}`, { CallSid: leg.callSid, CallStatus });
  await status("ringing");
  await status("in-progress");
  await event("participant-join", { CallSid: leg.callSid, ParticipantLabel: leg.label });
  await event("participant-leave", customer);
  await event("participant-leave", { CallSid: leg.callSid, ParticipantLabel: leg.label });
  await status("completed");
}

async function playStock(origin, n, times) {
  for (let i = 0; i < PER_CALL; i += 1)
    times.push(
      await webhook(origin, VOICE_PATH, {
        CallSid: sid("CA", n * PER_CALL + i),
        CallStatus: "ringing",
        From: "+15550199",
      }),
    );
}

/** Begins calls at an even pace, whether the earlier ones are answered or not. */
async function pace(play) {
  const calls = [];
  const count = (PER_SECOND * SECONDS) / PER_CALL;
  const begun = performance.now();
  for (let n = 0; n < count; n += 1) {
    const due = begun + (n * 1000 * PER_CALL) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    calls.push(play(n + 1));
  }
  const outcomes = await Promise.allSettled(calls);
  return outcomes.filter(({ status }) => status === "rejected").length;
}

async function ask(child) {
  child.send("processor time");
  const [ms] = await once(child, "message");
  return ms;
}

async function withServer(kind, pages, restPort, work) {
  const child = spawn(process.execPath, [SERVER, kind, String(pages), String(restPort)], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const [line] = await once(child.stdout, "data");
  try {
    return await work({ ...JSON.parse(String(line)), processorMs: () => ask(child) });
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

/** Opens an agent's page and says that calls can ring in it, as the page does. */
async function openPage({ origin, cookie, agent: id }) {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/api/events?agent=${id}`, {
    headers: { cookie, origin },
  });
  await once(socket, "message");
  socket.on("message", (/** @type {Buffer} */ bytes) => {
    if (bytes.toString().includes('"event":"ping"')) socket.send('{"event":"pong","data":{}}');
  });
  socket.send('{"event":"ready","data":{"ready":true}}');
  return socket;
}

async function measureOurs(pages) {
  const rest = await startDialling();
  try {
    return await withServer("ours", pages, rest.port, async ({ origin, cookies, processorMs }) => {
      const begun = performance.now();
      const sockets = await Promise.all(
        Object.entries(cookies).map(([id, cookie]) => openPage({ origin, cookie, agent: id })),
      );
      const openedIn = performance.now() - begun;
      const [times, before] = [[], await processorMs()];
      const failed = await pace((n) => playCall(origin, n, (call) => rest.dialled(call), times));
      const spent = (await processorMs()) - before;
      for (const socket of sockets) socket.terminate();
      return { openedIn, times, failed, spent };
    });
  } finally {
    rest.close();
  }
}

const measureStock = () =>
  withServer("stock", 0, 9, async ({ origin, processorMs }) => {
    const [times, before] = [[], await processorMs()];
    const failed = await pace((n) => playStock(origin, n, times));
    return { times, failed, spent: (await processorMs()) - before };
  });

const figures = ({ times, failed, spent }) =>
  `${(spent / times.length).toFixed(2)} ms of processor a webhook, p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms, ${times.length} answered, ${failed} calls failed`;

export async function benchPages() {
  const rows = [["stock express", figures(await measureStock())]];
  for (const pages of PAGES) {
    const result = await measureOurs(pages);
    rows.push([
      `${pages} pages`,
      `${figures(result)}; pages opened in ${(result.openedIn / 1000).toFixed(1)} s`,
    ]);
  }
  report(
    `Webhooks at ${PER_SECOND} a second while agents' pages are open (aim: p99 under 50 ms with 200 pages)`,
    rows,
  );
}

// Signed voice webhooks a second, each of a new call: bare node:http, stock express + twilio.webhook(), ours with its records
// in memory, and ours with its records kept in a file.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { fileURLToPath } from "node:url";
import { median, report } from "./numbers.mjs";
import { signedCalls } from "./webhook-calls.mjs";

const ROUNDS = 3;
const CONNECTIONS = 16;
const CALLS_EACH = 1_500;
const KINDS = ["bare", "stock", "ours", "kept"];
const SERVER = fileURLToPath(new URL("webhook-server.mjs", import.meta.url));

async function withServer(kind, work) {
  const folder = await mkdtemp(join(tmpdir(), "warm-transfer-bench-"));
  const child = spawn(process.execPath, [SERVER, kind, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  try {
    return await work(`http://127.0.0.1:${String(port).trim()}`);
  } finally {
    child.kill();
    await once(child, "exit");
    await rm(folder, { recursive: true });
  }
}

/**
 * Each connection brings calls of its own: no Call SID is sent twice. They are signed before the time is taken, which runs
 * from the first answer to the last: autocannon's own duration counts its start and is rounded up to whole seconds.
 */
async function load(origin) {
  const calls = Array.from({ length: CONNECTIONS }, (_, index) =>
    signedCalls(origin, CALLS_EACH, CALLS_EACH * index),
  );
  const run = autocannon({
    url: origin,
    connections: CONNECTIONS,
    amount: CONNECTIONS * CALLS_EACH,
    setupClient: (client) => client.setRequests(calls.pop()),
  });
  const answeredAt = [];
  run.on("response", () => answeredAt.push(performance.now()));
  const result = await run;
  return { result, perSecond: ((answeredAt.length - 1) / (answeredAt.at(-1) - answeredAt[0])) * 1000 };
}

async function measure(kind) {
  const { result, perSecond } = await withServer(kind, load);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${kind}: ${result.non2xx} refused, ${result.errors} errors; the figures would mean nothing`,
    );
  return { perSecond, p99: result.latency.p99 };
}

export async function benchWebhooks() {
  const results = Object.fromEntries(KINDS.map((kind) => [kind, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of KINDS) results[kind].push(await measure(kind));
  const rate = (kind) => median(results[kind].map((r) => r.perSecond));
  // Round by round: the servers of one round share whatever else the machine does.
  const over = (one, other) =>
    median(results[one].map((r, i) => r.perSecond / results[other][i].perSecond)).toFixed(2);
  report(
    `Signed voice webhooks, ${CONNECTIONS} connections (median of ${ROUNDS}, interleaved; aim: at least twice stock)`,
    [
      ...KINDS.map((kind) => [
        kind,
        `${rate(kind).toFixed(0)} a second, p99 ${median(results[kind].map((r) => r.p99))} ms`,
      ]),
      ["ours over stock", over("ours", "stock")],
      ["ours over bare", over("ours", "bare")],
      ["kept in a file over stock", over("kept", "stock")],
    ],
  );
}

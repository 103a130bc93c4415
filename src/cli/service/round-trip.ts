import type { RunningServer } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Health } from "../../server/control-api.ts";
import { type Pause, pauseFor } from "../pause.ts";
import { HandshakeError, openStream } from "../stream.ts";
import { noStreams, notThisServer, unreachable } from "./round-trip-errors.ts";

/** Without it, ngrok answers with its interstitial page (ngrok.com/docs). */
const HEADERS = { "ngrok-skip-browser-warning": "1", accept: "application/json" };
const ATTEMPT_MS = 5000;
const PAUSE_MS = 500;
/** In characters; a health response is much shorter. */
const LONGEST_ANSWER = 2000;

export interface RoundTripOptions {
  /** How long to retry, in ms. */
  patienceMs: number;
  /** Time-out of one attempt, in ms. */
  tryMs?: number;
  pause?: Pause;
  now?: () => number;
  /** Aborts the retries. */
  stopped?: AbortSignal;
}

const NEVER = new AbortController().signal;

type Expected = Pick<RunningServer, "instance" | "port">;

function instanceIn(text: string): string | undefined {
  try {
    const { instance } = JSON.parse(text) as Partial<Health>;
    return typeof instance === "string" ? instance : undefined;
  } catch {
    return undefined;
  }
}

/** How the response differs from this server's; undefined if it does not. */
function mismatchIn(response: Response, text: string, instance: string): string | undefined {
  if (response.status >= 300 && response.status < 400) return "it sends on to another address";
  if (response.status !== 200) return `it answers with HTTP ${response.status}`;
  const found = text.length <= LONGEST_ANSWER ? instanceIn(text) : undefined;
  if (found === undefined) return "another program answers";
  return found === instance ? undefined : "another warm-transfer server answers";
}

/** The instance in the stream's first message; undefined if the stream ends without one. */
async function firstMessage(url: string, signal: AbortSignal): Promise<string | undefined> {
  const stream = await openStream(url, HEADERS, signal);
  try {
    for await (const { event, data } of stream.events)
      if (event === "health") return (data as Partial<Health>).instance;
    return undefined;
  } finally {
    stream.close();
  }
}

/** Runs after the request, which shows whose address it is. */
async function tryStream(
  publicUrl: string,
  { instance, port }: Expected,
  signal: AbortSignal,
): Promise<AppError | undefined> {
  const { host } = new URL(publicUrl);
  try {
    const found = await firstMessage(`${publicUrl}/healthz`, signal);
    if (found === instance) return undefined;
    if (found !== undefined) return notThisServer(host, port, "another warm-transfer server answers streams");
    return noStreams(host, signal.aborted ? "no message arrives" : "it closes them at once");
  } catch (thrown) {
    if (thrown instanceof HandshakeError)
      return noStreams(host, `it answers them with HTTP ${thrown.response.status}`);
    const isLate = signal.aborted || (thrown instanceof Error && thrown.name === "AbortError");
    return noStreams(host, isLate ? "they do not open" : "the connection breaks");
  }
}

async function tryRequest(
  publicUrl: string,
  { instance, port }: Expected,
  signal: AbortSignal,
): Promise<AppError | undefined> {
  const { host } = new URL(publicUrl);
  try {
    const response = await fetch(`${publicUrl}/healthz`, { headers: HEADERS, redirect: "manual", signal });
    const mismatch = mismatchIn(response, await response.text(), instance);
    return mismatch === undefined ? undefined : notThisServer(host, port, mismatch);
  } catch (thrown) {
    return unreachable(host, thrown);
  }
}

async function tryOnce(
  publicUrl: string,
  server: Expected,
  limit: () => AbortSignal,
): Promise<AppError | undefined> {
  return (await tryRequest(publicUrl, server, limit())) ?? tryStream(publicUrl, server, limit());
}

/**
 * Verifies that a public URL leads to this process, for requests and for WebSockets: `/healthz` returns the server's
 * instance to both.
 * @throws AppError network, timeout or conflict
 */
export async function checkRoundTrip(
  publicUrl: string,
  server: Expected,
  {
    patienceMs,
    tryMs = ATTEMPT_MS,
    pause = pauseFor,
    now = () => performance.now(),
    stopped = NEVER,
  }: RoundTripOptions,
): Promise<void> {
  const end = now() + patienceMs;
  for (;;) {
    const limit = (): AbortSignal => AbortSignal.any([AbortSignal.timeout(tryMs), stopped]);
    const error = await tryOnce(publicUrl, server, limit);
    if (error === undefined) return;
    if (stopped.aborted || now() + PAUSE_MS > end) throw error;
    await pause(PAUSE_MS, stopped);
  }
}

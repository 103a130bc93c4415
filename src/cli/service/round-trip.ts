import type { RunningServer } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Health } from "../../server/control-api.ts";
import { type Pause, pauseFor } from "../pause.ts";
import { HandshakeError, openStream } from "../stream.ts";
import { noStreams, notThisServer, unreachable } from "./round-trip-errors.ts";

/** Without it ngrok shows browsers, and what it takes for one, a page of its own (ngrok.com/docs, "interstitial"). */
const HEADERS = { "ngrok-skip-browser-warning": "1", accept: "application/json" };
const ATTEMPT_MS = 5000;
const PAUSE_MS = 500;
/** A health answer is much shorter. */
const LONGEST_ANSWER = 2000;

export interface RoundTripOptions {
  /** How long it is tried again, in ms. */
  patienceMs: number;
  /** How long one try may take, in ms. */
  tryMs?: number;
  pause?: Pause;
  now?: () => number;
  /** Nobody waits any more. */
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

/** What came instead of our answer; undefined when it is ours. */
function mismatchIn(response: Response, text: string, instance: string): string | undefined {
  if (response.status >= 300 && response.status < 400) return "it sends on to another address";
  if (response.status !== 200) return `it answers with HTTP ${response.status}`;
  const found = text.length <= LONGEST_ANSWER ? instanceIn(text) : undefined;
  if (found === undefined) return "another program answers";
  return found === instance ? undefined : "another warm-transfer server answers";
}

/** The instance that the first message of a stream names; undefined when the stream ends without one. */
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

/** Whether a stream comes through; after the request, which shows whose address it is. */
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
 * Makes sure that a public URL leads to this very process, for requests and for streams: `/healthz` says the server's
 * instance to both.
 * @throws AppError network, timeout or conflict that says what came instead
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

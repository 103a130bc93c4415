import type { RunningServer } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Health } from "../../server/control-api.ts";
import { type Pause, pauseFor } from "../pause.ts";
import { notThisServer, unreachable } from "./round-trip-errors.ts";

/** Without it ngrok shows browsers, and what it takes for one, a page of its own (ngrok.com/docs, "interstitial"). */
const HEADERS = { "ngrok-skip-browser-warning": "1", accept: "application/json" };
const TRY_MS = 5000;
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

type Known = Pick<RunningServer, "instance" | "port">;

function instanceIn(text: string): string | undefined {
  try {
    const { instance } = JSON.parse(text) as Partial<Health>;
    return typeof instance === "string" ? instance : undefined;
  } catch {
    return undefined;
  }
}

/** What came instead of our answer; undefined when it is ours. */
function whatCame(response: Response, text: string, instance: string): string | undefined {
  if (response.status >= 300 && response.status < 400) return "it sends on to another address";
  if (response.status !== 200) return `it answers with HTTP ${response.status}`;
  const found = text.length <= LONGEST_ANSWER ? instanceIn(text) : undefined;
  if (found === undefined) return "another program answers";
  return found === instance ? undefined : "another warm-transfer server answers";
}

async function tryOnce(
  publicUrl: string,
  { instance, port }: Known,
  signal: AbortSignal,
): Promise<AppError | undefined> {
  const { host } = new URL(publicUrl);
  try {
    const response = await fetch(`${publicUrl}/healthz`, { headers: HEADERS, redirect: "manual", signal });
    const came = whatCame(response, await response.text(), instance);
    return came === undefined ? undefined : notThisServer(host, port, came);
  } catch (thrown) {
    return unreachable(host, thrown);
  }
}

/**
 * Makes sure that a public URL leads to this very process: `GET /healthz` through it tells the server's instance.
 * @throws AppError network, timeout or conflict that says what came instead
 */
export async function checkRoundTrip(
  publicUrl: string,
  server: Known,
  { patienceMs, tryMs = TRY_MS, pause = pauseFor, now = Date.now, stopped = NEVER }: RoundTripOptions,
): Promise<void> {
  const end = now() + patienceMs;
  for (;;) {
    const error = await tryOnce(publicUrl, server, AbortSignal.any([AbortSignal.timeout(tryMs), stopped]));
    if (error === undefined) return;
    if (stopped.aborted || now() + PAUSE_MS > end) throw error;
    await pause(PAUSE_MS, stopped);
  }
}

import { AppError, toAppError } from "../../errors.ts";
import type { WatchEvents } from "../../server/control-api.ts";
import { pauseFor } from "../pause.ts";
import type { Control } from "./control.ts";

/** One event of the watch stream. */
export type Watched = {
  [Name in keyof WatchEvents]: { event: Name; data: WatchEvents[Name] };
}[keyof WatchEvents];

export interface WatchOptions {
  signal: AbortSignal;
  /** For how long a broken stream is tried again, in milliseconds. */
  patienceMs: number;
  /** Told when the stream has broken and when it is back. */
  info: (text: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;

const NAMES: readonly string[] = ["snapshot", "call", "story"] satisfies (keyof WatchEvents)[];

/** One connection's events; ends when the connection does. */
async function* connection(
  control: Control,
  signal: AbortSignal,
  connected: () => void,
): AsyncGenerator<Watched> {
  const left = new AbortController();
  const events = await control.watch(AbortSignal.any([signal, left.signal]));
  connected();
  try {
    for await (const { event, data } of events) if (NAMES.includes(event)) yield { event, data } as Watched;
  } finally {
    left.abort();
  }
}

const isTransient = ({ category }: AppError): boolean => category === "network" || category === "timeout";

/**
 * Events of all calls, beginning with a snapshot, until the signal is aborted. A broken stream is opened again, and then
 * begins with a snapshot again.
 * @throws AppError when the first connection fails, when the server is not back in time, or when it refuses
 */
export async function* watchCalls(control: Control, options: WatchOptions): AsyncGenerator<Watched> {
  const { signal, patienceMs, info } = options;
  let lostAt: number | undefined;
  let waitMs = FIRST_PAUSE_MS;
  let wasConnected = false;
  const connected = (): void => {
    if (wasConnected) info("Reconnected.");
    [wasConnected, lostAt, waitMs] = [true, undefined, FIRST_PAUSE_MS];
  };
  for (;;) {
    const failure = yield* untilBroken(connection(control, signal, connected));
    if (signal.aborted) return;
    if (failure && (!wasConnected || !isTransient(failure))) throw failure;
    if (lostAt === undefined) info(`Lost the connection to ${control.url}; reconnecting.`);
    lostAt ??= performance.now();
    if (performance.now() - lostAt > patienceMs) throw reconnectTimeout(control.url, patienceMs, failure);
    await pauseFor(waitMs, signal);
    waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Passes events on. @returns what has broken the stream, if it has not just ended */
async function* untilBroken(events: AsyncGenerator<Watched>): AsyncGenerator<Watched, AppError | undefined> {
  try {
    yield* events;
    return undefined;
  } catch (thrown) {
    const isOurs = thrown instanceof AppError;
    return isOurs ? thrown : new AppError("network", toAppError(thrown).message, { cause: thrown });
  }
}

function reconnectTimeout(url: string, patienceMs: number, cause: unknown): AppError {
  return new AppError("network", `The server at ${url} did not return within ${patienceMs / 1000} s.`, {
    hint: "Check that it is running, or pass --timeout 5m to wait longer.",
    cause,
  });
}

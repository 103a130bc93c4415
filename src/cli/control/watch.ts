import { AppError, toAppError } from "../../errors.ts";
import type { WatchEvents } from "../../server/control-api.ts";
import { pauseFor } from "../pause.ts";
import type { Control } from "./control.ts";

export type Watched = {
  [Name in keyof WatchEvents]: { event: Name; data: WatchEvents[Name] };
}[keyof WatchEvents];

export interface WatchOptions {
  signal: AbortSignal;
  /** How long to try to reconnect, in milliseconds. */
  patienceMs: number;
  /** Called when the connection is lost and when it is back. */
  info: (text: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;

const NAMES: readonly string[] = ["snapshot", "call", "story"] satisfies (keyof WatchEvents)[];

/** The events of one connection; ends with it. */
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
 * Events of all calls until the signal is aborted. Reconnects a broken stream. Each connection starts with a snapshot.
 * @throws AppError when the first connection fails, when reconnecting times out, or when the server refuses
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

/** Yields the events. @returns the error that broke the stream; undefined if it ended */
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

import { AppError, toAppError } from "../errors.ts";
import { type Listeners, createListeners } from "./listeners.ts";
import { type Kind, type Opened, openOnce } from "./open-once.ts";
import type { Clock, Tunnel, TunnelOptions } from "./tunnel.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After this long without a connection, a new tunnel is opened. */
const AWAY_MS = 30_000;

const lost = (name: string): AppError =>
  new AppError("network", `The tunnel lost its connection to ${name} and is reconnecting.`, {
    hint: "Check this machine's network. Until then, new callers hear the number's fallback.",
  });

const ended = (name: string): AppError =>
  new AppError("network", `The ${name} tunnel closed and is being reopened.`, {
    hint: "Until then, new callers hear the number's fallback.",
  });

function pause(ms: number, clock: Clock, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (closing.aborted) return resolve();
    const stop = (): void => (timer.cancel(), resolve());
    const timer = clock.after(ms, () => {
      closing.removeEventListener("abort", stop);
      resolve();
    });
    closing.addEventListener("abort", stop, { once: true });
  });
}

/** Resolves when the tunnel closes; closes one that has been disconnected for too long. */
async function untilEnded({ child }: Opened, clock: Clock, onLost: () => void): Promise<void> {
  let patience: { cancel(): void } | undefined;
  child.onReport(({ kind }) => {
    if (kind === "away" && !patience) {
      patience = clock.after(AWAY_MS, () => void child.stop());
      onLost();
    }
    if (kind !== "back") return;
    patience?.cancel();
    patience = undefined;
  });
  await child.ended;
  patience?.cancel();
}

/** Retries with doubling pauses until it succeeds or is closed. */
function createReopen(
  kind: Kind,
  options: TunnelOptions,
  closing: AbortSignal,
  troubles: Listeners<AppError>,
) {
  let pauseMs = FIRST_PAUSE_MS;
  return {
    /** A reopened tunnel must stay open for a while before the pauses shrink again. */
    proves: () => options.clock.after(LONGEST_PAUSE_MS, () => void (pauseMs = FIRST_PAUSE_MS)),
    async again(): Promise<Opened | undefined> {
      while (!closing.aborted) {
        await pause(pauseMs, options.clock, closing);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        if (closing.aborted) break;
        try {
          return await openOnce(kind, options, closing);
        } catch (thrown) {
          if (!closing.aborted) troubles.notify(toAppError(thrown));
        }
      }
      return undefined;
    },
  };
}

/**
 * Opens a tunnel and keeps it open: when its process ends or stays disconnected, another one starts, after pauses that
 * double up to 30 s. `close` works in every state.
 * @throws AppError when the first one cannot be opened; nothing runs then
 */
export async function keepOpen(kind: Kind, options: TunnelOptions): Promise<Tunnel> {
  const [changes, troubles] = [createListeners<string>(), createListeners<AppError>()];
  const closing = new AbortController();
  const reopen = createReopen(kind, options, closing.signal, troubles);
  const first = await openOnce(kind, options, closing.signal);
  let { url } = first;
  /** A listener that throws must not stop the tunnel from being kept open. */
  const tellChange = (next: string): void => {
    url = next;
    try {
      changes.notify(next);
    } catch (thrown) {
      troubles.notify(toAppError(thrown));
    }
  };

  const live = async (): Promise<void> => {
    for (let opened: Opened | undefined = first; opened; opened = await reopen.again()) {
      const { child } = opened;
      const stop = (): void => void child.stop();
      closing.signal.addEventListener("abort", stop);
      const proof = reopen.proves();
      if (opened.url !== url) tellChange(opened.url);
      await untilEnded(opened, options.clock, () => troubles.notify(lost(kind.name)));
      proof.cancel();
      closing.signal.removeEventListener("abort", stop);
      if (!closing.signal.aborted) troubles.notify(ended(kind.name));
    }
  };
  const life = live();
  return {
    get url() {
      return url;
    },
    onChange: (listener) => changes.add(listener),
    onTrouble: (listener) => troubles.add(listener),
    close() {
      closing.abort();
      return life;
    },
  };
}

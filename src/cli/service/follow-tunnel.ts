import type { RunningServer } from "../../compose/server.ts";
import type { Tunnel } from "../../compose/tunnel.ts";
import { toAppError } from "../../errors.ts";
import type { ServiceDeps } from "./events.ts";
import type { ManagedNumber } from "./managed-number.ts";
import { type Pause, pauseFor } from "../pause.ts";
import { checkRoundTrip } from "./round-trip.ts";

type Parts = {
  tunnel: Pick<Tunnel, "onChange" | "onTrouble">;
  server: Pick<RunningServer, "setPublicUrl" | "instance" | "port">;
  number: Pick<ManagedNumber, "point">;
  /** How long to try a new address before reporting that it does not lead here. */
  patienceMs: number;
  pause?: Pause;
};

/** Before a retry. */
const PAUSE_MS = 5000;

/**
 * Follows a tunnel to each new address: the server uses it at once, and the number points there once it leads here. Retries an
 * address that does not lead here until there is another one. Returns a function that stops.
 */
export function followTunnel(
  { tunnel, server, number, patienceMs, pause = pauseFor }: Parts,
  { onEvent, onError }: Pick<ServiceDeps, "onEvent" | "onError">,
): () => Promise<void> {
  let current = new AbortController();
  let following = Promise.resolve();

  const follow = async (url: string, stopped: AbortSignal): Promise<void> => {
    while (!stopped.aborted) {
      try {
        await checkRoundTrip(url, server, { patienceMs, stopped });
        if (!stopped.aborted) await number.point(url);
        return;
      } catch (thrown) {
        if (!stopped.aborted) onError(toAppError(thrown));
        await pause(PAUSE_MS, stopped);
      }
    }
  };
  const stops = [
    tunnel.onTrouble(onError),
    tunnel.onChange((url) => {
      current.abort();
      current = new AbortController();
      server.setPublicUrl(url);
      onEvent({ event: "tunnel-changed", at: Date.now(), url });
      const { signal } = current;
      following = following.then(() => follow(url, signal));
    }),
  ];
  return async () => {
    for (const stop of stops) stop();
    current.abort();
    await following;
  };
}

import { AppError } from "../errors.ts";
import type { Child } from "./child.ts";
import type { TunnelOptions } from "./tunnel.ts";

export interface Kind {
  /** Its name in messages: `ngrok`. */
  readonly name: string;
  start(): Child;
  /** @param message of the program */
  explain(message: string): AppError;
}

export interface Opened {
  readonly url: string;
  readonly child: Child;
}

function tooLate(name: string, ms: number): AppError {
  return new AppError("timeout", `${name} did not open a tunnel within ${ms / 1000} s.`, {
    hint: "The network may block it: try another network, or pass your own --public-url.",
  });
}

/**
 * Starts one process and waits for its address, until `closing` is aborted.
 * @throws AppError; nothing runs then
 */
export async function openOnce(
  kind: Kind,
  { clock, deadlineMs }: TunnelOptions,
  closing: AbortSignal,
): Promise<Opened> {
  const child = kind.start();
  const stopWaiting = new AbortController();
  const address = new Promise<string>((resolve, reject) => {
    const giveUp = (): void => reject(new AppError("conflict", "The tunnel is being closed."));
    closing.addEventListener("abort", giveUp, { signal: stopWaiting.signal });
    const deadline = clock.after(deadlineMs, () => reject(tooLate(kind.name, deadlineMs)));
    stopWaiting.signal.addEventListener("abort", () => deadline.cancel());
    child.onReport((report) => {
      if (report.kind === "open") resolve(report.url);
      if (report.kind === "failed") reject(kind.explain(report.message));
    });
    void child.ended.then(() => reject(kind.explain("its process ended")));
  });
  try {
    return { url: await address, child };
  } catch (thrown) {
    await child.stop();
    throw thrown;
  } finally {
    stopWaiting.abort();
  }
}

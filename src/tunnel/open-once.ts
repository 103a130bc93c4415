import { AppError } from "../errors.ts";
import type { Child } from "./child.ts";
import type { TunnelOptions } from "./tunnel.ts";

/** One kind of tunnel: how it is started and what its failures mean. */
export interface Kind {
  /** As it stands in sentences: `ngrok`. */
  readonly name: string;
  start(): Child;
  /** @param message what the program said */
  explain(message: string): AppError;
}

/** A tunnel that is open as long as its process runs. */
export interface Opened {
  readonly url: string;
  readonly child: Child;
}

function tooLate(name: string, ms: number): AppError {
  return new AppError("timeout", `${name} did not open a tunnel within ${ms / 1000} s.`, {
    hint: "The network may swallow its connections: try another one, or give an address of your own with --public-url.",
  });
}

/**
 * Starts one process and waits for its address.
 * @param closing aborted: it is not wanted any more
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
    void child.ended.then(() => reject(kind.explain("its process has ended")));
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

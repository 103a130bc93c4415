import { AppError, toAppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { DONE, FAILED } from "../exit-codes.ts";
import type { LiveView } from "../live/view.ts";
import { withTimeout } from "../with-timeout.ts";
import { pauseFor } from "../pause.ts";
import type { Service } from "../service/start-service.ts";
import { untilNoCalls } from "./drain.ts";

/** Within the 3 s that a command has to end. */
const RESTORE_MS = 2000;
const CLOSE_MS = 700;
/** Time for the rest, when calls were waited for. */
const CLEANUP_MS = 10_000;

export interface EndOptions {
  service: Service;
  view: LiveView;
  /** How long to wait for live calls, in ms. Null: leave them to Twilio at once. */
  drainMs: number | null;
}

const calls = (count: number): string => (count === 1 ? "1 call" : `${count} calls`);

function leftWords(count: number, { config }: Service["plan"]): string {
  const left = `${calls(count)} left to Twilio: conversations carry on, but no agent answers a waiting customer.`;
  if (!config.storeUrl.startsWith("file:")) return left;
  return `${left}\nTo take up the calls that are still live, run: warm-transfer start`;
}

function timeWords(ms: number): string {
  return ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`;
}

/** A number that someone else has changed does not point here, and stays theirs. */
function notRestored(cause: AppError): AppError {
  if (cause.category === "conflict") return cause;
  return new AppError(cause.category, `The number still points at this server: ${cause.message}`, {
    hint: "When Twilio can be reached, run: warm-transfer number reset",
    cause,
  });
}

/** Refuses new calls. @returns whether the number is restored */
async function releaseNumber({ service, view }: EndOptions, ms: number): Promise<boolean> {
  try {
    await withTimeout(service.releaseNumber(), "Twilio to restore the number", ms);
    return true;
  } catch (thrown) {
    view.error(notRestored(toAppError(thrown)));
    return false;
  }
}

async function wait({ service, view }: EndOptions, limitMs: number): Promise<void> {
  await untilNoCalls(service.server, {
    limitMs,
    onCount: (count) => {
      if (count > 0)
        view.announce(
          { event: "draining", at: Date.now(), calls: count },
          `Waiting for ${calls(count)} to end, at most ${timeWords(limitMs)}. Ctrl-C stops at once.`,
        );
    },
  });
}

/**
 * Stops a service in order: refuses new calls, restores the number, waits for calls or leaves them, closes everything.
 * @returns the exit code: 1 when the number could not be restored
 */
export async function endService(ending: EndOptions, { output, shutdown }: Context): Promise<number> {
  const { service, view, drainMs } = ending;
  if (drainMs !== null) shutdown.extendGrace(drainMs + CLEANUP_MS);
  output.event({ event: "ending", at: Date.now(), calls: (await service.server.calls()).length });
  view.info("Stopping: the server refuses new calls and restores the number.");
  const restored = await releaseNumber(ending, drainMs === null ? RESTORE_MS : CLEANUP_MS / 2);
  if (drainMs !== null) await wait(ending, drainMs);
  const left = (await service.server.calls()).length;
  view.close();
  if (left > 0) output.info(leftWords(left, service.plan));
  await Promise.race([service.close(), pauseFor(CLOSE_MS)]);
  output.event({ event: "ended", at: Date.now(), calls: left });
  return restored ? DONE : FAILED;
}

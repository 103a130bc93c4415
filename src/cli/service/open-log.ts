import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { toAppError } from "../../errors.ts";
import { type Log, createLog, logError } from "../../compose/log.ts";
import type { ServiceDeps } from "./events.ts";
import type { ServicePlan } from "./plan.ts";

export interface ServiceLog {
  /** For the server. */
  readonly log: Log | undefined;
  /** Also logs what happens. */
  readonly deps: ServiceDeps;
  close(): Promise<void>;
}

/** Errors are shown to people and logged; if both went to standard error, they are only logged. */
function alsoTo(log: Log, destination: ServicePlan["log"], deps: ServiceDeps): ServiceDeps {
  return {
    ...deps,
    onEvent(serviceEvent) {
      const { event, at: _at, ...fields } = serviceEvent;
      // The server logs its own start.
      const level = event === "clock-skewed" ? "warn" : "info";
      if (event !== "server-started") log[level](event.replaceAll("-", " "), fields);
      deps.onEvent(serviceEvent);
    },
    onError(error) {
      logError(log, error);
      if (destination !== "stderr") deps.onError(error);
    },
  };
}

/** Opens a plan's log. While it is a file without a terminal, SIGHUP reopens it. @throws AppError config when the file cannot be written */
export async function openServiceLog(
  { log: destination }: ServicePlan,
  deps: ServiceDeps,
): Promise<ServiceLog> {
  if (destination === null) return { log: undefined, deps, close: async () => undefined };
  // If the folder cannot be made, opening the file in it fails.
  if (destination !== "stderr")
    await mkdir(dirname(destination.file), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const log = await createLog({ destination, level: "info" });
  if (destination !== "stderr" && destination.reopens)
    deps.shutdown.onSighup(
      () => void log.reopen().catch((thrown: unknown) => deps.onError(toAppError(thrown))),
    );
  return {
    log,
    deps: alsoTo(log, destination, deps),
    async close() {
      deps.shutdown.onSighup(null);
      await log.close();
    },
  };
}

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type Log, createLog, logError } from "../../compose/log.ts";
import type { ServiceDeps } from "./events.ts";
import type { ServicePlan } from "./plan.ts";

export interface ServiceLog {
  /** For the server. */
  readonly log: Log | undefined;
  /** Tells what happens, and logs it. */
  readonly deps: ServiceDeps;
  close(): Promise<void>;
}

/** Errors are told to people, and logged; where both would end in the same place, they are only logged. */
function alsoTo(log: Log, destination: ServicePlan["log"], deps: ServiceDeps): ServiceDeps {
  return {
    ...deps,
    tell(told) {
      const { event, at: _at, ...fields } = told;
      // The server says that itself.
      if (event !== "server-started") log.info(event.replaceAll("-", " "), fields);
      deps.tell(told);
    },
    onError(error) {
      logError(log, error);
      if (destination !== "stderr") deps.onError(error);
    },
  };
}

/** Opens what a plan says of the log. @throws AppError config when the file cannot be written */
export async function openServiceLog(
  { log: destination }: ServicePlan,
  deps: ServiceDeps,
): Promise<ServiceLog> {
  if (destination === null) return { log: undefined, deps, close: async () => undefined };
  // A folder that cannot be made is told when the file in it cannot be opened.
  if (destination !== "stderr")
    await mkdir(dirname(destination.file), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const log = await createLog({ destination, level: "info" });
  return { log, deps: alsoTo(log, destination, deps), close: () => log.close() };
}

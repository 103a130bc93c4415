import { AppError } from "../errors.ts";
import { type LogOptions, openLog } from "../log/create-log.ts";
import { logError } from "../log/log-error.ts";
import { type Log, NO_LOG } from "../log/log.ts";

export type { LogOptions } from "../log/create-log.ts";
export { logError } from "../log/log-error.ts";
export type { Log } from "../log/log.ts";

/** A server's log and its handler of errors. */
export interface Reporting {
  log: Log;
  onError: (error: AppError) => void;
  close(): Promise<void>;
}

/**
 * A given log stays open. Without a log or `onError`, warnings and errors go to standard error.
 */
export async function reportingFor(given: {
  log?: Log;
  onError?: (error: AppError) => void;
}): Promise<Reporting> {
  const own = given.log || given.onError ? NO_LOG : await createLog({ destination: "stderr", level: "warn" });
  const log = given.log ?? own;
  return {
    log,
    onError(error) {
      logError(log, error);
      given.onError?.(error);
    },
    close: () => own.close(),
  };
}

/**
 * Opens a log for `ServerDeps.log`. The caller closes it, after the server.
 * @throws AppError config when the file cannot be written to
 */
export async function createLog(options: LogOptions): Promise<Log> {
  return openLog(options).catch((thrown: NodeJS.ErrnoException) => {
    throw new AppError("config", `The log file cannot be opened: ${thrown.message}`, {
      hint: "Choose a file in a folder that you may write to.",
      cause: thrown,
    });
  });
}

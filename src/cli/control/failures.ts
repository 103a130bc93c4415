import { AppError } from "../../errors.ts";
import { networkTrouble } from "../../network-trouble.ts";

/** The error code when nothing listens at the address. */
export const NOT_RUNNING = "not-running";

const seconds = (ms: number): string => `${ms / 1000} s`;

export function responseTimeout(url: string, timeoutMs: number, cause?: unknown): AppError {
  return new AppError("timeout", `The server at ${url} did not answer within ${seconds(timeoutMs)}.`, {
    hint: "Try again, or pass --timeout 30s to wait longer.",
    cause,
  });
}

/** Converts an error of `fetch` to an AppError with a hint. */
export function requestFailure(url: string, timeoutMs: number, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const trouble = networkTrouble(thrown);
  if (trouble.kind === "late") return responseTimeout(url, timeoutMs, thrown);
  if (trouble.kind === "refused")
    return new AppError("network", `No server is running at ${url}.`, {
      hint: "Run warm-transfer start or warm-transfer sandbox, or pass --server URL.",
      code: NOT_RUNNING,
      cause: thrown,
    });
  return new AppError("network", `The server at ${url} could not be reached: ${trouble.words}.`, {
    hint: "Check the URL: --server URL",
    cause: thrown,
  });
}

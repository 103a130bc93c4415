import { AppError } from "../../errors.ts";

/** The code of the error when nothing listens at the address. */
export const NOT_RUNNING = "not-running";

/** Codes of node and its fetch, and what they mean. */
const MEANINGS: Record<string, string> = {
  ECONNRESET: "the connection broke",
  UND_ERR_SOCKET: "the connection broke",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
};

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  return codeOf(thrown.cause);
}

/** What is at the bottom of an error: fetch itself only says that it failed. */
function innermost(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : innermost(thrown.cause);
}

const isNamed = (thrown: unknown, name: string): boolean => thrown instanceof Error && thrown.name === name;

const seconds = (ms: number): string => `${ms / 1000} s`;

/** The error of a server that does not answer in time. */
export function tooLate(url: string, timeoutMs: number, cause?: unknown): AppError {
  return new AppError("timeout", `The server at ${url} did not answer within ${seconds(timeoutMs)}.`, {
    hint: "Try again, or wait longer: --timeout 30s",
    cause,
  });
}

/** What `fetch` has thrown, as an error that says what to do. */
export function requestFailure(url: string, timeoutMs: number, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isNamed(thrown, "TimeoutError")) return tooLate(url, timeoutMs, thrown);
  const code = codeOf(thrown);
  if (code === "ECONNREFUSED")
    return new AppError("network", `No server is running at ${url}.`, {
      hint: "Start one: warm-transfer start, or warm-transfer sandbox. --server URL names another one.",
      code: NOT_RUNNING,
      cause: thrown,
    });
  const meaning = MEANINGS[code ?? ""] ?? innermost(thrown);
  return new AppError("network", `The server at ${url} cannot be reached: ${meaning}.`, {
    hint: "Look at the address: --server URL names the server.",
    cause: thrown,
  });
}

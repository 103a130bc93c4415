/** Decides the HTTP status and the exit code (docs/architecture.md). */
export type ErrorCategory =
  | "usage"
  | "config"
  | "not-found"
  | "conflict"
  | "auth"
  | "network"
  | "timeout"
  | "twilio"
  | "internal";

interface ErrorDetails {
  hint?: string;
  code?: string;
  docs?: string;
  cause?: unknown;
}

/**
 * The one error class of the server and the command line.
 * `message` says what failed, `hint` the fix, `docs` links to a description. `code` is for programs, and finer than the
 * category.
 */
export class AppError extends Error {
  readonly category: ErrorCategory;
  readonly hint: string | undefined;
  readonly docs: string | undefined;
  readonly code: string | undefined;

  constructor(category: ErrorCategory, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.category = category;
    this.hint = details.hint;
    this.docs = details.docs;
    this.code = details.code;
  }
}

/** The code of an error or its cause, such as `ENOENT` or `ECONNREFUSED`. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  return systemCode(thrown.cause);
}

/** Converts any thrown value; one that is no AppError becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError("internal", message, { cause: thrown });
}

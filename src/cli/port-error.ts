import { AppError } from "../errors.ts";

function codeOf(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return undefined;
  return "code" in thrown ? thrown.code : codeOf(thrown.cause);
}

/**
 * A listening that failed, as an error that says what to type.
 * @param option the flag that chooses this port, as in `--port`
 */
export function portError(thrown: unknown, port: number, option: string): unknown {
  const code = codeOf(thrown);
  const details = { hint: `type ${option} 0 for any free port, or ${option} NUMBER`, cause: thrown };
  if (code === "EADDRINUSE")
    return new AppError("conflict", `port ${port} is taken by another program`, details);
  if (code === "EACCES")
    return new AppError("conflict", `port ${port} may not be used by this user`, details);
  return thrown;
}

import { AppError, systemCode } from "../errors.ts";

/**
 * Converts an error of `listen` to an AppError with a hint; returns others unchanged.
 * @param option the flag for this port, as in `--port`
 */
export function portError(thrown: unknown, port: number, option: string): unknown {
  const code = systemCode(thrown);
  const hint = `Stop the other program, or pass ${option} 0 for any free port.`;
  if (code === "EADDRINUSE")
    return new AppError("config", `Port ${port} is already in use.`, { hint, cause: thrown });
  if (code !== "EACCES") return thrown;
  return new AppError("config", `This user may not listen on port ${port}.`, {
    hint: "Pass a port above 1023.",
    cause: thrown,
  });
}

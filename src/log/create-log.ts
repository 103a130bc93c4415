import { maskNumbers } from "../mask.ts";
import { openFile, openStderr } from "./destination.ts";
import { createLineWriter } from "./line-writer.ts";
import type { Log, LogFields, LogLevel } from "./log.ts";

export interface LogOptions {
  /** A file is appended to (0600 if new). */
  destination: "stderr" | { file: string };
  /** The lowest level that is written. */
  level: LogLevel;
}

const lostLine = (lines: number): string =>
  `${JSON.stringify({ level: "warn", time: new Date().toISOString(), lines, msg: "log lines were lost" })}\n`;

const masked = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === "string" ? maskNumbers(value) : value,
    ]),
  );

/**
 * Opens a log of JSON lines: `level`, `time` (ISO 8601), fields, `msg`. Phone numbers are masked. A destination that fails
 * later loses lines, and blocks nothing.
 * @throws what the system throws when a file cannot be opened
 */
export async function openLog({ destination, level }: LogOptions): Promise<Log> {
  const { pino, stdTimeFunctions } = await import("pino");
  const file = destination === "stderr" ? openStderr() : await openFile(destination.file);
  const writer = createLineWriter(file, lostLine);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    writer,
  );
  const at =
    (name: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(name)) logger[name](masked(fields), maskNumbers(message));
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    writes: (name) => logger.isLevelEnabled(name),
    reopen: () => file.reopen(),
    close: () => writer.close(),
  };
}

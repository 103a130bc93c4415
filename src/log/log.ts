export type LogLevel = "debug" | "info" | "warn" | "error";

/** Fields of a line besides its message. Phone numbers are masked; secrets must not be passed. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

type Write = (message: string, fields?: LogFields) => void;

/** A log of JSON lines. Writing never waits and never throws. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  /** Whether lines of this level are written. */
  hears(level: LogLevel): boolean;
  /** Opens the log's file by its name again, after it was renamed. @throws what the system throws; the old file is kept then */
  reopen(): Promise<void>;
  /** Resolves when every line is written, or after a second. */
  close(): Promise<void>;
}

const nothing = (): void => {};

/** Drops every line. */
export const NO_LOG: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  hears: () => false,
  reopen: async () => {},
  close: async () => {},
};

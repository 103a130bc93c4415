export type LogLevel = "debug" | "info" | "warn" | "error";

/** Fields of a line in addition to its message. The log masks phone numbers; never pass secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

type Write = (message: string, fields?: LogFields) => void;

/** A log of JSON lines. Writing never waits and never throws. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  /** True if lines of this level are written. */
  writes(level: LogLevel): boolean;
  /** Reopens the log's file by its name. @throws what the system throws; then the old file stays open */
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
  writes: () => false,
  reopen: async () => {},
  close: async () => {},
};

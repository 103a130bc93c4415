export type LogLevel = "debug" | "info" | "warn" | "error";

/** What a line says besides its message. Whole numbers are masked; secrets must not be given. */
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
  /** Resolves when what was said is written, or after a second. */
  close(): Promise<void>;
}

const nothing = (): void => {};

/** A log that is read by nobody. */
export const NO_LOG: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  hears: () => false,
  close: async () => {},
};

import type { AppError } from "../errors.ts";

export interface Tunnel {
  /** The current origin, without a trailing slash. */
  readonly url: string;
  /** Calls the listener with each new address after the first. Returns a function that removes it. */
  onChange(listener: (url: string) => void): () => void;
  /** Calls the listener with each failure. Returns a function that removes it. */
  onTrouble(listener: (error: AppError) => void): () => void;
  /** Closes it at once, in any state. */
  close(): Promise<void>;
}

/** Injected, so that tests need not wait. */
export interface Clock {
  /** Runs `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): { cancel(): void };
}

export interface TunnelOptions {
  clock: Clock;
  /** Time to open, in milliseconds. */
  deadlineMs: number;
}

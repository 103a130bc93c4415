import type { AppError } from "../errors.ts";

/** A way from the internet to this machine's server. */
export interface Tunnel {
  /** Where it is now: scheme and host, without a trailing slash. */
  readonly url: string;
  /** Told each new address after the first one. Returns the way to stop. */
  onChange(listener: (url: string) => void): () => void;
  /** Told why nothing comes through, each time that it is found out. Returns the way to stop. */
  onTrouble(listener: (error: AppError) => void): () => void;
  /** Ends it; at once, whatever state it is in. */
  close(): Promise<void>;
}

/** Time for pauses and deadlines; injected, so that tests need not wait. */
export interface Clock {
  /** Runs `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): { cancel(): void };
}

export interface TunnelOptions {
  clock: Clock;
  /** How long opening may take, in milliseconds. */
  deadlineMs: number;
}

import { write } from "node:fs";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

/** Where bytes go. */
export interface Destination {
  /** Resolves with how many were taken. */
  write(data: Buffer): Promise<{ bytesWritten: number }>;
  close(): Promise<void>;
}

/** Appends to a file, which is made for its owner alone. @throws what the system says when it cannot be opened */
export function openFile(path: string): Promise<Destination> {
  return open(path, "a", 0o600);
}

/**
 * Standard error. Asking Node for it makes a pipe non-blocking: one that is full then says so, whereas a write that blocks
 * could not be given up, and the process could not end.
 */
export function openStderr(): Destination {
  const { fd } = process.stderr;
  return { write: (data) => promisify(write)(fd, data), close: async () => {} };
}

import { write } from "node:fs";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

/** Where bytes go. */
export interface Destination {
  /** Resolves with the number of bytes written. */
  write(data: Buffer): Promise<{ bytesWritten: number }>;
  /** Writes to the file of this name from now on. @throws what the system throws; the old file is kept then */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Appends to a file, which is made for its owner alone. @throws what the system throws when it cannot be opened */
export async function openFile(path: string): Promise<Destination> {
  let file = await open(path, "a", 0o600);
  return {
    write: (data) => file.write(data),
    async reopen() {
      const old = file;
      file = await open(path, "a", 0o600);
      // Waits for a write that is under way.
      await old.close();
    },
    close: () => file.close(),
  };
}

/**
 * Standard error. Node makes a pipe non-blocking when `process.stderr` is first read: a full one then fails with EAGAIN. A write
 * that blocks could not be abandoned, and the process could not end.
 */
export function openStderr(): Destination {
  const { fd } = process.stderr;
  return {
    write: (data) => promisify(write)(fd, data),
    reopen: async () => {},
    close: async () => {},
  };
}

import { write } from "node:fs";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

export interface Destination {
  /** Resolves with the number of bytes written. */
  write(data: Buffer): Promise<{ bytesWritten: number }>;
  /** Reopens the file by its name. @throws what the system throws; then the old file stays open */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Appends to a file (0600 if new). @throws what the system throws when it cannot be opened */
export async function openFile(path: string): Promise<Destination> {
  let file = await open(path, "a", 0o600);
  return {
    write: (data) => file.write(data),
    async reopen() {
      const old = file;
      file = await open(path, "a", 0o600);
      // Waits for the write in progress.
      await old.close();
    },
    close: () => file.close(),
  };
}

/**
 * Reading `process.stderr` makes a pipe non-blocking, so a full one fails with EAGAIN. A blocking write could not be abandoned
 * when the process ends.
 */
export function openStderr(): Destination {
  const { fd } = process.stderr;
  return {
    write: (data) => promisify(write)(fd, data),
    reopen: async () => {},
    close: async () => {},
  };
}

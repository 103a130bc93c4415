import { constants, fstatSync, write } from "node:fs";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

/** Where bytes go. */
export interface Destination {
  /** Resolves with how many were taken. */
  write(data: Buffer): Promise<{ bytesWritten: number }>;
  close(): Promise<void>;
}

const { O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
const STDERR = 2;

/** Appends to a file, which is made for its owner alone. @throws what the system says when it cannot be opened */
export function openFile(path: string): Promise<Destination> {
  return open(path, "a", 0o600);
}

const plainStderr: Destination = {
  write: (data) => promisify(write)(STDERR, data),
  close: async () => {},
};

/**
 * Standard error. A pipe or a terminal is opened anew without blocking: a write that a stopped reader blocks could not be
 * given up, and the process could not end. A file is not, because it would then be written at two places.
 */
export async function openStderr(): Promise<Destination> {
  const kind = fstatSync(STDERR);
  if (!kind.isFIFO() && !kind.isCharacterDevice()) return plainStderr;
  return open("/dev/stderr", O_WRONLY | O_APPEND | O_NONBLOCK).catch(() => plainStderr);
}

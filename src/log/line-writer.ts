import type { Destination } from "./destination.ts";

/** Writes lines in the background, one write at a time. */
export interface LineWriter {
  write(line: string): void;
  /** Resolves when everything is written, or after a second. */
  close(): Promise<void>;
}

/** Buffered characters; further lines are dropped. */
const MOST_WAITING = 1024 * 1024;
const TRY_AGAIN_MS = 100;
const CLOSE_WITHIN_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

/** Waits at most `ms`. Unlike `pause`, keeps the process alive, because closing is not its last work. */
async function atMost(ms: number, work: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const isFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EAGAIN";

/** Writes the whole text, and waits while a pipe is full. @throws what else the system throws */
async function writeWhole(file: Pick<Destination, "write">, text: string): Promise<void> {
  let left = Buffer.from(text);
  while (left.length > 0) {
    const written = await file.write(left).catch(async (error: unknown) => {
      if (!isFull(error)) throw error;
      await pause(TRY_AGAIN_MS);
      return { bytesWritten: 0 };
    });
    left = left.subarray(written.bytesWritten);
  }
}

/**
 * Writes to a destination that may be slow, full or gone. Lines that cannot be written are dropped without an error. When
 * writing works again, a line says how many were lost.
 * @param lost makes that line
 * @param closeWithin how long closing waits for a stuck destination, in ms
 */
export function createLineWriter(
  file: Pick<Destination, "write" | "close">,
  lost: (lines: number) => string,
  closeWithin = CLOSE_WITHIN_MS,
): LineWriter {
  let waiting: string[] = [];
  let length = 0;
  let lostLines = 0;
  let writing: Promise<void> | undefined;

  const writeWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      // One write for all lines of a turn of the event loop.
      await nextTurn();
      const lines = waiting;
      const before = lostLines;
      [waiting, length] = [[], 0];
      try {
        await writeWhole(file, (before > 0 ? `\n${lost(before)}` : "") + lines.join(""));
        lostLines -= before;
      } catch {
        lostLines += lines.length;
      }
    }
    writing = undefined;
  };
  return {
    write(line) {
      if (length > MOST_WAITING) return void (lostLines += 1);
      waiting.push(line);
      length += line.length;
      writing ??= writeWaiting();
    },
    async close() {
      await atMost(closeWithin, writing);
      // A stuck write would block this one, too.
      if (writing === undefined) await file.close().catch(() => {});
    },
  };
}

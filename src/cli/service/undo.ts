import { type AppError, toAppError } from "../../errors.ts";

/** What has been done and can be undone. */
export interface Undo {
  /** Remembers how something is undone. Returns the way to do so now; whenever it is called, it happens once. */
  add(undo: () => Promise<void>): () => Promise<void>;
  /**
   * Undoes what is left, the last first, each even if another one fails.
   * @param told what went wrong, at once: the log is closed last
   */
  all(told: (error: AppError) => void): Promise<void>;
}

/** Begins with nothing done. */
export function createUndo(): Undo {
  const left: (() => Promise<void>)[] = [];
  return {
    add(undo) {
      let undone: Promise<void> | undefined;
      const once = (): Promise<void> => {
        // Who undoes it now also hears how that went.
        if (left.includes(once)) left.splice(left.indexOf(once), 1);
        return (undone ??= undo());
      };
      left.push(once);
      return once;
    },
    async all(told) {
      for (let undo = left.pop(); undo; undo = left.pop())
        await undo().catch((thrown: unknown) => told(toAppError(thrown)));
    },
  };
}

import { type AppError, toAppError } from "../../errors.ts";

export interface Undo {
  /** Registers an undo. Returns a function that runs it now; it runs only once. */
  add(undo: () => Promise<void>): () => Promise<void>;
  /**
   * Runs the undos that are left, the last first, each even if another one fails.
   * @param onError called with each failure at once: the log closes last
   */
  all(onError: (error: AppError) => void): Promise<void>;
}

export function createUndo(): Undo {
  const left: (() => Promise<void>)[] = [];
  return {
    add(undo) {
      let undone: Promise<void> | undefined;
      const once = (): Promise<void> => {
        // The caller gets the failure.
        if (left.includes(once)) left.splice(left.indexOf(once), 1);
        return (undone ??= undo());
      };
      left.push(once);
      return once;
    },
    async all(onError) {
      for (let undo = left.pop(); undo; undo = left.pop())
        await undo().catch((thrown: unknown) => onError(toAppError(thrown)));
    },
  };
}

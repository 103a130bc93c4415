import type { AppError } from "../../errors.ts";
import { storeError } from "../store-errors.ts";
import type { StoreFile } from "./store-file.ts";
import { UPKEEP, inTransaction } from "./store-schema.ts";

/** Ms for which a write that succeeded answers for the next ones. */
const FRESH = 5_000;
/** Bytes: more than a call's record. */
const SIZE = 16 * 1024;

/** Finds out whether records can be saved now. Resolves with why not, else with undefined. */
export type WriteProbe = () => Promise<AppError | undefined>;

/**
 * Writes a row and deletes it again, so that the space is there for the next record. A write of a record that failed counts
 * at once; after that, or when nothing was tried for 5 s, the probe writes.
 * @param monotonic ms on a clock that is never set
 */
export function createWriteProbe(
  file: StoreFile,
  monotonic: () => number = () => performance.now(),
): WriteProbe {
  let succeededAt = -Infinity;
  const write = (): void => {
    const remove = `DELETE FROM ${UPKEEP} WHERE k = 'probe'`;
    // A row that could not be deleted last time would lend its space to this one.
    inTransaction(file.db, remove);
    inTransaction(file.db, `INSERT INTO ${UPKEEP} (k, v) VALUES ('probe', hex(zeroblob(${SIZE / 2})))`);
    inTransaction(file.db, remove);
  };
  const probe = async (): Promise<AppError | undefined> => {
    try {
      await file.write(write);
      succeededAt = monotonic();
      return undefined;
    } catch (error) {
      return storeError(error, file.path);
    }
  };
  let running: Promise<AppError | undefined> | undefined;
  return async () => {
    if (file.trouble() === undefined && monotonic() - succeededAt < FRESH) return undefined;
    running ??= probe().finally(() => (running = undefined));
    return running;
  };
}

import type { AppError } from "../../errors.ts";
import { storeError } from "../store-errors.ts";
import type { StoreFile } from "./store-file.ts";
import { UPKEEP, inTransaction } from "./store-schema.ts";

/** How long a successful write counts, in ms. */
const FRESH_MS = 5_000;
/** Bytes; larger than a call's record. */
const SIZE = 16 * 1024;

/** Tests a write. Resolves with its error, if any. */
export type WriteProbe = () => Promise<AppError | undefined>;

/**
 * Writes a row and deletes it, which frees its space for the next record. A failed write of a record counts at once. After
 * a failure, or 5 s without a write, the probe writes again.
 * @param monotonic a clock that is never set, in ms
 */
export function createWriteProbe(
  file: StoreFile,
  monotonic: () => number = () => performance.now(),
): WriteProbe {
  let succeededAt = -Infinity;
  const write = (): void => {
    const remove = `DELETE FROM ${UPKEEP} WHERE k = 'probe'`;
    // A row left from last time would provide the space, and hide that the disk is full.
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
    if (file.trouble() === undefined && monotonic() - succeededAt < FRESH_MS) return undefined;
    running ??= probe().finally(() => (running = undefined));
    return running;
  };
}

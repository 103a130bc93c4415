import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Keyv } from "keyv";
import type { CallRecord } from "../call/types.ts";
import { AppError } from "../errors.ts";

/** Records per turn of the event loop. */
const BATCH = 200;

/**
 * @param keyv with call records only
 * @throws what the store throws; AppError internal for a store without an iterator
 */
export async function allRecords(keyv: Keyv): Promise<CallRecord[]> {
  if (!keyv.iterator)
    throw new AppError("internal", "This kind of store cannot list its records.", {
      hint: "Use a Keyv with an iterator.",
    });
  const records: CallRecord[] = [];
  for await (const [, value] of keyv.iterator(undefined)) {
    records.push(value as CallRecord);
    if (records.length % BATCH === 0) await turnOfTheLoop();
  }
  return records;
}

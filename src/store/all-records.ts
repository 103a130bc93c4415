import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Keyv } from "keyv";
import type { CallRecord } from "../call/types.ts";
import { AppError } from "../errors.ts";

/** After this many records, other work gets a turn of the event loop. */
const AT_ONCE = 200;

/**
 * Every record of a Keyv that holds nothing else.
 * @throws what the store throws; AppError internal for a store that cannot list what is in it
 */
export async function allRecords(keyv: Keyv): Promise<CallRecord[]> {
  if (!keyv.iterator)
    throw new AppError("internal", "This kind of store cannot list its records.", {
      hint: "Use a Keyv with an iterator.",
    });
  const records: CallRecord[] = [];
  for await (const [, value] of keyv.iterator(undefined)) {
    records.push(value as CallRecord);
    if (records.length % AT_ONCE === 0) await turnOfTheLoop();
  }
  return records;
}

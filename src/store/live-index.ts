import type { Keyv } from "keyv";
import type { CallId, CallRecord } from "../call/types.ts";
import { AppError } from "../errors.ts";

/**
 * The ids of a store's live calls. In memory, so that a new call costs the same however many there are; what is stored is
 * read through once, when it is first asked for.
 */
export type LiveIndex = () => Set<CallId> | Promise<Set<CallId>>;

async function readAll(keyv: Keyv, idOf: (key: string) => CallId | undefined): Promise<Set<CallId>> {
  const live = new Set<CallId>();
  if (!keyv.iterator)
    throw new AppError("internal", "This kind of store cannot list what is in it.", {
      hint: "Use one whose Keyv has an iterator.",
    });
  for await (const [key, value] of keyv.iterator(undefined)) {
    const id = idOf(String(key));
    if (id !== undefined && (value as CallRecord).endedAt === null) live.add(id);
  }
  return live;
}

/**
 * @param idOf of a stored key; undefined for a key that is no call's
 * @returns throws what the store throws, and tries again when asked again
 */
export function createLiveIndex(keyv: Keyv, idOf: (key: string) => CallId | undefined): LiveIndex {
  let live: Set<CallId> | undefined;
  let reading: Promise<Set<CallId>> | undefined;
  const read = async (): Promise<Set<CallId>> => {
    try {
      live = await readAll(keyv, idOf);
      return live;
    } finally {
      reading = undefined;
    }
  };
  return () => live ?? (reading ??= read());
}

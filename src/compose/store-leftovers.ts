import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readSetAside } from "../store/sqlite/read-calls.ts";

/** Unreadable data that a server kept. */
export interface StoreLeftovers {
  /** `CA… in "live"` */
  records: string[];
  /** Paths of damaged files. */
  files: string[];
}

/**
 * Searches a store's file and its folder. Changes nothing.
 * @throws AppError config or internal when the file cannot be read
 */
export async function findStoreLeftovers(path: string): Promise<StoreLeftovers> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const damaged = names.filter((name) => name.startsWith(`${basename(path)}.damaged-`) && name.endsWith("Z"));
  return { records: await readSetAside(path), files: damaged.map((name) => join(folder, name)) };
}

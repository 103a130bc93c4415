import { chownSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Linux' user `nobody`; any that is not root would do. */
const NOBODY = 65_534;

/**
 * Gives a folder, with what lies in it, to somebody whom the modes of files bind: root may write everywhere.
 * @returns what runs a program as that user; nothing if we are not root
 */
export function ownedByOrdinaryUser(folder: string): { uid?: number } {
  if (process.geteuid?.() !== 0) return {};
  for (const name of ["", ...readdirSync(folder)]) chownSync(join(folder, name), NOBODY, NOBODY);
  return { uid: NOBODY };
}

/** Does some work in this process as such a user. The folder becomes theirs. */
export async function asOrdinaryUser<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  const { uid } = ownedByOrdinaryUser(folder);
  if (uid === undefined) return work();
  process.seteuid?.(uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

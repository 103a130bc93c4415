import { chownSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Linux' user `nobody`; any that is not root would do. */
export const NOBODY = 65_534;

/** Does some work as somebody whom the modes of files bind: root may write everywhere. The folder becomes theirs. */
export async function asOrdinaryUser<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return work();
  for (const name of ["", ...readdirSync(folder)]) chownSync(join(folder, name), NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

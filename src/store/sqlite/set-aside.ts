import { AppError } from "../../errors.ts";
import type { StoreFile } from "./store-file.ts";
import { SET_ASIDE, inTransaction } from "./store-schema.ts";

function notice(path: string, table: string, key: string): AppError {
  return new AppError(
    "config",
    `A stored record could not be read: ${key} in "${table}". It was set aside.`,
    {
      hint: `To look at it: sqlite3 ${path} "SELECT * FROM ${SET_ASIDE}"`,
    },
  );
}

/**
 * Moves an unreadable record to the table `set_aside`. A record that cannot be moved stays, and is skipped again.
 * @param warn called with the record's name
 */
export function setRecordAside(
  { db, path }: Pick<StoreFile, "db" | "path">,
  { table, rowid, key, at }: { table: string; rowid: number; key: string; at: number },
  warn: (warning: AppError) => void,
): void {
  try {
    inTransaction(
      db,
      `INSERT INTO ${SET_ASIDE} (place, k, v, at) SELECT '${table}', k, v, ${at} FROM ${table} WHERE rowid = ${rowid};
       DELETE FROM ${table} WHERE rowid = ${rowid}`,
    );
  } catch {
    // Locked, or a full disk: the record is skipped anyway.
  }
  warn(notice(path, table, key));
}

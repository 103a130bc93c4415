import { copyFileSync, existsSync, renameSync, rmSync, truncateSync } from "node:fs";
import Database from "libsql";
import { readHeader, sizeOf } from "./damage.ts";
import { RECORD_TABLES } from "./store-schema.ts";

/** A database has up to three files. */
const SUFFIXES = ["", "-wal", "-shm"];

type Row = [k: Buffer, v: Buffer, expires: number | null];
export type Salvaged = Record<(typeof RECORD_TABLES)[number], number>;

/** Renames a database. @returns its new path */
export function setFileAside(path: string, at: number): string {
  const aside = `${path}.damaged-${new Date(at).toISOString().replace(/[:.]/g, "-")}`;
  for (const part of SUFFIXES) if (existsSync(path + part)) renameSync(path + part, aside + part);
  return aside;
}

/** Pads with zeros, because SQLite refuses a file that is shorter than its header says. */
function copyPadded(from: string, to: string): void {
  for (const part of SUFFIXES.slice(0, 2)) if (existsSync(from + part)) copyFileSync(from + part, to + part);
  const whole = readHeader(to)?.whole ?? 0;
  if (sizeOf(to) < whole) truncateSync(to, whole);
}

/** Reads forward to the first damaged page, then backward from the end. */
function* readableRows(db: Database.Database, table: string): Generator<Row> {
  for (const order of ["ASC", "DESC"])
    try {
      const rows = db.prepare(
        `SELECT CAST(k AS BLOB), CAST(v AS BLOB), expires FROM ${table} ORDER BY rowid ${order}`,
      );
      yield* rows.raw().iterate() as Iterable<Row>;
    } catch {
      // The other direction may still read the rest.
    }
}

function copyRows(from: Database.Database, to: Database.Database): Salvaged {
  const salvaged: Salvaged = { live: 0, ended: 0, sessions: 0, generations: 0 };
  to.exec("BEGIN IMMEDIATE");
  for (const table of RECORD_TABLES) {
    const insert = to.prepare(
      `INSERT OR IGNORE INTO ${table} (k, v, expires) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?)`,
    );
    for (const row of readableRows(from, table)) salvaged[table] += insert.run(...row).changes;
  }
  to.exec("COMMIT");
  return salvaged;
}

/**
 * Copies every readable record of a damaged database into a new one.
 * @param damaged its path; the file is not changed
 */
export function salvage(damaged: string, db: Database.Database): Salvaged {
  const copy = `${damaged}.copy`;
  let from: Database.Database | undefined;
  try {
    copyPadded(damaged, copy);
    from = new Database(copy, { timeout: 0 });
    return copyRows(from, db);
  } finally {
    from?.close();
    for (const part of SUFFIXES) rmSync(copy + part, { force: true });
  }
}

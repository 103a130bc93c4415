import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { CallRecord, Time } from "../../call/types.ts";
import { systemCode } from "../../errors.ts";
import { readCallRecord } from "../call-shape.ts";
import { storeError } from "../store-errors.ts";
import { SET_ASIDE } from "./store-schema.ts";

/** Live calls last, because a live record replaces an ended one. */
const TABLES = ["ended", "live"];

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

function recordOf(text: string, key: string): CallRecord | undefined {
  try {
    const { value } = JSON.parse(text) as { value: unknown };
    return readCallRecord(value, key);
  } catch {
    return undefined;
  }
}

/** Skips unreadable records and missing tables. */
function readTables(path: string, now: Time): CallRecord[] {
  const db = new Database(path, { timeout: 0 });
  try {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").raw().all() as [string][];
    const tables = TABLES.filter((table) => names.some(([name]) => name === table));
    const records = new Map<string, CallRecord>();
    for (const table of tables) {
      // As bytes: libsql crashes the process at text that is not UTF-8.
      const rows = `SELECT CAST(k AS BLOB), CAST(v AS BLOB) FROM ${table} WHERE expires IS NULL OR expires > ?`;
      for (const [k, v] of db.prepare<[Time]>(rows).raw().all(now) as [Buffer, Buffer][]) {
        const record = recordOf(String(v), String(k));
        if (record) records.set(record.id, record);
      }
    }
    return [...records.values()];
  } finally {
    db.close();
  }
}

function setAsideIn(path: string): string[] {
  const db = new Database(path, { timeout: 0 });
  try {
    const table = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = ?").raw();
    if ((table.get(SET_ASIDE) as [number])[0] === 0) return [];
    const rows = db.prepare(`SELECT CAST(place AS BLOB), CAST(k AS BLOB) FROM ${SET_ASIDE}`).raw().all();
    return (rows as [Buffer, Buffer][]).map(([place, key]) => `${String(key)} in "${String(place)}"`);
  } finally {
    db.close();
  }
}

/** @returns undefined if the file does not exist */
async function readCopy<T>(path: string, read: (copy: string) => T): Promise<T | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "warm-transfer-"));
  const copy = join(folder, "calls.db");
  try {
    if (!(await copyIfThere(path, copy))) return undefined;
    await copyIfThere(`${path}-wal`, `${copy}-wal`);
    return read(copy);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Reads the calls of a store that no server uses. Reads a copy, because SQLite creates files next to a database.
 * @param path of the database; returns no calls if it is missing
 * @throws AppError config or internal when it cannot be read
 */
export async function readStoredCalls(path: string, now: Time): Promise<CallRecord[]> {
  return (await readCopy(path, (copy) => readTables(copy, now))) ?? [];
}

/** Names of the records that a server set aside: `CA… in "live"`. @throws as `readStoredCalls` does */
export async function readSetAside(path: string): Promise<string[]> {
  return (await readCopy(path, setAsideIn)) ?? [];
}

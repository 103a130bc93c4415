import { Keyv } from "keyv";
import type { Time } from "../../call/types.ts";
import type { AppError } from "../../errors.ts";
import { setRecordAside } from "./set-aside.ts";
import type { StoreFile } from "./store-file.ts";
import { ensureTable } from "./store-schema.ts";

/** Rows per read, so that no read stays open. */
const PAGE = 200;
/** Writes between two sweeps, and rows that a sweep deletes. */
const SWEEP = 1_000;

const ALIVE = "(expires IS NULL OR expires > ?)";
// As bytes: libsql crashes the process at text that is not UTF-8.
const ROW = "rowid, CAST(k AS BLOB), CAST(v AS BLOB)";
type Row = [rowid: number, k: Buffer, v: Buffer | null];

function prepare({ db }: StoreFile, table: string) {
  ensureTable(db, table);
  return {
    get: db.prepare<[string, Time]>(`SELECT ${ROW} FROM ${table} WHERE k = ? AND ${ALIVE}`).raw(),
    set: db.prepare<[string, string, Time | null]>(
      `INSERT INTO ${table} (k, v, expires) VALUES (?, ?, ?)
       ON CONFLICT (k) DO UPDATE SET v = excluded.v, expires = excluded.expires`,
    ),
    delete: db.prepare<[string]>(`DELETE FROM ${table} WHERE k = ?`),
    clear: db.prepare(`DELETE FROM ${table}`),
    page: db
      .prepare<[number, Time]>(
        `SELECT ${ROW} FROM ${table} WHERE rowid > ? AND ${ALIVE} ORDER BY rowid LIMIT ${PAGE}`,
      )
      .raw(),
    sweep: db.prepare<[Time, number]>(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires <= ? LIMIT ?)`,
    ),
  };
}

export interface LibsqlKeyvOptions {
  /** ms since 1970. Expired rows are deleted when the table opens, and every 1,000 writes. */
  now: () => Time;
  /** A stored value as it is served; undefined for one that cannot be read. Default: every value, as it is. */
  readValue?: (value: unknown, key: string) => unknown;
  /** Called with the name of each unreadable record. */
  warn?: (warning: AppError) => void;
}

/** Keyv's envelope of a value. */
interface Stored {
  value: unknown;
  expires?: number;
}

/** @returns undefined for what cannot be read */
function parse(text: string, readValue: (value: unknown) => unknown): Stored | undefined {
  try {
    const stored = JSON.parse(text) as Stored | null;
    const value = stored && readValue(stored.value);
    return value === undefined || value === null ? undefined : { ...stored, value };
  } catch {
    return undefined;
  }
}

/**
 * A Keyv over its own table. Once `set` resolves, the value survives any end of the process. An unreadable record is set
 * aside and counts as missing.
 *
 * @param table also the namespace; inserted into SQL unescaped
 * @throws AppError, as its methods do, when the file cannot be used
 */
export async function libsqlKeyv(
  file: StoreFile,
  table: string,
  { now, readValue = (value) => value, warn = () => {} }: LibsqlKeyvOptions,
): Promise<Keyv> {
  const statements = await file.write(() => prepare(file, table));
  const sweep = async (most: number): Promise<void> =>
    void (await file.write(() => statements.sweep.run(now(), most)));
  // A failed sweep is harmless: reads skip expired rows.
  await sweep(-1).catch(() => {});
  let writes = 0;
  const read = ([rowid, k, v]: Row): Stored | undefined => {
    const key = String(k);
    const stored = parse(String(v), (value) => readValue(value, key));
    if (!stored) setRecordAside(file, { table, rowid, key, at: now() }, warn);
    return stored;
  };
  async function* entries(): AsyncGenerator<[string, Stored]> {
    for (let after = -1; ;) {
      const rows = await file.read(() => statements.page.all(after, now()) as Row[]);
      for (const row of rows) {
        const stored = read(row);
        if (stored) yield [String(row[1]), stored];
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      [after] = last;
    }
  }
  const store = {
    // Keyv 5 iterates only over stores whose dialect it knows.
    opts: { dialect: "sqlite" },
    async get(key: string) {
      const row = await file.read(() => statements.get.get(key, now()) as Row | undefined);
      return row && read(row);
    },
    async set(key: string, value: string, ttl?: number) {
      await file.write(() => statements.set.run(key, value, ttl === undefined ? null : now() + ttl));
      if (++writes % SWEEP === 0) await sweep(SWEEP).catch(() => {});
    },
    delete: async (key: string) => (await file.write(() => statements.delete.run(key))).changes > 0,
    clear: async () => void (await file.write(() => statements.clear.run())),
    iterator: entries,
  };
  const keyv = new Keyv({
    store,
    namespace: table,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: JSON.stringify,
  });
  // This store parses its rows itself.
  keyv.deserialize = undefined;
  return keyv;
}

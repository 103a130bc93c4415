import { Keyv } from "keyv";
import type { Time } from "../call/types.ts";
import type { StoreFile } from "./store-file.ts";
import { ensureTable } from "./store-schema.ts";

/** Rows that are read at once: no read is left open in between. */
const PAGE = 200;
/** After so many writes, so many expired rows are looked for. */
const SWEEP = 1_000;

const ALIVE = "(expires IS NULL OR expires > ?)";

function prepare({ db }: StoreFile, table: string) {
  ensureTable(db, table);
  return {
    get: db.prepare<[string, Time]>(`SELECT v FROM ${table} WHERE k = ? AND ${ALIVE}`).raw(),
    set: db.prepare<[string, string, Time | null]>(
      `INSERT INTO ${table} (k, v, expires) VALUES (?, ?, ?)
       ON CONFLICT (k) DO UPDATE SET v = excluded.v, expires = excluded.expires`,
    ),
    delete: db.prepare<[string]>(`DELETE FROM ${table} WHERE k = ?`),
    clear: db.prepare(`DELETE FROM ${table}`),
    page: db
      .prepare<[string, Time]>(`SELECT k, v FROM ${table} WHERE k > ? AND ${ALIVE} ORDER BY k LIMIT ${PAGE}`)
      .raw(),
    sweep: db.prepare<[Time, number]>(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires <= ? LIMIT ?)`,
    ),
  };
}

function* entriesOf(readPage: (after: string) => [string, string][]): Generator<[string, string]> {
  for (let after = ""; ;) {
    const rows = readPage(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [after] = last;
  }
}

/**
 * A Keyv over a table of its own. What was set is saved when `set` has resolved: it outlives the process, however that
 * ends.
 *
 * @param table also its namespace; its name is put into SQL as it is
 * @param now ms since 1970: by it, rows expire and are swept away, when the table is opened and now and then
 * @throws AppError, as its methods do, when the file cannot be used
 */
export function libsqlKeyv(file: StoreFile, table: string, now: () => Time): Keyv {
  const statements = file.run(() => prepare(file, table));
  file.run(() => statements.sweep.run(now(), -1));
  let writes = 0;
  const store = {
    // Keyv 5 iterates over stores of the kinds that it knows, and over no other.
    opts: { dialect: "sqlite" },
    get: (key: string) => file.run(() => statements.get.get(key, now()) as [string] | undefined)?.[0],
    set(key: string, value: string, ttl?: number) {
      file.run(() => {
        statements.set.run(key, value, ttl === undefined ? null : now() + ttl);
        if (++writes % SWEEP === 0) statements.sweep.run(now(), SWEEP);
      });
    },
    delete: (key: string) => file.run(() => statements.delete.run(key).changes > 0),
    clear: () => void file.run(() => statements.clear.run()),
    iterator: () =>
      entriesOf((after) => file.run(() => statements.page.all(after, now()) as [string, string][])),
  };
  return new Keyv({
    store,
    namespace: table,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}

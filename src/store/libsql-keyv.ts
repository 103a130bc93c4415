import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { Keyv } from "keyv";
import type { Time } from "../call/types.ts";
import type { StoreFile } from "./store-file.ts";

/** Rows that are read at once: others get their turn in between. */
const PAGE = 200;
/** After so many writes, so many expired rows are looked for. */
const SWEEP = 1_000;

const ALIVE = "(expires IS NULL OR expires > ?)";

/** Keys and values as Keyv hands them over: `namespace:key`, and its JSON. */
function prepare({ db }: StoreFile) {
  return {
    get: db.prepare<[string, Time]>(`SELECT v FROM entries WHERE k = ? AND ${ALIVE}`).raw(),
    set: db.prepare<[string, string, Time | null]>(
      `INSERT INTO entries (k, v, expires) VALUES (?, ?, ?)
       ON CONFLICT (k) DO UPDATE SET v = excluded.v, expires = excluded.expires`,
    ),
    delete: db.prepare<[string]>("DELETE FROM entries WHERE k = ?"),
    clear: db.prepare<[string, string]>("DELETE FROM entries WHERE k > ? AND k < ?"),
    page: db
      .prepare<[string, string, Time]>(
        `SELECT k, v FROM entries WHERE k > ? AND k < ? AND ${ALIVE} ORDER BY k LIMIT ${PAGE}`,
      )
      .raw(),
    sweep: db.prepare<[Time, number]>(
      "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries WHERE expires <= ? LIMIT ?)",
    ),
  };
}

/**
 * Makes Keyvs over a file, each with a namespace of its own. What was set is saved when `set` has resolved: it outlives
 * the process, however that ends.
 *
 * @param now ms since 1970: by it, rows expire and are swept away, when the file is opened and now and then
 */
export function libsqlKeyvs(file: StoreFile, now: () => Time): (namespace: string) => Keyv {
  const statements = file.run(() => prepare(file));
  let writes = 0;
  file.run(() => statements.sweep.run(now(), -1));
  const sweepNowAndThen = (): void => {
    if (++writes % SWEEP === 0) statements.sweep.run(now(), SWEEP);
  };

  async function* entries(namespace: string): AsyncGenerator<[string, string], void> {
    // ";" is the character after ":".
    let [after, end] = [`${namespace}:`, `${namespace};`];
    for (;;) {
      const rows = file.run(() => statements.page.all(after, end, now())) as [string, string][];
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      [after] = last;
      await turnOfTheLoop();
    }
  }

  const adapter = (namespace: string) => ({
    // Keyv 5 iterates over stores of the kinds that it knows, and over no other.
    opts: { dialect: "sqlite" },
    get: (key: string) => file.run(() => statements.get.get(key, now()) as [string] | undefined)?.[0],
    set: (key: string, value: string, ttl?: number) => {
      file.run(() => {
        statements.set.run(key, value, ttl === undefined ? null : now() + ttl);
        sweepNowAndThen();
      });
    },
    delete: (key: string) => file.run(() => statements.delete.run(key).changes > 0),
    clear: () => file.run(() => statements.clear.run(`${namespace}:`, `${namespace};`)),
    iterator: () => entries(namespace),
  });
  return (namespace) =>
    new Keyv({
      store: adapter(namespace),
      namespace,
      throwOnErrors: true,
      serialize: JSON.stringify,
      deserialize: JSON.parse,
    });
}

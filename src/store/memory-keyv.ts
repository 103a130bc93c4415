import { Keyv } from "keyv";
import type { Time } from "../call/types.ts";

/** Expired rows are deleted after this many writes. */
const SWEEP = 1_000;

interface Row {
  text: string;
  expires: Time;
}

/**
 * Keeps values as JSON, so that a reader cannot change them. Keyv's own serializer is several times slower. Errors throw: by
 * default Keyv returns `undefined`, as for a missing record.
 *
 * @param now ms since 1970
 */
export function memoryKeyv(namespace: string, now: () => Time = Date.now): Keyv {
  const rows = new Map<string, Row>();
  let writes = 0;
  const sweep = (): void => {
    for (const [key, { expires }] of rows) if (expires <= now()) rows.delete(key);
  };
  const store = {
    // Keyv 5 iterates only over stores whose dialect it knows.
    opts: { dialect: "sqlite" },
    get: (key: string) => {
      const row = rows.get(key);
      return row && row.expires > now() ? row.text : undefined;
    },
    set(key: string, text: string, ttl?: number) {
      rows.set(key, { text, expires: ttl === undefined ? Infinity : now() + ttl });
      if (++writes % SWEEP === 0) sweep();
    },
    delete: (key: string) => rows.delete(key),
    clear: () => rows.clear(),
    *iterator() {
      for (const [key, { text, expires }] of rows) if (expires > now()) yield [key, text];
    },
  };
  return new Keyv({
    store,
    namespace,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}

import { Keyv } from "keyv";

/**
 * A Keyv that lives as long as the process. A failing store throws: by default Keyv would answer `undefined`, which
 * reads as "there is no such call". Values are kept as JSON, so that nobody who got one can change what is stored; Keyv's
 * own serializer does the same several times slower.
 */
export function memoryKeyv(namespace: string): Keyv {
  return new Keyv({
    store: new Map(),
    namespace,
    throwOnErrors: true,
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}

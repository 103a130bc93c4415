import { Keyv } from "keyv";

/**
 * A Keyv that lives as long as the process. A failing store throws: by default Keyv would answer `undefined`, which
 * reads as "there is no such call".
 */
export function memoryKeyv(namespace: string): Keyv {
  return new Keyv({ store: new Map(), namespace, throwOnErrors: true });
}

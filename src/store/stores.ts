import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import type { Time } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { explainMissing } from "../optional.ts";
import { createSessionStore, type Session, type SessionStore } from "./agents.ts";
import { readCallRecord } from "./call-shape.ts";
import { createCallStore } from "./call-store.ts";
import { type Shape, isNumber, isText, objectOf } from "./shape.ts";
import type { LockClock } from "./sqlite/lock-line.ts";
import type { WriteProbe } from "./sqlite/write-probe.ts";

export interface Stores {
  calls: CallStore;
  sessions: SessionStore;
  /** Tests a write. */
  probe: WriteProbe;
  close(): Promise<void>;
}

export interface StoreDeps {
  /** ms since 1970 */
  now: () => Time;
  /** Base of a relative path; default: the current folder. */
  cwd?: string;
  /** Called with an error that names what was lost or unreadable. */
  warn?: (warning: AppError) => void;
  /** How long work waits for another program's lock, in ms; default: 3 s. */
  patience?: number;
  /** Times work that waits for a lock; default: the monotonic clock. */
  lockClock?: LockClock;
}

/** Stores in memory. @param given replaces some of them */
export function memoryStores({ now }: StoreDeps, given: Partial<Stores> = {}): Stores {
  return {
    calls: createCallStore(),
    sessions: createSessionStore(undefined, now),
    probe: async () => undefined,
    close: async () => {},
    ...given,
  };
}

const readBy =
  (isReadable: Shape) =>
  (value: unknown): unknown =>
    isReadable(value) ? value : undefined;
const isSession = objectOf<Session>({ agent: isText, generation: isText, expiresAt: isNumber });

async function fileStores(path: string, deps: StoreDeps): Promise<Stores> {
  const { now, warn = () => {} } = deps;
  // Loaded on demand: a server in memory needs no native code.
  const [{ openStoreFile }, { libsqlKeyv }, { createWriteProbe }] = await Promise.all([
    import("./sqlite/store-file.ts"),
    import("./sqlite/libsql-keyv.ts"),
    import("./sqlite/write-probe.ts"),
  ]).catch((thrown: unknown) => {
    throw explainMissing(thrown);
  });
  const file = await openStoreFile(path, deps);
  try {
    const keyv = (table: string, readValue: (value: unknown, key: string) => unknown): Promise<Keyv> =>
      libsqlKeyv(file, table, { now, readValue, warn });
    const calls = createCallStore({
      live: await keyv("live", readCallRecord),
      ended: await keyv("ended", readCallRecord),
    });
    const sessions = createSessionStore(
      {
        sessions: await keyv("sessions", readBy(isSession)),
        generations: await keyv("generations", readBy(isText)),
      },
      now,
    );
    // Sets unreadable records aside now, not when the first customer calls.
    await calls.live();
    return { calls, sessions, probe: createWriteProbe(file), close: async () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The path of a `file:` URL; undefined for other URLs. */
export function pathOfStore(storeUrl: string, cwd: string): string | undefined {
  const url = storeUrl.startsWith("file://") && URL.canParse(storeUrl) ? new URL(storeUrl) : undefined;
  // A file URL with a host names another machine.
  if (url?.host === "") return fileURLToPath(url);
  return /^file:(?!\/\/)./.test(storeUrl) ? resolve(cwd, storeUrl.slice("file:".length)) : undefined;
}

/**
 * The caller closes the stores.
 *
 * @param storeUrl `memory:`, or `file:PATH` of a database, which is created if it is missing
 * @throws AppError config for any other address and for a file that cannot be used; conflict when another server uses it
 */
export async function openStores(storeUrl: string, { now, cwd = ".", ...deps }: StoreDeps): Promise<Stores> {
  if (storeUrl === "memory:") return memoryStores({ now });
  const path = pathOfStore(storeUrl, cwd);
  if (path !== undefined) return fileStores(path, { now, ...deps });
  const kind = storeUrl.split(":", 1)[0] ?? "";
  throw new AppError("config", `"${kind}" is not a kind of store.`, {
    hint: "Set STORE_URL to file:PATH, or to memory: to keep nothing.",
  });
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import type { Time } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { createCallStore } from "./call-store.ts";
import { type SessionStore, createSessionStore } from "./sessions.ts";

/** What a server keeps. */
export interface Stores {
  calls: CallStore;
  sessions: SessionStore;
  close(): Promise<void>;
}

export interface StoreDeps {
  /** ms since 1970 */
  now: () => Time;
  /** What a relative path begins at; default: the current folder. */
  cwd?: string;
}

/** What is kept as long as the process lives; parts that are given stay as they are. */
export function memoryStores({ now }: StoreDeps, given: Partial<Stores> = {}): Stores {
  return {
    calls: createCallStore(),
    sessions: createSessionStore(undefined, now),
    close: async () => {},
    ...given,
  };
}

async function fileStores(path: string, now: () => Time): Promise<Stores> {
  // Native code, which a server in memory need not load.
  const [{ openStoreFile }, { libsqlKeyv }] = await Promise.all([
    import("./store-file.ts"),
    import("./libsql-keyv.ts"),
  ]);
  const file = await openStoreFile(path);
  try {
    const keyv = (table: string): Keyv => libsqlKeyv(file, table, now);
    const calls = createCallStore({ live: keyv("live"), ended: keyv("ended") });
    // What cannot be read is told now, not to the first customer.
    await calls.live();
    const sessions = createSessionStore(
      { sessions: keyv("sessions"), generations: keyv("generations") },
      now,
    );
    return { calls, sessions, close: async () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

function pathOf(storeUrl: string, cwd: string): string | undefined {
  const url = storeUrl.startsWith("file://") && URL.canParse(storeUrl) ? new URL(storeUrl) : undefined;
  // Another machine is no place for a database.
  if (url?.host === "") return fileURLToPath(url);
  return /^file:(?!\/\/)./.test(storeUrl) ? resolve(cwd, storeUrl.slice("file:".length)) : undefined;
}

/**
 * Opens what a server keeps. The caller closes it.
 *
 * @param storeUrl `memory:`, or `file:PATH` of a database that is made if it is missing
 * @throws AppError config for any other address and for a file that cannot be used; conflict when another server uses it
 */
export async function openStores(storeUrl: string, { now, cwd = "." }: StoreDeps): Promise<Stores> {
  if (storeUrl === "memory:") return memoryStores({ now });
  const path = pathOf(storeUrl, cwd);
  if (path !== undefined) return fileStores(path, now);
  const kind = storeUrl.split(":", 1)[0] ?? "";
  throw new AppError("config", `Calls cannot be kept in a store of the kind "${kind}".`, {
    hint: "Set STORE_URL to file:PATH, or to memory: to keep nothing.",
  });
}

import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { CallRecord } from "../call/types.ts";
import { AppError } from "../errors.ts";
import type { CallView } from "../server/control-api.ts";
import type { PastCall } from "../server/past-calls-api.ts";
import { agentName } from "../wire/agent-name.ts";
import { callView } from "../server/views/call-view.ts";
import { pastCall } from "../server/views/past-call.ts";
import { readSetAside, readStoredCalls } from "../store/sqlite/read-calls.ts";
import { pathOfStore } from "../store/stores.ts";

/** Calls in the server's views, without a server. */
export interface CallArchive {
  /** @param since ms since 1970 @returns calls that ended since then, newest first */
  history(since: number): PastCall[];
  /** All stored calls, newest first. */
  calls(): CallView[];
}

export interface ArchivePlace {
  storeUrl: string;
  /** Base of a relative path. */
  cwd: string;
  agents: readonly { id: string; name: string }[];
}

/**
 * Reads the store of a folder's last server. Changes nothing.
 * @throws AppError config if there is no store, or it cannot be read
 */
export async function readArchive({ storeUrl, cwd, agents }: ArchivePlace): Promise<CallArchive> {
  const path = pathOfStore(storeUrl, cwd);
  if (path === undefined)
    throw new AppError("config", `No server is running, and ${storeUrl} keeps no calls.`, {
      hint: "Start a server: warm-transfer start",
    });
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? agentName(id);
  const lastOf = ({ endedAt, startedAt }: CallRecord): number => endedAt ?? startedAt;
  const records = (await readStoredCalls(path, Date.now())).sort((a, b) => lastOf(b) - lastOf(a));
  return {
    history: (since) =>
      records
        .filter(({ endedAt }) => endedAt !== null && endedAt >= since)
        .map((record) => pastCall(record, nameOf)),
    calls: () => records.map((record) => callView(record, nameOf)),
  };
}

/** Unreadable data that a server kept. */
export interface StoreLeftovers {
  /** `CA… in "live"` */
  records: string[];
  /** Paths of damaged files. */
  files: string[];
}

/**
 * Searches a store's file and its folder. Changes nothing.
 * @throws AppError config or internal when the file cannot be read
 */
export async function findStoreLeftovers(path: string): Promise<StoreLeftovers> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const damaged = names.filter((name) => name.startsWith(`${basename(path)}.damaged-`) && name.endsWith("Z"));
  return { records: await readSetAside(path), files: damaged.map((name) => join(folder, name)) };
}

import type { CallRecord } from "../call/types.ts";
import { AppError } from "../errors.ts";
import type { CallView } from "../server/control-api.ts";
import type { PastCall } from "../server/past-calls-api.ts";
import { agentName } from "../wire/agent-name.ts";
import { callView } from "../server/views/call-view.ts";
import { pastCall } from "../server/views/past-call.ts";
import { readStoredCalls } from "../store/sqlite/read-calls.ts";
import { pathOfStore } from "../store/stores.ts";

/** Calls as a server would show them, without one. */
export interface CallArchive {
  /** Calls that have ended since a time in ms since 1970, the newest first. */
  history(since: number): PastCall[];
  /** All calls that are kept, the newest first. */
  calls(): CallView[];
}

export interface ArchivePlace {
  storeUrl: string;
  /** What a relative path begins at. */
  cwd: string;
  agents: readonly { id: string; name: string }[];
}

/**
 * Reads what the last server of a folder has kept. Changes nothing there.
 * @throws AppError config when nothing is kept, or when it cannot be read
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

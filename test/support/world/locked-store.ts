import { join } from "node:path";
import Database from "libsql";
import { onTestFinished } from "vitest";
import { startServer } from "../../../src/compose/server.ts";
import type { CallId, CallRecord } from "../../../src/call/types.ts";
import { type Stores, openStores } from "../../../src/store/stores.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import type { WorldOptions } from "./start-world.ts";

/** Between two tries of a write, in ms: less often than in life, so that a story has fewer steps. */
const TRIED_EVERY = 250;

/** A store in a real file, which another connection can lock as a backup does, on the world's clock. */
export function storeThatLocks() {
  const path = join(temporaryFolder(), "calls.db");
  let stores: Stores | undefined;
  let other: Database.Database | undefined;
  let waiting = 0;
  const start: NonNullable<WorldOptions["start"]> = async (config, deps) => {
    const { clock } = deps;
    const after = (ms: number, fn: () => void): void => {
      waiting += 1;
      clock.after(Math.max(ms, TRIED_EVERY), () => {
        waiting -= 1;
        fn();
      });
    };
    const lockClock = { now: () => clock.now(), after };
    const opened = await openStores(`file:${path}`, { now: () => clock.date(), lockClock });
    stores = opened;
    onTestFinished(() => opened.close());
    return startServer(config, { ...deps, stores: opened });
  };
  const unlocks = (): void => {
    other?.exec("COMMIT");
    other?.close();
    other = undefined;
  };
  return {
    start,
    holdUp: { may: () => other !== undefined || waiting > 0, is: () => waiting > 0 },
    locks(): void {
      other = new Database(path, { timeout: 0 });
      other.exec("BEGIN IMMEDIATE");
      onTestFinished(unlocks);
    },
    unlocks,
    /** What a server that starts now would find. */
    stored: async (id: string): Promise<CallRecord | undefined> => stores?.calls.get(id as CallId),
  };
}

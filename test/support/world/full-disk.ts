import { startServer } from "../../../src/compose/server.ts";
import type { CallId, CallRecord } from "../../../src/call/types.ts";
import { createCallStore } from "../../../src/store/call-store.ts";
import type { WorldOptions } from "./start-world.ts";

/** A store on a disk that can be full: then every write of a call's record fails, and every read works. */
export function diskThatFills() {
  const calls = createCallStore();
  let isFull = false;
  const update: typeof calls.update = (id, change) =>
    calls.update(id, (current) => {
      const changed = change(current);
      if (isFull && changed !== current) throw new Error("The disk is full.");
      return changed;
    });
  const start: NonNullable<WorldOptions["start"]> = (config, deps) =>
    startServer(config, { ...deps, stores: { ...deps.stores, calls: { ...calls, update } } });
  return {
    start,
    fills: () => void (isFull = true),
    hasSpaceAgain: () => void (isFull = false),
    /** What a server that starts now would find. */
    stored: (id: string): Promise<CallRecord | undefined> => calls.get(id as CallId),
  };
}

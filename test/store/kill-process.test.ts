import { join } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import type { CallId } from "../../src/call/types.ts";
import { type Stores, openStores } from "../../src/store/stores.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type Line, storeProcess } from "./support/store-process.ts";

const KILLS = 8;

/** The last write of each call that was acknowledged. */
function lastOfEach(lines: Line[]): Map<CallId, Line> {
  return new Map(lines.filter(({ id }) => id !== undefined).map((line) => [line.id as CallId, line]));
}

/** Calls that are not as they were acknowledged, or further on: the write after the last word may have come through. */
async function lost(stores: Stores, acknowledged: Map<CallId, Line>): Promise<Line[]> {
  const missing: Line[] = [];
  for (const [id, line] of acknowledged) {
    const record = await stores.calls.get(id);
    const isThere = record !== undefined && record.revision >= (line.revision ?? 0);
    if (!isThere || (line.endedAt !== null && record.endedAt !== line.endedAt)) missing.push(line);
  }
  return missing;
}

describe("kill -9 of a process that writes", () => {
  it("loses nothing that was acknowledged, and leaves each call live or ended, once", async () => {
    const path = join(temporaryFolder(), "calls.db");
    const acknowledged = new Map<CallId, Line>();
    for (let run = 0; run < KILLS; run++) {
      const writer = await storeProcess(`file:${path}`, "write", { run });
      // Somewhere else in a call's life each time.
      await writer.untilLines(100 + 37 * run);
      for (const [id, line] of lastOfEach(await writer.kill())) acknowledged.set(id, line);
      const stores = await openStores(`file:${path}`, { now: Date.now });
      expect(await lost(stores, acknowledged)).toEqual([]);
      await stores.close();
    }
    expect(acknowledged.size).toBeGreaterThan(15 * KILLS);

    const stores = await openStores(`file:${path}`, { now: Date.now });
    const [live, ended] = [await stores.calls.live(), await stores.calls.ended(0)];
    await stores.close();
    const ids = [...live, ...ended].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...acknowledged.keys()].filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Database(path).pragma("integrity_check")).toMatchObject([{ integrity_check: "ok" }]);
  });
});

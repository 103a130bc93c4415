import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AgentId } from "../../src/call/types.ts";
import { type Stores, openStores } from "../../src/store/stores.ts";
import { callRecord, callStoreSuite, finished } from "./support/call-store-suite.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const AGENT1 = "agent1" as AgentId;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let [folder, opened]: [string, Stores | undefined] = ["", undefined];

/** One process at a time has a file: opening it anew closes it first. */
async function open(now: () => number = Date.now): Promise<Stores> {
  await opened?.close();
  opened = await openStores(`file:${join(folder, "calls.db")}`, { now });
  return opened;
}

async function reset(): Promise<void> {
  folder = temporaryFolder();
  onTestFinished(async () => {
    await opened?.close();
    opened = undefined;
  });
}

callStoreSuite("in a file", async () => (await open()).calls, reset);

describe("a store in a file", () => {
  it("keeps sessions, too: after a restart each one is found, ends and expires as before", async () => {
    await reset();
    let now = Date.now();
    const time = (): number => now;
    const { sessions } = await open(time);
    const [first, second, third] = [
      await sessions.create(AGENT1, HOUR),
      await sessions.create(AGENT1, HOUR),
      await sessions.create(AGENT1, 2 * HOUR),
    ];
    await sessions.end(first);
    const again = (await open(time)).sessions;
    expect(await again.find(first)).toBeUndefined();
    expect((await again.find(second))?.agent).toBe(AGENT1);
    now += HOUR;
    expect(await again.find(second)).toBeUndefined();
    expect((await again.find(third))?.agent).toBe(AGENT1);
    await again.endAll(AGENT1);
    const generation = await again.generationOf(AGENT1);
    const last = (await open(time)).sessions;
    expect([await last.find(third), await last.generationOf(AGENT1)]).toEqual([undefined, generation]);
  });

  it("keeps a live call without limit, and an ended one for 30 days", async () => {
    await reset();
    let now = Date.now();
    const time = (): number => now;
    const { calls } = await open(time);
    const [live, over] = [callRecord("CA1"), finished(callRecord("CA2"), now)];
    for (const record of [live, over]) await calls.update(record.id, () => record);
    now += 30 * DAY - 1;
    expect(await calls.ended(0)).toEqual([over]);
    now += 1;
    expect(await calls.get(over.id)).toBeUndefined();
    expect(await calls.ended(0)).toEqual([]);
    expect(await (await open(time)).calls.live()).toEqual([live]);
  });

  it("refuses access once it is closed, and never writes to a file that another server uses", async () => {
    await reset();
    const stores = await open();
    await stores.close();
    await stores.close();
    await expect(stores.calls.update(callRecord("CA1").id, () => callRecord("CA1"))).rejects.toMatchObject({
      message: expect.stringContaining("closed"),
    });
    expect(await (await open()).calls.live()).toEqual([]);
  });
});

describe("STORE_URL", () => {
  const now = Date.now;

  it("is memory:, or file: with a relative or absolute path", async () => {
    await reset();
    const record = callRecord("CA1");
    for (const storeUrl of ["file:a/calls.db", `file://${folder}/a/calls.db`, "memory:"]) {
      const stores = await openStores(storeUrl, { now, cwd: folder });
      await stores.calls.update(record.id, () => record);
      expect(await stores.calls.live()).toEqual([record]);
      await stores.close();
    }
    opened = await openStores(`file:${folder}/a/calls.db`, { now });
    expect(await opened.calls.live()).toEqual([record]);
  });

  it.each([
    "redis://127.0.0.1",
    "calls.db",
    "",
    "file:",
    "file:// no host/calls.db",
    "file://elsewhere/calls.db",
  ])("cannot be %j, and the error names valid values", async (storeUrl) => {
    await expect(openStores(storeUrl, { now })).rejects.toMatchObject({
      category: "config",
      hint: expect.stringContaining("file:PATH"),
    });
  });
});

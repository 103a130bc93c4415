import { join } from "node:path";
import Database from "libsql";
import { beforeEach, describe, expect, it } from "vitest";
import type { AgentId } from "../../src/call/types.ts";
import { type Stores, openStores } from "../../src/store/stores.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { callRecord, finished } from "./support/call-store-suite.ts";

let path = "";
let warnings: string[] = [];

beforeEach(async () => {
  path = join(temporaryFolder(), "calls.db");
  warnings = [];
});

const open = (): Promise<Stores> =>
  openStores(`file:${path}`, {
    now: Date.now,
    warn: ({ message, hint }) => warnings.push(`${message} ${hint}`),
  });

async function using<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await open();
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

function inFile(sql: string): unknown[] {
  const db = new Database(path);
  try {
    return db.prepare(sql).raw().all();
  } catch {
    db.exec(sql);
    return [];
  } finally {
    db.close();
  }
}

const saved = (name: string) =>
  using(({ calls }) => calls.update(callRecord(name).id, () => callRecord(name)));

describe("a record that cannot be read", () => {
  it.each([
    ["is not JSON", `'{"value":{"id":"CA1"'`],
    ["is empty", "''"],
    ["is null", "'null'"],
    ["is a number", "17"],
    ["holds nothing", "'{}'"],
    ["lacks fields", `'{"value":{"id":"CA1","startedAt":1}}'`],
    ["has a field of another type", `replace(v, '"legs":[', '"legs":7,"was":[')`],
    ["is another call's", `replace(v, '"id":"CA1"', '"id":"CA7"')`],
    ["is not UTF-8", "CAST(x'7b22ff' AS TEXT)"],
    ["is bytes", "x'00ff'"],
  ])("because it %s is set aside by name, and the others are served", async (_, value) => {
    await saved("CA1");
    await saved("CA2");
    inFile(`UPDATE live SET v = ${value} WHERE k = 'CA1'`);
    const [before] = inFile("SELECT hex(v) FROM live WHERE k = 'CA1'") as [string[]];
    const live = await using(({ calls }) => calls.live());
    expect(live).toEqual([callRecord("CA2")]);
    expect(warnings).toEqual([expect.stringMatching(/CA1 in "live".*set aside.*SELECT \* FROM set_aside/)]);
    expect(inFile("SELECT place, k, hex(v) FROM set_aside")).toEqual([["live", "CA1", before?.[0]]]);
    warnings = [];
    expect(await using(({ calls }) => calls.live())).toEqual([callRecord("CA2")]);
    expect(warnings).toEqual([]);
  });

  it("among the ended calls does not hide the others, and its call can be saved anew", async () => {
    const [one, two] = [finished(callRecord("CA1"), 5), finished(callRecord("CA2"), 6)];
    await using(async ({ calls }) => {
      for (const record of [one, two]) await calls.update(record.id, () => record);
    });
    inFile("UPDATE ended SET v = '{' WHERE k = 'CA1'");
    await using(async ({ calls }) => {
      expect(await calls.ended(0)).toEqual([two]);
      expect(await calls.get(one.id)).toBeUndefined();
      await calls.update(one.id, () => one);
      expect(await calls.ended(0)).toEqual([two, one]);
    });
    expect(warnings).toEqual([expect.stringContaining('CA1 in "ended"')]);
  });

  it("of a session signs one browser out; one of a generation gives its agent a new identity", async () => {
    const [agent1, agent2] = ["agent1" as AgentId, "agent2" as AgentId];
    const [first, second] = await using(async ({ sessions }) => [
      await sessions.create(agent1, 60_000),
      await sessions.create(agent2, 60_000),
    ]);
    inFile(`UPDATE sessions SET v = '{"value":{"agent":1}}' WHERE v LIKE '%agent1%'`);
    inFile("UPDATE generations SET v = '7' WHERE k = 'agent1'");
    await using(async ({ sessions }) => {
      expect([await sessions.find(first), (await sessions.find(second))?.agent]).toEqual([undefined, agent2]);
      await sessions.endOthers([agent1, agent2]);
      expect((await sessions.find(await sessions.create(agent1, 60_000)))?.agent).toBe(agent1);
    });
    expect(warnings).toHaveLength(2);
  });
});

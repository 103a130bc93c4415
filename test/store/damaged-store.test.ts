import { open as openFile, readFile, readdir, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { beforeEach, describe, expect, it } from "vitest";
import { openStores } from "../../src/store/stores.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { callRecord } from "./support/call-store-suite.ts";

let folder = "";
let path = "";

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder, "calls.db");
});

/** Opens the store, and closes it again. */
async function start(count = 0): Promise<{ live: number; warnings: string[] }> {
  const warnings: string[] = [];
  const warn = ({ message }: Error): unknown => warnings.push(message);
  const { calls, ...stores } = await openStores(`file:${path}`, { now: Date.now, warn });
  const records = Array.from({ length: count }, (_, n) => callRecord(`CA${n}`));
  await Promise.all(records.map((record) => calls.update(record.id, () => record)));
  const live = (await calls.live()).length;
  await stores.close();
  return { live, warnings };
}

const aside = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /\.damaged-[^.]*Z$/.test(name));

async function overwrite(at: number, bytes: number): Promise<void> {
  const handle = await openFile(path, "r+");
  await handle.write(Buffer.alloc(bytes, "x"), 0, bytes, at);
  await handle.close();
}

describe("a damaged store", () => {
  it("is set aside byte by byte, and every record that can be read is kept", async () => {
    await start(400);
    const { size } = await stat(path);
    await overwrite(Math.floor(size / 2 / 4096) * 4096, 8_192);
    const before = await readFile(path);
    const { live, warnings } = await start();
    expect(live).toBeGreaterThan(200);
    expect(live).toBeLessThan(400);
    const [name = ""] = await aside();
    expect(warnings).toEqual([expect.stringMatching(/calls\.db is damaged: .*It is now .*\.damaged-/s)]);
    expect(warnings[0]).toContain(name);
    expect(warnings[0]).toContain(`could read ${live} live calls`);
    expect(await readFile(join(folder, name))).toEqual(before);
    expect(await start()).toEqual({ live, warnings: [] });
  });

  it("that was truncated keeps the records in the remaining part", async () => {
    await start(400);
    const { size } = await stat(path);
    await truncate(path, size - 3 * 4096);
    const { live, warnings } = await start();
    expect(live).toBeGreaterThan(200);
    expect(warnings).toEqual([expect.stringContaining(`${size - 3 * 4096} bytes instead of ${size}`)]);
    expect(await aside()).toHaveLength(1);
  });

  it.each([
    ["is empty", 0],
    ["has half a header", 50],
    ["has its header alone", 100],
    ["has one page", 4096],
  ])("that %s is reported with the loss, and the server starts", async (_, length) => {
    await start(400);
    await truncate(path, length);
    const { live, warnings } = await start(1);
    expect([live, warnings]).toEqual([1, [expect.stringContaining("could read 0 live calls")]]);
    expect(await aside()).toHaveLength(1);
    expect(await start()).toEqual({ live: 1, warnings: [] });
  });

  it("with a missing table is reported", async () => {
    await start(3);
    new Database(path).exec("DROP TABLE ended");
    expect(await start()).toEqual({
      live: 3,
      warnings: [expect.stringContaining("the table ended is missing")],
    });
  });

  it("whose log was deleted after a crash is reported: the last changes are lost", async () => {
    const { calls } = await openStores(`file:${path}`, { now: Date.now });
    await calls.update(callRecord("CA1").id, () => callRecord("CA1"));
    const crashed = join(temporaryFolder(), "calls.db");
    await writeFile(crashed, await readFile(path));
    path = crashed;
    expect((await start()).warnings).toEqual([expect.stringContaining("calls.db-wal is missing")]);
    expect((await start()).warnings).toEqual([]);
  });

  it("is not the store of a killed server, whose log is there", async () => {
    const { calls } = await openStores(`file:${path}`, { now: Date.now });
    await calls.update(callRecord("CA1").id, () => callRecord("CA1"));
    const killed = temporaryFolder();
    for (const name of ["calls.db", "calls.db-wal"])
      await writeFile(join(killed, name), await readFile(join(folder, name)));
    path = join(killed, "calls.db");
    expect(await start()).toEqual({ live: 1, warnings: [] });
  });
});

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { checkStore } from "../../../src/cli/doctor/checks/store.ts";
import { loadSettings } from "../../../src/config/load.ts";
import { openStores } from "../../../src/store/stores.ts";
import { callRecord } from "../../store/support/call-store-suite.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function aStore(): Promise<{
  path: string;
  start: () => Promise<void>;
  check: () => Promise<unknown>;
}> {
  const cwd = temporaryFolder();
  const path = join(cwd, "calls.db");
  const settings = await loadSettings({ cwd, env: { STORE_URL: `file:${path}` } });
  return {
    path,
    async start() {
      const { calls, ...stores } = await openStores(`file:${path}`, { now: Date.now });
      await calls.update(callRecord("CA1").id, () => callRecord("CA1"));
      await stores.close();
    },
    check: () => checkStore(settings, false),
  };
}

describe("doctor on a store", () => {
  it("names the records that the server has set aside and how to look at them, and changes nothing", async () => {
    const { path, start, check } = await aStore();
    await start();
    expect(await check()).toMatchObject({ state: "ok" });
    new Database(path).exec("INSERT INTO live (k, v) VALUES ('CA7', '{')");
    await start();
    const [bytes, names] = [await readFile(path), await readdir(join(path, ".."))];
    expect(await check()).toMatchObject({
      state: "warning",
      message: expect.stringContaining('CA7 in "live"'),
      hint: expect.stringContaining("SELECT * FROM set_aside"),
    });
    expect([await readFile(path), await readdir(join(path, ".."))]).toEqual([bytes, names]);
  });

  it("names the damaged file that the server has kept", async () => {
    const { path, start, check } = await aStore();
    await start();
    await writeFile(path, (await readFile(path)).subarray(0, 4096));
    await start();
    expect(await check()).toMatchObject({ state: "warning", message: expect.stringContaining(".damaged-") });
  });
});

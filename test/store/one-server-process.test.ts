import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStores } from "../../src/store/stores.ts";
import { writeRunFile } from "../../src/store/run-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { storeProcess } from "./support/store-process.ts";

const now = Date.now;

describe("a second server on the same file", () => {
  it("is refused with a hint to stop the first", async () => {
    const folder = temporaryFolder();
    const storeUrl = `file:${join(folder, "calls.db")}`;
    const { first } = await storeProcess(storeUrl);
    const pid = first.opened ?? 0;
    expect((await storeProcess(storeUrl)).first.refused).toMatchObject({
      category: "conflict",
      message: `${join(folder, "calls.db")} is in use by another server.`,
      hint: expect.stringContaining("STORE_URL=file:PATH"),
    });
    const about = {
      pid,
      url: "http://127.0.0.1:3456",
      port: 3456,
      version: "1",
      instance: "x",
      startedAt: 1,
    };
    await writeRunFile(folder, about);
    expect((await storeProcess(storeUrl)).first.refused).toMatchObject({
      message: expect.stringContaining(`the server at http://127.0.0.1:3456 (process ${pid})`),
      hint: expect.stringContaining(`kill ${pid}`),
    });
  });

  it("is refused for every path to the file: relative, or through links", async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, "real"));
    await storeProcess(`file:${join(folder, "real", "calls.db")}`);
    await symlink(join(folder, "real"), join(folder, "linked-folder"));
    await symlink(join(folder, "real", "calls.db"), join(folder, "linked.db"));
    for (const path of ["real/calls.db", "real/../real/calls.db", "linked-folder/calls.db", "linked.db"]) {
      const { first } = await storeProcess(`file:${path}`, "hold", { cwd: folder });
      expect([path, first.refused?.category]).toEqual([path, "conflict"]);
    }
    expect((await storeProcess("file:other.db", "hold", { cwd: folder })).first.opened).toBeGreaterThan(0);
  });

  it("starts at once after kill -9 of the first, and reads everything that the first wrote", async () => {
    const storeUrl = `file:${join(temporaryFolder(), "calls.db")}`;
    const first = await storeProcess(storeUrl, "write");
    await first.untilLines(50);
    await expect(openStores(storeUrl, { now })).rejects.toMatchObject({ category: "conflict" });
    await first.kill();
    const stores = await openStores(storeUrl, { now });
    expect((await stores.calls.live()).length).toBeGreaterThan(0);
    await stores.close();
    expect((await storeProcess(storeUrl)).first.opened).toBeGreaterThan(0);
  });

  it("opens the file in only one of three simultaneous starts", async () => {
    const storeUrl = `file:${join(temporaryFolder(), "calls.db")}`;
    const lines = await Promise.all([0, 1, 2].map(async () => (await storeProcess(storeUrl)).first));
    expect(lines.filter(({ opened }) => opened)).toHaveLength(1);
    expect(lines.filter(({ refused }) => refused?.category === "conflict")).toHaveLength(2);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunInfo, readRunFile, removeRunFile, writeRunFile } from "../../src/store/run-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const about = (pid: number): RunInfo => ({
  pid,
  url: "http://127.0.0.1:3000",
  port: 3000,
  version: "0.1.0",
  instance: "an-instance",
  startedAt: 1,
});

/** A process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("a server's run file", () => {
  it("names the running server until it is removed", async () => {
    const dir = join(temporaryFolder(), ".warm-transfer");
    expect(await readRunFile(dir)).toBeUndefined();
    await writeRunFile(dir, about(process.pid));
    expect(await readRunFile(dir)).toEqual(about(process.pid));
    expect((await stat(join(dir, "server.json"))).mode & 0o777).toBe(0o600);
    await removeRunFile(dir);
    expect(await readRunFile(dir)).toBeUndefined();
    await removeRunFile(dir);
  });

  it("is ignored when its server has died, and any process may then remove it", async () => {
    const dir = temporaryFolder();
    await writeRunFile(dir, about(await deadProcess()));
    expect(await readRunFile(dir)).toBeUndefined();
    await removeRunFile(dir);
    expect(await readdir(dir)).toEqual([]);
  });

  it("stays when another server that is still running wrote it", async () => {
    const dir = temporaryFolder();
    await writeRunFile(dir, about(process.ppid));
    await removeRunFile(dir);
    expect(await readRunFile(dir)).toEqual(about(process.ppid));
  });

  it.each(["", "{", "null", "[]", '{"pid":"1"}', JSON.stringify({ ...about(0) }), JSON.stringify(about(-1))])(
    "with invalid content counts as missing: %j",
    async (text) => {
      const dir = temporaryFolder();
      await writeFile(join(dir, "server.json"), text);
      expect(await readRunFile(dir)).toBeUndefined();
    },
  );
});

import { chmod, mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { openStores } from "../../src/store/stores.ts";
import { callRecord } from "./support/call-store-suite.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { asOrdinaryUser } from "../support/ordinary-user.ts";

const now = Date.now;
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const problem = (path: string): Promise<unknown> =>
  openStores(`file:${path}`, { now }).then(
    (stores) => stores.close(),
    (error: unknown) => error,
  );

async function writeCalls(path: string, count: number): Promise<void> {
  const { calls, ...stores } = await openStores(`file:${path}`, { now });
  for (let n = 0; n < count; n++) await calls.update(callRecord(`CA${n}`).id, () => callRecord(`CA${n}`));
  await stores.close();
}

describe("a store's file", () => {
  it("is readable by its owner only, as is a folder that it creates", async () => {
    const folder = join(temporaryFolder(), ".warm-transfer");
    const stores = await openStores(`file:${folder}/calls.db`, { now });
    expect(await modeOf(folder)).toBe("700");
    const files = await readdir(folder);
    expect(files).toContain("calls.db-wal");
    for (const file of files) expect([file, await modeOf(join(folder, file))]).toEqual([file, "600"]);
    await stores.close();
  });

  it("becomes readable by its owner only when others could read it", async () => {
    const path = join(temporaryFolder(), "calls.db");
    await writeCalls(path, 1);
    await chmod(path, 0o644);
    await writeCalls(path, 1);
    expect(await modeOf(path)).toBe("600");
  });

  it("is a complete database after a clean stop, without other files", async () => {
    const path = join(temporaryFolder(), "calls.db");
    await writeCalls(path, 10);
    expect((await stat(`${path}-wal`)).size).toBe(0);
  });
});

describe("a file that cannot be a store is refused", () => {
  const A_FOLDER_HINT = "Set STORE_URL to file: and the path of a file in a folder.";
  const cases: Record<string, [about: string, hint: string, make: (path: string) => unknown]> = {
    text: [
      "is not a database",
      "Move it away, or set STORE_URL=file:PATH to another file.",
      (path) => writeFile(path, "these are notes\n".repeat(500)),
    ],
    "another program's database": [
      "another program's database",
      "Set STORE_URL=file:PATH to another file.",
      (path) => void new Database(path).exec("CREATE TABLE things (k)"),
    ],
    "one of a later version": [
      "later version",
      "Install that version again, or start with a new file: STORE_URL=file:PATH.",
      async (path) => {
        await writeCalls(path, 1);
        new Database(path).exec("PRAGMA user_version = 5");
      },
    ],
    "a folder": ["No file can be made", A_FOLDER_HINT, (path) => mkdir(path)],
    "a link to nowhere": ["No file can be made", A_FOLDER_HINT, (path) => symlink("nowhere", path)],
  };
  it.each(Object.entries(cases))("%s", async (_, [about, hint, make]) => {
    const path = join(temporaryFolder(), "calls.db");
    await make(path);
    const error = await problem(path);
    expect(error).toMatchObject({
      name: "AppError",
      category: "config",
      message: expect.stringContaining(about),
      hint,
    });
    expect(error).toMatchObject({ message: expect.stringContaining(path) });
    // Nothing is left open: the same comes again, and no sentence that it is in use.
    expect(await problem(path)).toMatchObject({ message: expect.stringContaining(about) });
  });

  it("a path whose folder is a file", async () => {
    const file = join(temporaryFolder(), "file");
    await writeFile(file, "");
    expect(await problem(join(file, "calls.db"))).toMatchObject({ category: "config" });
  });

  it("a file in a folder that may not be written", async () => {
    const folder = temporaryFolder();
    await chmod(folder, 0o500);
    expect(await asOrdinaryUser(folder, () => problem(join(folder, "calls.db")))).toMatchObject({
      category: "config",
      message: expect.stringContaining("cannot be written"),
    });
  });

  it("a file that may not be read", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "calls.db");
    await writeCalls(path, 1);
    await chmod(path, 0o000);
    expect(await asOrdinaryUser(folder, () => problem(path))).toMatchObject({
      message: expect.stringContaining("cannot be written"),
    });
  });
});

import { chmod, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readJsonFile, writeJsonFile } from "../../src/store/json-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe("a JSON file", () => {
  it("holds what was written, readable by its owner only, in a new folder", async () => {
    const folder = join(temporaryFolder(), "new");
    const path = join(folder, "a.json");
    await writeJsonFile(path, { number: "+15550100" });
    expect(await readJsonFile(path)).toEqual({ number: "+15550100" });
    expect(await readFile(path, "utf8")).toBe('{\n  "number": "+15550100"\n}\n');
    expect([await modeOf(folder), await modeOf(path)]).toEqual(["700", "600"]);
    await writeJsonFile(path, [], 0o644);
    expect(await modeOf(path)).toBe("644");
  });

  it("that is missing is undefined", async () => {
    expect(await readJsonFile(join(temporaryFolder(), "none.json"))).toBeUndefined();
  });

  it("holds the last write whole when many write at once, with no other files left", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.json");
    const value = (n: number): unknown => ({ n, text: "x".repeat(10_000) });
    const writes = Array.from({ length: 20 }, (_, n) => writeJsonFile(path, value(n)));
    await Promise.all(writes);
    const found = (await readJsonFile(path)) as { n: number };
    expect(found).toEqual(value(found.n));
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("stays unchanged when it cannot be written, and the error names the file and a hint", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.json");
    await writeJsonFile(path, 1);
    const impossible = writeJsonFile(join(path, "b.json"), 2);
    await expect(impossible).rejects.toMatchObject({
      category: "config",
      message: "b.json cannot be written: a file has the folder's name.",
      hint: expect.stringContaining("folder"),
    });
    const circular: { self?: unknown } = {};
    circular.self = circular;
    await expect(writeJsonFile(path, circular)).rejects.toMatchObject({ category: "config" });
    expect(await readJsonFile(path)).toBe(1);
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("that is not JSON or is unreadable causes an error with a hint", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.json");
    await writeFile(path, "{ half");
    await expect(readJsonFile(path)).rejects.toMatchObject({
      category: "config",
      message: `${path} is not JSON.`,
      hint: expect.stringContaining("delete"),
    });
    await expect(readJsonFile(folder)).rejects.toMatchObject({ message: expect.stringContaining("EISDIR") });
    await chmod(path, 0o600);
  });
});

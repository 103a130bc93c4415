import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNumberBackups } from "../../src/store/number-backup.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const isText = (value: unknown): value is string => typeof value === "string";

const backup = (original: string) => ({ phoneNumber: "+15550100000", savedAt: 1, original, ours: ["ours"] });

describe("backups of numbers", () => {
  it("can be read by the next process that opens the folder", async () => {
    const dir = join(temporaryFolder(), "new");
    await openNumberBackups(dir, isText).save("PN1", backup("one"));
    await openNumberBackups(dir, isText).save("PN2", backup("two"));
    const again = openNumberBackups(dir, isText);
    expect([await again.find("PN1"), await again.find("PN2"), await again.find("PN3")]).toEqual([
      backup("one"),
      backup("two"),
      undefined,
    ]);
    expect(readdirSync(dir)).toEqual(["number-backup.json"]);
  });

  it("are deleted one by one", async () => {
    const backups = openNumberBackups(temporaryFolder(), isText);
    await backups.save("PN1", backup("one"));
    await backups.save("PN2", backup("two"));
    await backups.remove("PN1");
    await backups.remove("PN1");
    expect(await backups.all()).toEqual({ PN2: backup("two") });
  });

  it("can be read beside an unreadable one, which stays as it is", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "number-backup.json");
    writeFileSync(path, JSON.stringify({ PN1: { phoneNumber: 7 }, PN2: backup("two") }));
    const backups = openNumberBackups(dir, isText);
    expect(await backups.find("PN2")).toEqual(backup("two"));
    expect(await backups.find("PN3")).toBeUndefined();
    expect(await backups.all()).toEqual({ PN2: backup("two") });
    await backups.save("PN3", backup("three"));
    await backups.remove("PN2");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ PN1: { phoneNumber: 7 }, PN3: backup("three") });
    await expect(backups.find("PN1")).rejects.toMatchObject({ message: expect.stringContaining("PN1") });
  });

  it.each(["{", `{"PN1":{"phoneNumber":"+15550100000"}}`, `[1]`, `{"PN1":null}`])(
    "that are damaged are refused: %s",
    async (text) => {
      const dir = temporaryFolder();
      writeFileSync(join(dir, "number-backup.json"), text);
      const backups = openNumberBackups(dir, isText);
      await expect(backups.find("PN1")).rejects.toMatchObject({
        category: "config",
        hint: expect.any(String),
      });
      await expect(backups.save("PN1", backup("one"))).rejects.toMatchObject({ category: "config" });
    },
  );
});

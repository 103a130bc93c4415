import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { restrictEnvFile, planEnvFile, readEnvFile } from "../../src/config/env-file.ts";
import { writeFilesWhole } from "../../src/files/write-whole.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { asOrdinaryUser } from "../support/ordinary-user.ts";

function folderWith(text: string, mode = 0o644) {
  const cwd = temporaryFolder();
  const path = join(cwd, ".env");
  writeFileSync(path, text, { mode });
  return { cwd, path, text: () => readFileSync(path, "utf8"), mode: () => statSync(path).mode & 0o777 };
}

/** As `init` does it. @returns whether anything had to be changed */
async function updateEnvFile(cwd: string, values: Record<string, string>): Promise<boolean> {
  const planned = await planEnvFile(cwd, values);
  if (!planned) return restrictEnvFile(cwd);
  await writeFilesWhole([planned]);
  return true;
}

describe(".env", () => {
  it("is created readable by its owner only", async () => {
    const cwd = temporaryFolder();
    expect(await updateEnvFile(cwd, { A: "1", B: "x y" })).toBe(true);
    expect(readFileSync(join(cwd, ".env"), "utf8")).toBe("A=1\nB='x y'\n");
    expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
    expect(await readEnvFile(cwd)).toEqual({ A: "1", B: "x y" });
  });

  it("keeps comments, the order and other programs' lines", async () => {
    const env = folderWith("# mine\n\nexport OTHER=1 # one\n TOKEN = old  # to change\nLAST='a\nTOKEN=b\nc'");
    await updateEnvFile(env.cwd, { TOKEN: "new", MORE: "2" });
    expect(env.text()).toBe(
      "# mine\n\nexport OTHER=1 # one\n TOKEN = new  # to change\nLAST='a\nTOKEN=b\nc'\nMORE=2\n",
    );
  });

  it("keeps the line ends of Windows", async () => {
    const env = folderWith("A=1\r\nB=2\r\n");
    await updateEnvFile(env.cwd, { A: "3", C: "4" });
    expect(env.text()).toBe("A=3\r\nB=2\r\nC=4\r\n");
  });

  it("changes the effective one of two lines with the same setting", async () => {
    const env = folderWith("A=1\nA=2\n");
    await updateEnvFile(env.cwd, { A: "3" });
    expect(env.text()).toBe("A=1\nA=3\n");
  });

  it("is not written when nothing changes, but becomes readable by its owner only", async () => {
    const env = folderWith("A='1'\n");
    const before = statSync(env.path).ino;
    expect(await updateEnvFile(env.cwd, { A: "1" })).toBe(true);
    expect([env.mode(), statSync(env.path).ino]).toEqual([0o600, before]);
    expect(await updateEnvFile(env.cwd, { A: "1" })).toBe(false);
  });

  it("becomes readable by its owner only when it is changed", async () => {
    const env = folderWith("A=1\n", 0o666);
    await updateEnvFile(env.cwd, { A: "2" });
    expect(env.mode()).toBe(0o600);
  });

  it("stays a link when it is one", async () => {
    const { cwd: elsewhere, text } = folderWith("A=1\n");
    const cwd = temporaryFolder();
    symlinkSync(join(elsewhere, ".env"), join(cwd, ".env"));
    await updateEnvFile(cwd, { A: "2" });
    expect(text()).toBe("A=2\n");
  });

  it("reads and changes a setting below a malformed line", async () => {
    const env = folderWith("A line without an equals sign\nA=1\n \t\n\tB=2\n");
    expect(await readEnvFile(env.cwd)).toEqual({ A: "1", B: "2" });
    await updateEnvFile(env.cwd, { A: "3", B: "4" });
    expect(env.text()).toBe("A line without an equals sign\nA=3\n \t\n\tB=4\n");
  });

  it("stays unchanged if a new line would end an unclosed quotation", async () => {
    const text = "A='one\nB=2\n";
    const env = folderWith(text);
    await expect(updateEnvFile(env.cwd, { C: "it's" })).rejects.toMatchObject({
      category: "config",
      message: expect.stringContaining("cannot be parsed"),
    });
    expect(env.text()).toBe(text);
  });

  it.each(["two\nlines", "it's \"`"])("refuses the value %j, which it cannot hold", async (value) => {
    const cwd = temporaryFolder();
    await expect(updateEnvFile(cwd, { A: value })).rejects.toMatchObject({ category: "config" });
    expect(existsSync(join(cwd, ".env"))).toBe(false);
  });

  it("reports a folder without write permission", async () => {
    const cwd = temporaryFolder();
    chmodSync(cwd, 0o500);
    const update = (): Promise<unknown> => updateEnvFile(cwd, { A: "1" });
    await expect(asOrdinaryUser(cwd, update)).rejects.toMatchObject({
      category: "config",
      message: expect.stringContaining(".env cannot be written"),
    });
    chmodSync(cwd, 0o700);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("reports a missing folder", async () => {
    await expect(updateEnvFile(join(temporaryFolder(), "gone"), { A: "1" })).rejects.toMatchObject({
      message: ".env cannot be written: the folder does not exist.",
    });
  });
});

import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/cli/doctor/finding.ts";
import { ownedByOrdinaryUser } from "../../support/ordinary-user.ts";
import { aFolder, ask, startIn } from "../support/doctor-folder.ts";
import { runCli } from "../support/run-cli.ts";

/** Everything in a folder, with when it was last written, its mode and its bytes. */
function listing(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mtimeMs, mode } = statSync(path);
      return [name, mtimeMs, mode, statSync(path).isFile() ? readFileSync(path, "base64") : ""];
    });
}

describe("doctor changes nothing", () => {
  it("in a folder in which no server has run", async () => {
    const { cwd } = await aFolder();
    const before = [listing(cwd), statSync(cwd).mtimeMs];
    expect((await ask(cwd)).found("store")).toEqual([
      "ok: It does not exist yet. The first start creates it.",
    ]);
    expect([listing(cwd), statSync(cwd).mtimeMs]).toEqual(before);
  });

  it("in a folder with a state folder and a store", async () => {
    const { cwd } = await aFolder();
    await (await startIn(cwd)).close();
    const before = listing(cwd);
    expect(JSON.stringify(before)).toContain("calls.db");
    expect((await ask(cwd)).found("store").join()).toMatch(/^ok: /);
    expect(listing(cwd)).toEqual(before);
  });

  it.each(["", ".warm-transfer"])(
    "in a folder that it may not write, and reports that: ./%s",
    async (name) => {
      const { cwd } = await aFolder();
      const folder = join(cwd, name);
      mkdirSync(folder, { recursive: true });
      const user = ownedByOrdinaryUser(cwd);
      chmodSync(folder, 0o500);
      const before = listing(cwd);
      const { code, stdout } = await runCli(["doctor", "--json"], { cwd, ...user });
      const { checks } = JSON.parse(stdout) as { checks: Finding[] };
      const found = (wanted: string) => checks.find(({ check }) => check === wanted);
      expect(code).toBe(1);
      expect(found("folder")).toMatchObject({ state: "failure", message: expect.stringContaining("EACCES") });
      expect(found("store")).toMatchObject({ state: "failure" });
      expect(listing(cwd)).toEqual(before);
      chmodSync(folder, 0o700);
    },
  );
});

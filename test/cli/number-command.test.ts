import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { OLD_URL, PUBLIC_URL, numberCli } from "./support/number-cli.ts";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { KEYS, atTerminal } from "./support/terminal.ts";

const UPDATE = "UpdateIncomingPhoneNumber";

async function typed() {
  const { cwd, emulator, voiceUrl, hasBackup } = await numberCli();
  return {
    cwd,
    emulator,
    voiceUrl,
    hasBackup,
    run: (...words: string[]) => runCli(["number", ...words], { cwd }),
    terminal: (...words: string[]) => {
      const terminal = atTerminal(["number", ...words], { cwd });
      onTestFinished(() => terminal.kill());
      return terminal;
    },
  };
}

describe("warm-transfer number", SLOW, () => {
  it("shows, sets, shows and resets the number, in JSON documents", async () => {
    const { cwd, run, voiceUrl } = await typed();
    const read = async (...words: string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await run(...words, "--json");
      expect([code, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout);
    };
    expect(await read("show")).toMatchObject({ voiceUrl: OLD_URL, pointsHere: false, backup: null });
    expect(await read("set", "--yes")).toMatchObject({ changed: true });
    expect(await read("show")).toMatchObject({ pointsAt: PUBLIC_URL, pointsHere: true });
    expect(statSync(join(cwd, ".warm-transfer/number-backup.json")).mode & 0o777).toBe(0o600);
    expect(await read("reset")).toMatchObject({ result: "restored" });
    expect(await read("reset")).toMatchObject({ result: "nothing-kept" });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("reports an error on stderr and by its exit code", async () => {
    const { emulator, run, voiceUrl } = await typed();
    expect(await run("set")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
    expect(await run("show", "--number", "+15550999999")).toMatchObject({ code: 3 });
    emulator.faults.add({ rest: UPDATE, answer: 503 });
    expect(await run("set", "--yes")).toMatchObject({ code: 5 });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("prompts at a terminal, and follows the answer", async () => {
    const { terminal, voiceUrl, hasBackup } = await typed();
    const no = terminal("set");
    await no.sees(OLD_URL);
    await no.answers("Change the number?", `n${KEYS.enter}`);
    expect([await no.ended, voiceUrl(), hasBackup()]).toEqual([1, OLD_URL, false]);
    expect(no.screen()).toContain("Nothing was changed.");

    const left = terminal("set");
    await left.answers("Change the number?", KEYS.interrupt);
    expect([await left.ended, voiceUrl()]).toEqual([130, OLD_URL]);

    const yes = terminal("set");
    await yes.answers("Change the number?", `y${KEYS.enter}`);
    expect([await yes.ended, voiceUrl()]).toEqual([0, expect.stringContaining(PUBLIC_URL)]);
  });

  it("prompts before it overwrites another program's settings", async () => {
    const { emulator, run, terminal, voiceUrl } = await typed();
    await run("set", "--yes");
    emulator.configureNumber("+15550100000", { voiceUrl: "https://theirs.example.com" });
    const reset = terminal("reset");
    await reset.sees("https://theirs.example.com");
    await reset.answers("Restore the previous settings anyway?", `y${KEYS.enter}`);
    expect([await reset.ended, voiceUrl()]).toEqual([0, OLD_URL]);
  });

  it("reports when it is interrupted that the number may have changed, and how to undo that", async () => {
    const { emulator, terminal } = await typed();
    emulator.faults.add({ rest: UPDATE, answer: "reset", afterEffect: true, delayMs: 60_000 });
    const set = terminal("set", "--yes");
    await set.sees("Changes to");
    await expect.poll(() => emulator.faults.list()[0]?.left).toBe(0);
    set.type(KEYS.interrupt);
    expect(await set.ended).toBe(130);
    expect(set.screen()).toMatch(/may have been changed.*warm-transfer number reset/s);
  });
});

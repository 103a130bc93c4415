import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type TestContext, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startWorld } from "../support/world/start-world.ts";
import { ENTRY, runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

const execute = promisify(execFile);

/** A folder of an operator, with our program on the PATH. */
function anOperator(env: Record<string, string> = {}) {
  const cwd = temporaryFolder();
  const bin = join(cwd, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "warm-transfer"), `#!/bin/sh\nexec "${process.execPath}" "${ENTRY}" "$@"\n`);
  chmodSync(join(bin, "warm-transfer"), 0o755);
  return { cwd, env: { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: cwd, ...env } };
}

/** What bash offers after the tabulator key at the end of a line. */
async function offered(line: string, operator = anOperator()): Promise<string[]> {
  // COMP_WORDS as bash fills it is not needed but for the program's name; the rest comes from COMP_LINE.
  const script = `
    eval "$(warm-transfer completion bash)"
    COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=($1) COMP_CWORD=\${#COMP_WORDS[@]}
    _warm_transfer
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execute("bash", ["--norc", "-c", script, "bash", line], operator);
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

/** What is offered where is tested without a shell, in complete-words.test.ts. */
describe("completion in bash", SLOW, () => {
  it.each([
    ["warm-transfer conf", ["conferences"]],
    ["warm-transfer conferences ", ["list", "show", "watch", "end"]],
    ["warm-transfer sandbox --language=j", ["ja"]],
    ["warm-transfer sandbox --play=cus", ["customer-gives-up"]],
    ["warm-transfer start --log bi", ["bin"]],
    ["warm-transfer agents add ", []],
    ["warm-transfer nonsense ", []],
    ["warm-transfer conferences show ", []],
  ])("completes %j", async (line, words) => {
    const found = await offered(line);
    if (line.endsWith("nonsense ")) expect(found).toContain("conferences");
    else expect(found).toEqual(words);
  });

  it("offers the names of agents, calls and legs of the running server", { timeout: 60_000 }, async () => {
    const world = await startWorld(["anna", "ben"]);
    const operator = anOperator({ OPERATOR_TOKEN: world.operatorToken });
    const anna = await world.agent("anna");
    await world.customerRings();
    await anna.answers();
    const [call] = await world.server.calls();
    const at = `--server ${world.server.url}`;
    const offers = (line: string) => offered(`warm-transfer ${line}`, operator);
    expect(await offers(`transfer start ${at} --to `)).toEqual(["anna", "ben"]);
    expect(await offers(`agents link ${at} b`)).toEqual(["ben"]);
    expect(await offers(`conferences show ${at} `)).toEqual([call!.id.slice(-6)]);
    expect(await offers(`conferences show ${at} CA`)).toEqual([call!.id]);
    expect(await offers(`participants hold ${at} `)).toEqual(["customer", "anna", call!.id.slice(-6)]);
    expect(await offers(`participants hold ${at} ${call!.id} anna-`)).toEqual(["anna-1"]);
  });

  it("prints no error when no server answers", async () => {
    const { cwd, env } = anOperator({ OPERATOR_TOKEN: "0123456789abcdef" });
    const words = ["__complete", "--", "agents", "link", "--server", "http://127.0.0.1:1", ""];
    expect(await runCli(words, { cwd, env })).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("the completion scripts", SLOW, () => {
  const has = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

  it.each(["bash", "zsh", "fish"])("have about a dozen lines: %s", async (shell) => {
    const { stdout } = await runCli(["completion", shell]);
    expect(stdout.trim().split("\n").length).toBeLessThanOrEqual(18);
  });

  it.for(["bash", "zsh", "fish"])("load without an error in %s", async (shell, { skip }: TestContext) => {
    const { code, stdout } = await runCli(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain("__complete");
    if (!has(shell)) return skip(`${shell} is not installed`);
    const script = join(temporaryFolder(), `script.${shell}`);
    writeFileSync(script, stdout);
    expect(await execute(shell, ["-n", script])).toEqual({ stdout: "", stderr: "" });
  });

  it("are one JSON document with --json, and are refused for other shells", async () => {
    const { stdout } = await runCli(["completion", "bash", "--json"]);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(["shell", "script"]);
    expect(await runCli(["completion", "tcsh"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("bash, zsh, fish") as string,
    });
  });

  it("list no hidden commands", async () => {
    expect((await runCli(["--help"])).stdout).not.toContain("__complete");
    expect((await runCli(["__complete", "--", "__"])).stdout).toBe("");
  });
});

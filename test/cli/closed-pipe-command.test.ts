import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ENTRY, cleanEnvironment } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

const execute = promisify(execFile);

/** Runs a command whose reader goes away after `lines` lines. Resolves with its exit code, and what it says on stderr. */
async function unread(command: string, lines: number): Promise<{ code: string; stderr: string }> {
  const script = `node "$0" ${command} | head -n ${lines} > /dev/null; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await execute("bash", ["-c", script, ENTRY], {
    cwd: temporaryFolder(),
    env: cleanEnvironment(),
  });
  return { code: stdout.trim(), stderr };
}

it.each([
  ["--help", 1],
  ["completion fish", 0],
  ["sandbox --play warm-transfer --json", 1],
])(
  "a closed pipe on standard output ends the command quietly: warm-transfer %s",
  SLOW,
  async (command, lines) => {
    expect(await unread(command, lines)).toEqual({
      code: "0",
      stderr: "",
    });
  },
);

it("a closed pipe on standard error ends a command quietly, too", SLOW, async () => {
  const script = `node "$0" nonsense 2>&1 >/dev/null | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await execute("bash", ["-c", script, ENTRY], { env: cleanEnvironment() });
  expect([stdout.trim(), stderr]).toEqual(["2", ""]);
});

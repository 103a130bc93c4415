import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = `file://${process.cwd()}/`;

/** Packages and own parts: `commander`, `node:`, `dist/cli`, …; of the emulator each file. */
function kind(url: string): string {
  if (url.startsWith("node:")) return "node:";
  const path = url.replace(ROOT, "");
  if (path.startsWith("emulator/")) return path;
  return /node_modules\/([^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, 2).join("/");
}

async function run(...args: string[]): Promise<{ loaded: string[]; stdout: string }> {
  const list = join(temporaryFolder(), "modules");
  const node = ["--import", "./test/cli/support/loaded-modules.mjs"];
  const { stdout } = await runCli(args, { node, env: { LOADED_MODULES: list, TWILIO_ACCOUNT_SID: "wrong" } });
  const urls = readFileSync(list, "utf8").trim().split("\n");
  return { loaded: [...new Set(urls.map(kind))].sort(), stdout };
}

const LIGHT = [
  "commander",
  "dist/cli",
  "dist/errors.js",
  "dist/identifiers.js",
  "dist/mask.js",
  "dist/version.js",
  "emulator/dist/command/command-error.js",
  "emulator/dist/command/command.js",
  "emulator/dist/command/sound.js",
  "node:",
  "picocolors",
];

describe("the modules that the command line loads", SLOW, () => {
  it.each([
    ["--help"],
    ["sandbox", "--help"],
    ["--version"],
    ["nonsense"],
    ["sandbox", "--prt"],
    ["completion", "bash"],
    ["__complete", "--", "conf"],
  ])(
    "are commander, picocolors, node's own and what declares the emulator's command for: %s %s",
    async (...args) => {
      expect((await run(...args.filter(Boolean))).loaded).toEqual(LIGHT);
    },
  );

  it.each([
    ["init"],
    ["start"],
    ["doctor"],
    ["number", "set"],
    ["agents", "link"],
    ["conferences", "watch"],
    ["transfer", "start"],
    ["participants", "hold"],
    ["history"],
    ["trigger", "call"],
    ["trigger", "transfer"],
    ["replay"],
    ["emulator"],
    ["completion"],
  ])("are no more for the help of: %s %s, which begins with examples and fits", async (...command) => {
    const { loaded, stdout } = await run(...command, "--help");
    expect(loaded).toEqual(LIGHT);
    expect(stdout).toMatch(/^Examples:\n {2}\$ /);
    const lines = stdout.split("\n").filter((line) => !line.startsWith("  $"));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it("are more when a command runs, so that the list is known to work", async () => {
    const { loaded } = await run("emulator");
    expect(loaded).toEqual(expect.arrayContaining(["emulator/dist/start-emulator.js", "ws"]));
    expect(loaded).not.toContain("libopus-wasm");
  });
});

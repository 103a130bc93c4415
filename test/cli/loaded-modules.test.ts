import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

const ROOT = `file://${process.cwd()}/`;

/** Packages and own parts: `commander`, `node:`, `dist/cli`, … */
function kind(url: string): string {
  if (url.startsWith("node:")) return "node:";
  const path = url.replace(ROOT, "");
  return /node_modules\/([^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, 2).join("/");
}

async function loadedBy(...args: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "loaded-"));
  const list = join(folder, "modules");
  const node = ["--import", "./test/cli/support/loaded-modules.mjs"];
  await runCli(args, { node, env: { LOADED_MODULES: list, TWILIO_ACCOUNT_SID: "wrong" } });
  const urls = readFileSync(list, "utf8").trim().split("\n");
  rmSync(folder, { recursive: true });
  return [...new Set(urls.map(kind))].sort();
}

const LIGHT = [
  "commander",
  "dist/cli",
  "dist/errors.js",
  "dist/log.js",
  "dist/version.js",
  "node:",
  "picocolors",
];

describe("what the command line loads", SLOW, () => {
  it.each([["--help"], ["sandbox", "--help"], ["--version"], ["nonsense"], ["sandbox", "--prt"]])(
    "is commander, picocolors and node's own for: %s %s",
    async (...args) => {
      expect(await loadedBy(...args.filter(Boolean))).toEqual(LIGHT);
    },
  );

  it("is more when a command runs, which shows that the list would tell", async () => {
    const loaded = await loadedBy("emulator");
    expect(loaded).toEqual(expect.arrayContaining(["dist/emulator", "ws"]));
  });
});

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { INSTALLING, npm, packBoth } from "../support/packed.ts";
import { suiteFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { runCli, startCli } from "./support/run-cli.ts";
import { aStartCli } from "./support/start-cli.ts";

const { version, dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
  version: string;
  dependencies: { libsql: string };
};

const folder = suiteFolder();
/** The program and the emulator, which it depends on. */
let tarballs: string[];

/** Installs the packed copy below a folder of its own. Returns the package's own folder. */
async function install(name: string, modules: string, ...flags: string[]): Promise<string> {
  const prefix = join(folder, name);
  mkdirSync(prefix);
  await npm([
    "install",
    "--prefix",
    prefix,
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    ...flags,
    ...tarballs,
  ]);
  return join(prefix, modules, "warm-transfer");
}

const entryOf = (installed: string): string => join(installed, "dist/cli/index.js");

beforeAll(async () => {
  tarballs = await packBoth(folder);
  expect(tarballs).toHaveLength(2);
}, INSTALLING);

describe("the package, installed with npm install -g", { timeout: 60_000 }, () => {
  let installed: string;
  let entry: string;
  beforeAll(async () => {
    installed = await install("whole", "lib/node_modules", "--global");
    entry = entryOf(installed);
  }, INSTALLING);

  it("puts warm-transfer on the PATH", async () => {
    const run = promisify(execFile)(join(folder, "whole/bin/warm-transfer"), ["--version"]);
    expect((await run).stdout).toBe(`${version}\n`);
    expect((await runCli(["--help"], { entry })).stdout).toContain("Usage: warm-transfer");
  });

  it("plays a warm transfer in an empty folder", async () => {
    const cwd = temporaryFolder();
    const played = await runCli(["sandbox", "--play", "warm-transfer"], { entry, cwd });
    expect(played).toMatchObject({ code: 0, stderr: "" });
  });

  it("contains the agent page and the documents, and nothing that only a build needs", () => {
    const files = readdirSync(installed, { recursive: true }).map(String);
    const own = files.filter((path) => !path.startsWith("node_modules"));
    expect(own).toEqual(
      expect.arrayContaining(["dist/agent-page/index.html", "docs/your-number.md", "CONTRIBUTING.md"]),
    );
    expect(own.filter((path) => /tsbuildinfo|\/\.|^(src|test|scripts)/.test(path))).toEqual([]);
  });
});

describe("the package, installed with --omit=optional", { timeout: 60_000 }, () => {
  let entry: string;
  beforeAll(async () => {
    entry = entryOf(await install("small", "node_modules", "--omit=optional"));
  }, INSTALLING);

  it(
    "names libsql's package for this platform where the store file needs it",
    async () => {
      const { env, cwd } = await aStartCli();
      const { code, stderr } = await runCli(["start", "--agents", "anna"], { entry, env, cwd });
      const [, name = ""] =
        /needs the package (@libsql\/[\w-]+), which is not installed\.$/m.exec(stderr) ?? [];
      expect([code, name]).toEqual([2, expect.stringMatching(`^@libsql/${process.platform}`)]);
      await npm([
        "install",
        "--prefix",
        join(folder, "small"),
        "--prefer-offline",
        "--omit=optional",
        `${name}@${dependencies.libsql}`,
      ]);
    },
    INSTALLING,
  );

  it("serves a number", async () => {
    const { env, cwd, port, voiceUrl } = await aStartCli();
    const server = await startCli(["start", "--json", "--yes", "--agents", "anna", "--port", String(port)], {
      entry,
      env,
      cwd,
    });
    onTestFinished(async () => void (await server.end("SIGKILL")));
    const page = await fetch(String(server.ready.publicUrl));
    expect([page.status, voiceUrl()]).toEqual([200, expect.stringContaining(String(server.ready.publicUrl))]);
    expect(await server.end()).toBe(0);
  });

  it.each(["sandbox", "emulator"])(
    "refuses %s, and names the missing package and how to install it",
    async (command) => {
      const { code, stderr } = await runCli([command], { entry, cwd: temporaryFolder() });
      expect(code).toBe(2);
      expect(stderr).toBe(
        "error: Sound in the browser needs the package node-datachannel, which is not installed.\n" +
          "hint: Run the same npm install again with --include=optional.\n",
      );
    },
  );

  it("refuses the tunnel ngrok in the same words", async () => {
    const { env, cwd } = await aStartCli();
    const { PUBLIC_URL: _, ...others } = env;
    const withNgrok = { ...others, NGROK_AUTHTOKEN: "a-token" };
    const { code, stderr } = await runCli(["start", "--agents", "anna", "--port", "0", "--tunnel", "ngrok"], {
      entry,
      env: withNgrok,
      cwd,
    });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("package @ngrok/ngrok, which is not installed"),
    ]);
  });
});

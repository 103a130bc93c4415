import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { cleanEnvironment } from "./cli/support/run-cli.ts";
import { INSTALLING, npm, packBoth } from "./support/packed.ts";
import { suiteFolder } from "./support/temporary-folder.ts";

const folder = suiteFolder();
const project = join(folder, "project");

/** The code blocks of the emulator's README, which names their files. */
function examples(): string[] {
  const readme = readFileSync("emulator/README.md", "utf8");
  return [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = ""]) => block);
}

const inProject = (program: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [program, ...args], { cwd: project, env: cleanEnvironment() });

const installed = (path: string): string => join(project, "node_modules", path);

describe("an empty folder in which somebody has installed both packages", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", type: "module" }));
    const tarballs = await packBoth(folder);
    await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", ...tarballs], project);
    // Theirs would come from the registry, too; these save half a minute.
    for (const tool of ["vitest", "@types"]) symlinkSync(resolve("node_modules", tool), installed(tool));
    const [app = "", test = ""] = examples();
    writeFileSync(join(project, "app.ts"), app);
    writeFileSync(join(project, "call.test.ts"), test);
  }, INSTALLING);

  it("passes the test of the README, which rings a number of their app and asks who hears whom", async () => {
    const { stdout } = await inProject(resolve("node_modules/vitest/vitest.mjs"), "run");
    expect(stdout).toMatch(/Tests\s.*1 passed/);
  });

  it("fails it when the app connects somebody else", async () => {
    const app = readFileSync(join(project, "app.ts"), "utf8");
    writeFileSync(join(project, "app.ts"), app.replace("<Client>agent1", "<Client>agent2"));
    const failed = inProject(resolve("node_modules/vitest/vitest.mjs"), "run", "--testTimeout", "2000");
    await expect(failed).rejects.toMatchObject({ stdout: expect.stringMatching(/1 failed/) as string });
    writeFileSync(join(project, "app.ts"), app);
  });

  it("has types that a strict compiler takes, without skipping libraries", async () => {
    const strict =
      "--strict --noEmit --module nodenext --target es2023 --allowImportingTsExtensions --types node";
    const { stdout } = await inProject(
      resolve("node_modules/typescript/bin/tsc"),
      ...strict.split(" "),
      "call.test.ts",
    );
    expect(stdout).toBe("");
  });

  it.each([
    ["local-twilio", "emulator/package.json"],
    ["warm-transfer", "package.json"],
  ])("has the command %s", async (name, manifest) => {
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const { stdout } = await promisify(execFile)(installed(`.bin/${name}`), ["--version"]);
    expect(stdout).toBe(`${version}\n`);
  });
});

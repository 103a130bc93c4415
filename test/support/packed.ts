import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { cleanEnvironment } from "../cli/support/run-cli.ts";

/** npm fetches what it has not in its cache. */
export const INSTALLING = 180_000;

export const npm = (args: readonly string[], cwd = process.cwd()) =>
  promisify(execFile)("npm", args, { env: cleanEnvironment(), cwd });

/** Packs the program and the emulator, which it depends on, into a folder. Resolves with the paths of both. */
export async function packBoth(folder: string): Promise<string[]> {
  const everything = ["--workspaces", "--include-workspace-root"];
  const { stdout } = await npm(["pack", "--json", "--pack-destination", folder, ...everything]);
  return (JSON.parse(stdout) as { filename: string }[]).map(({ filename }) => join(folder, filename));
}

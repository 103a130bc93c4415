import { build, mergeConfig } from "vite";
import config from "../../../vite.config.ts";
import { workerFolder } from "../../../../test/support/temporary-folder.ts";

async function buildPhonePage(outDir: string): Promise<string> {
  await build(mergeConfig(config, { configFile: false, logLevel: "error", build: { outDir } }));
  return outDir;
}

let built: Promise<string> | undefined;

/** Builds the phone page, as the whole build does, once for all files of this worker; returns its folder. */
export function builtPhonePage(): Promise<string> {
  built ??= buildPhonePage(workerFolder());
  return built;
}

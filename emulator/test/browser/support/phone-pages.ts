import { build, mergeConfig } from "vite";
import config from "../../../vite.config.ts";

/** Builds the phone page, as the whole build does, into a folder; returns the folder. */
export async function buildPhonePage(outDir: string): Promise<string> {
  await build(mergeConfig(config, { configFile: false, logLevel: "error", build: { outDir } }));
  return outDir;
}

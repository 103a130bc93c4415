import { join } from "node:path";
import { build } from "vite";

/** Builds the phone page alone, as the whole build does, into a folder; returns the folder. */
export async function buildPhonePage(outDir: string): Promise<string> {
  const root = new URL("../../../agent-page/", import.meta.url).pathname;
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: [join(root, "phone.html")] },
    },
  });
  return outDir;
}

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

/** Builds the phone page alone, as the whole build does; returns the folder. */
export async function buildPhonePage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "phone-page-"));
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

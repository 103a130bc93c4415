// `npm test`: runs every test, from a bare clone. Arguments are passed to vitest: `npm test -- test/stories`.
import { ensureBuilt } from "./lib/build.mjs";
import { ensureChromium, ensureHeadlessShell } from "./lib/chromium.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { runTool } from "./lib/run.mjs";

await ensurePackages();
await ensureBuilt();
const CHROMIUM_PATH = await ensureChromium();
const HEADLESS_SHELL_PATH = await ensureHeadlessShell();
const { code } = await runTool("vitest/vitest.mjs", ["run", ...process.argv.slice(2)], {
  env: { CHROMIUM_PATH, ...(HEADLESS_SHELL_PATH && { HEADLESS_SHELL_PATH }) },
});
process.exitCode = code;

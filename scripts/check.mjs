// `npm run check`: types, lint, format and unit tests, all at once and without a build. TypeScript and vitest cache results in
// .cache/ by the content of files, so a repeated check looks again only at what an edit concerns.
import { ensurePackages } from "./lib/packages.mjs";
import { ROOT, runTool } from "./lib/run.mjs";
import { giveUp, say, timed } from "./lib/say.mjs";

/** Arguments of tsc for a project whose state is kept under this name. */
const types = (name, ...args) => [
  ...args,
  "--noEmit",
  "--incremental",
  "--tsBuildInfoFile",
  `${ROOT}.cache/check/${name}.tsbuildinfo`,
];

/** Folders whose code runs in a browser, too: each has a tsconfig.json of its own. */
const IN_BROWSERS = ["agent-page", "test/browser", "emulator/phone-page", "emulator/test/browser"];

const CHECKS = [
  { name: "unit tests", tool: "vitest/vitest.mjs", args: ["run", "--project", "unit"] },
  { name: "types of src and test", tool: "typescript/bin/tsc", args: types("main") },
  ...IN_BROWSERS.map((folder) => ({
    name: `types of ${folder}`,
    tool: "typescript/bin/tsc",
    args: types(folder.replaceAll("/", "-"), "-p", folder),
  })),
  { name: "lint", tool: "oxlint/bin/oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "search for dead exports and files", tool: "knip/bin/knip.js", args: [] },
  { name: "format", tool: "oxfmt/bin/oxfmt", args: ["--check"] },
];

/** Resolves with the check's name, whether it passed, and its output. */
async function runCheck({ name, tool, args }) {
  const { code, output } = await runTool(tool, args, { quiet: true });
  return { name, passed: code === 0, output: output.trim() };
}

await ensurePackages();
const results = await timed("Checking types, lint, format and unit tests", "Checked all", () =>
  Promise.all(CHECKS.map(runCheck)),
);
const failed = results.filter(({ passed }) => !passed);
for (const { name, output } of failed) say(`${output}\nerror: The ${name} failed.`);
say(results[0].output.split("\n").at(-1));
if (failed.length > 0)
  giveUp(
    `${failed.length} of ${CHECKS.length} checks failed.`,
    "fix the problems above, then run: npm run check",
  );

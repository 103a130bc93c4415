// `npm run check`: types, lint, format and unit tests, all at once and without a build.
import { ensurePackages } from "./lib/packages.mjs";
import { runTool } from "./lib/run.mjs";
import { giveUp, say, timed } from "./lib/say.mjs";

const CHECKS = [
  { name: "unit tests", tool: "vitest/vitest.mjs", args: ["run", "--project", "unit"] },
  { name: "types of src and test", tool: "typescript/bin/tsc", args: [] },
  { name: "types of the pages", tool: "typescript/bin/tsc", args: ["-p", "agent-page", "--noEmit"] },
  { name: "types of the browser tests", tool: "typescript/bin/tsc", args: ["-p", "test/browser"] },
  { name: "lint", tool: "oxlint/bin/oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "search for dead exports and files", tool: "knip/bin/knip.js", args: [] },
  { name: "format", tool: "prettier/bin/prettier.cjs", args: ["--check", "--log-level", "warn", "."] },
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

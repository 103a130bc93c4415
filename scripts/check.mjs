// `npm run check`: types, lint, format and the unit tests, in that order; stops at the first that fails.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { runTool } from "./lib/run.mjs";
import { giveUp, say, timed } from "./lib/say.mjs";

const CHECKS = [
  { name: "the types of src and test", tool: "typescript/bin/tsc", args: [] },
  { name: "the types of the pages", tool: "typescript/bin/tsc", args: ["-p", "agent-page", "--noEmit"] },
  { name: "the types of the browser tests", tool: "typescript/bin/tsc", args: ["-p", "test/browser"] },
  { name: "the lint", tool: "oxlint/bin/oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "the format", tool: "prettier/bin/prettier.cjs", args: ["--check", "--log-level", "warn", "."] },
  { name: "the unit tests", tool: "vitest/vitest.mjs", args: ["run", "--project", "unit"] },
];

async function check({ name, tool, args }) {
  const quiet = !tool.startsWith("vitest");
  const { code, output } = await runTool(tool, args, { quiet });
  if (code === 0) return;
  if (output) say(output.trim());
  giveUp(`Checking ${name} failed.`, "mend what is said above, then type: npm run check");
}

await ensurePackages();
await ensureBuilt();
for (const each of CHECKS) await timed(`Checking ${each.name}`, `Checked ${each.name}`, () => check(each));

// `npm run check`: types, lint and format at the same time, then the unit tests.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { runTool } from "./lib/run.mjs";
import { giveUp, say, timed } from "./lib/say.mjs";

const READING = [
  { name: "the types of src and test", tool: "typescript/bin/tsc", args: [] },
  { name: "the types of the pages", tool: "typescript/bin/tsc", args: ["-p", "agent-page", "--noEmit"] },
  { name: "the types of the browser tests", tool: "typescript/bin/tsc", args: ["-p", "test/browser"] },
  { name: "the lint", tool: "oxlint/bin/oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "the format", tool: "prettier/bin/prettier.cjs", args: ["--check", "--log-level", "warn", "."] },
];

/** Resolves with what the tool complained about, or undefined. */
async function read({ name, tool, args }) {
  const { code, output } = await runTool(tool, args, { quiet: true });
  return code === 0 ? undefined : `${output.trim()}\nChecking ${name} failed.`;
}

await ensurePackages();
await ensureBuilt();
const complaints = await timed("Checking types, lint and format", "Checked types, lint and format", () =>
  Promise.all(READING.map(read)),
);
for (const complaint of complaints.filter(Boolean)) say(complaint);
if (complaints.some(Boolean))
  giveUp("There is something to mend.", "mend what is said above, then type: npm run check");

const tests = await timed("Running the unit tests", "Ran the unit tests", () =>
  runTool("vitest/vitest.mjs", ["run", "--project", "unit"]),
);
if (tests.code !== 0) giveUp("Unit tests failed.", "mend what is said above, then type: npm run check");

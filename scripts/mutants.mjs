// `npm run mutants`: changes the rules of a call in one place at a time, and tells which change no test notices.
// It takes every fourth change; `npm run mutants -- settle 1` takes each one in the files whose name has `settle`.
import { readFile, readdir } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { createVitest } from "vitest/node";
import { ensurePackages } from "./lib/packages.mjs";
import { giveUp, say } from "./lib/say.mjs";
import { mutantsOf } from "./mutants/mutate.mjs";

await ensurePackages();

const FOLDER = "src/call/rules";
const [part = "", every = "4"] = process.argv.slice(2);

const names = (await readdir(FOLDER)).filter((name) => name.includes(part));
const all = [];
for (const name of names) {
  const file = resolve(FOLDER, name);
  all.push(...mutantsOf(file, await readFile(file, "utf8")));
}
const mutants = all.filter((_, index) => index % Number(every) === 0);
if (mutants.length === 0) giveUp(`No rule to change has ${part} in its name.`, `look into ${FOLDER}`);

const OPTIONS = {
  config: false,
  watch: false,
  bail: 1,
  reporters: [{}],
  testTimeout: 30_000,
  expect: { poll: { timeout: 15_000 } },
  isolate: false,
};

/** The mutant that the tests get in place of its file. */
let current;

/** What most often notices a change comes first. Each stage sees only what the one before did not notice. */
const STAGES = [
  { include: ["test/call/**/*.test.ts"], exclude: ["**/*.property.test.ts", "**/coordinator.test.ts"] },
  { include: ["test/call/**/*.property.test.ts", "test/call/coordinator.test.ts"] },
  { include: ["test/stories/**/*.test.ts", "test/model/known-runs.test.ts"] },
];

/** A vitest that stays up; each run loads the rules anew. */
async function startRunner(tests) {
  const plugin = {
    name: "mutant",
    enforce: "pre",
    transform: (_, id) => (id === current?.file ? current.code : undefined),
  };
  const vitest = await createVitest(
    "test",
    { ...OPTIONS, ...tests },
    { configFile: false, plugins: [plugin] },
  );
  const specifications = await vitest.globTestSpecifications();
  return {
    /** True: a test has failed. A mutant that never ends is noticed by the time-out of a test. */
    async kills(mutant) {
      const before = current;
      current = mutant;
      for (const file of [before?.file, mutant?.file]) if (file) vitest.invalidateFile(file);
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true);
      return unhandledErrors.length > 0 || testModules.some((module) => !module.ok());
    },
    close: () => vitest.close(),
  };
}

async function survivorsOf(mutants, tests) {
  if (mutants.length === 0) return [];
  const runner = await startRunner(tests);
  if (await runner.kills(undefined)) giveUp("A test fails without any mutant.", "run npm test");
  const survivors = [];
  for (const [index, mutant] of mutants.entries()) {
    if (!(await runner.kills(mutant))) survivors.push(mutant);
    say(`${tests.include[0]}: ${index + 1} of ${mutants.length}, ${survivors.length} survive`);
  }
  await runner.close();
  return survivors;
}

let survivors = mutants;
for (const tests of STAGES) survivors = await survivorsOf(survivors, tests);

for (const { file, line, was, by } of survivors)
  process.stdout.write(`${relative(".", file)}:${line}\n  - ${was}\n  + ${by}\n`);
const killed = mutants.length - survivors.length;
const score = ((100 * killed) / mutants.length).toFixed(1);
process.stdout.write(`${mutants.length} mutants, ${killed} killed (${score} %)\n`);
process.exit(0);

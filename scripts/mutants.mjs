// `npm run mutants`: changes the rules of a call in one place at a time, and tells which change no test notices.
// It takes each one: `npm run mutants -- settle` takes those in the files whose name has `settle`, and `npm run mutants -- "" 4`
// every fourth one of all. With `--stories`, the stories try what the tests of the rules leave, for hours.
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { createVitest } from "vitest/node";
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { giveUp, say } from "./lib/say.mjs";
import { openLedger } from "./mutants/ledger.mjs";
import { mutantsOf, withMutants } from "./mutants/mutate.mjs";

await ensurePackages();
await ensureBuilt();

const FOLDER = "src/call/rules";
const STORIES = "--stories";
const given = process.argv.slice(2);
const [part = "", every = "1"] = given.filter((word) => word !== STORIES);

/** The second stage gets what the first leaves. */
const STAGES = [/^test\/call\/.*\.test\.ts$/, /^test\/(stories\/.*|model\/known-runs)\.test\.ts$/];
/** Tests with random runs or with a coordinator's timers take a hundred times as long as those of the rules alone. */
const isSlow = (file) =>
  /property|known-runs/.test(file) || readFileSync(file, "utf8").includes("coordinator-stage");
const PROGRESS_MS = 10_000;
/** Longer than the tests' own time-outs: only a process that hangs has nothing to say for so long. */
const HANGS_AFTER_MS = 120_000;

const sources = new Map();
for (const name of (await readdir(FOLDER)).filter((each) => each.includes(part)))
  sources.set(resolve(FOLDER, name), await readFile(join(FOLDER, name), "utf8"));
const mutants = [...sources]
  .flatMap(([file, source]) => mutantsOf(file, source))
  .filter((_, index) => index % Number(every) === 0)
  .map((mutant, id) => ({ ...mutant, id }));
if (mutants.length === 0) giveUp(`No rule to change has ${part} in its name.`, `look into ${FOLDER}`);

const folder = await mkdtemp(join(tmpdir(), "mutants-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "ledger");
await writeFile(path, "");
const ledger = openLedger(path);
const hung = new Set();

function report() {
  const entries = ledger.read();
  const killed = ledger.killed();
  const reached = new Set(entries.flatMap((entry) => entry.reached ?? []));
  for (const { id, file, line, was, by, isStatic } of mutants.filter((each) => !killed.has(each.id))) {
    const why = isStatic || reached.has(id) ? "" : "  no test comes here\n";
    process.stdout.write(`${relative(".", file)}:${line}\n${why}  - ${was}\n  + ${by}\n`);
  }
  const score = ((100 * killed.size) / mutants.length).toFixed(1);
  const late = entries.filter(({ because }) => because === "time-out").length;
  process.stdout.write(
    `${mutants.length} mutants, ${killed.size} killed (${score} %), ${late} by a time-out\n`,
  );
}

let running;

async function interrupt() {
  clearInterval(progress);
  say("Interrupted. Not noticed so far:");
  report();
  // Vitest lets the tests finish after the first request, and ends their processes after the second.
  await Promise.allSettled([1, 2].map(() => running?.cancelCurrentRun("keyboard-input")));
  process.exit(130);
}

process.once("SIGINT", () => void interrupt());

/** Ends a process whose test says nothing any more: its mutant never ends. */
function endHanging() {
  const last = new Map(ledger.read().map((entry) => [entry.pid, entry]));
  for (const { pid, at, mutant } of last.values()) {
    if (typeof mutant !== "number" || hung.has(pid) || Date.now() - at < HANGS_AFTER_MS) continue;
    hung.add(pid);
    ledger.write({ killed: mutant, because: "time-out" });
    process.kill(pid, "SIGKILL");
  }
}

const startedAt = performance.now();
const progress = setInterval(() => {
  endHanging();
  const entries = ledger.read();
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  const test = entries.findLast((entry) => entry.test)?.test ?? "";
  say(`${minutes} min: ${ledger.killed().size} of ${mutants.length} killed; ${test}`);
}, PROGRESS_MS);

class CheapestFirst {
  sort = (files) =>
    files.toSorted((a, b) => isSlow(a.moduleId) - isSlow(b.moduleId) || (a.moduleId < b.moduleId ? -1 : 1));
  shard = (files) => files;
}

/** @param always a mutant that is there from the start: one that is evaluated only once */
async function runTests(stage, always = null) {
  const instrumented = (_, id) => {
    const source = sources.get(id);
    return (
      source &&
      withMutants(
        source,
        mutants.filter(({ file }) => file === id),
      )
    );
  };
  const vitest = await createVitest(
    "test",
    {
      config: false,
      watch: false,
      reporters: [{}],
      bail: always === null ? 0 : 1,
      include: ["test/{call,stories}/**/*.test.ts", "test/model/known-runs.test.ts"],
      testTimeout: 600_000,
      expect: { poll: { timeout: 15_000 } },
      maxWorkers: 2,
      runner: resolve("scripts/mutants/runner.mjs"),
      sequence: { sequencer: CheapestFirst },
      provide: {
        mutants: {
          ledger: path,
          always,
          ids: mutants.filter(({ isStatic }) => !isStatic).map(({ id }) => id),
        },
      },
    },
    { configFile: false, plugins: [{ name: "mutants", enforce: "pre", transform: instrumented }] },
  );
  running = vitest;
  const all = await vitest.globTestSpecifications();
  const tests = all.filter(({ moduleId }) => stage.test(relative(".", moduleId)));
  const { testModules } = await vitest.runTestSpecifications(tests, true);
  const isOk = testModules.every((module) => module.ok());
  await vitest.close();
  return isOk;
}

const stages = given.includes(STORIES) ? STAGES : STAGES.slice(0, 1);
const deaths = () => ledger.read().filter(({ because }) => because === "time-out").length;

for (const stage of stages) {
  // A process that was ended leaves tests behind.
  for (let before = -1; before !== deaths();) {
    before = deaths();
    await runTests(stage);
  }
  const { broken, errors } = ledger.read().find((entry) => entry.broken) ?? {};
  if (broken) {
    say(JSON.stringify(errors, null, 2));
    giveUp(`A test fails without any mutant: ${broken}`, "run npm test");
  }
  const killed = ledger.killed();
  for (const { id, isStatic } of mutants)
    if (isStatic && !killed.has(id) && !(await runTests(stage, id)))
      ledger.write({ killed: id, because: "a run of its own" });
  if (stage !== stages.at(-1)) {
    say("Not noticed by the tests of the rules alone:");
    report();
  }
}

clearInterval(progress);
report();
process.exit(0);

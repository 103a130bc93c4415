// Vitest's runner, which tries each test first as it is, then once with each mutant that it reached and that still lives.
import { setMaxListeners } from "node:events";
import { relative } from "node:path";
import { TestRunner, inject } from "vitest";
import { openLedger } from "./ledger.mjs";

/** Each try of a test listens to the same signal of its end. */
setMaxListeners(0);

/** A test with a mutant in it may take so many times as long as without; and a mutant be asked for so many times as often. */
const PATIENCE = 20;
const LEAST_MS = 10_000;
const LEAST_CALLS = 100_000;

const nameOf = (test) => {
  const names = [];
  for (let task = test; task !== task.file; task = task.suite ?? task.file) names.unshift(task.name);
  return `${relative(".", test.file.filepath)} > ${names.join(" > ")}`;
};

/** Nothing is set up or cleaned up around this test, so that it can be repeated within itself, which is ten times as fast. */
function standsAlone(test) {
  const around = ["beforeEach", "afterEach", "aroundEach"];
  for (
    let suite = test.suite ?? test.file;
    suite;
    suite = suite === test.file ? null : (suite.suite ?? test.file)
  )
    if (around.some((name) => TestRunner.getSuiteHooks(suite)?.[name]?.length > 0)) return false;
  return !test.onFinished?.length && !test.onFailed?.length;
}

export default class MutantRunner extends TestRunner {
  #ledger;
  #always;
  #active;
  #calls = 0;
  #limit = Infinity;
  #reached = new Set();
  /** The test that is tried: its mutants still to come, the one it seems to have noticed, how long it takes. */
  #tries;

  constructor(config) {
    super(config);
    const { ledger, always } = inject("mutants");
    this.#ledger = openLedger(ledger);
    this.#always = always;
    this.#active = always;
    globalThis.isMutant = (id) => {
      this.#reached.add(id);
      if (++this.#calls > this.#limit) throw new Error("This mutant never ends.");
      return id === this.#active;
    };
  }

  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test);
    if (this.#always !== null) return;
    if (this.#ledger.read().some(({ done }) => done === nameOf(test))) test.mode = "skip";
    test.retry = Infinity;
    this.#tries = undefined;
  }

  onBeforeTryTask(test) {
    super.onBeforeTryTask(test);
    if (this.#always !== null) return;
    test.result.errors = undefined;
    if (!this.#tries) this.#reached = new Set();
    this.#activate(test, this.#tries?.suspect === undefined ? (this.#tries?.queue[0] ?? null) : null);
    test.triedAt = performance.now();
  }

  #activate(test, mutant) {
    this.#active = mutant;
    this.#calls = 0;
    this.#limit = mutant === null ? Infinity : LEAST_CALLS + PATIENCE * this.#tries.calls;
    this.#ledger.write({ test: nameOf(test), mutant });
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    if (this.#always !== null) return run();
    if (this.#active !== null) return this.#runInTime(run);
    await run();
    if (this.#tries || !standsAlone(test)) return;
    this.#begin(test, false);
    await this.#tryAll(test, run);
  }

  async #runInTime(run) {
    const work = Promise.resolve(run());
    work.catch(() => {});
    const patience = setTimeout(() => this.#giveUp(), LEAST_MS + PATIENCE * this.#tries.ms);
    await work.finally(() => clearTimeout(patience));
  }

  async #tryAll(test, run) {
    for (const mutant of this.#tries.queue.splice(0)) {
      if (this.#ledger.killed().has(mutant)) continue;
      this.#activate(test, mutant);
      const isNoticed = await this.#runInTime(run).then(
        () => false,
        () => true,
      );
      this.#activate(test, null);
      if (!isNoticed) continue;
      try {
        await run();
        this.#ledger.write({ killed: mutant, because: nameOf(test) });
      } catch (error) {
        this.#ledger.write({ broken: nameOf(test), errors: [{ message: error.message }] });
        return;
      }
    }
  }

  /** What a test without an end has begun would disturb the next ones: they get another process. */
  #giveUp() {
    this.#ledger.write({ killed: this.#active, because: "time-out" });
    process.kill(process.pid, "SIGKILL");
  }

  onAfterRetryTask(test) {
    if (this.#always !== null) return;
    const hasFailed = test.result.state === "fail";
    if (!this.#tries) this.#begin(test, hasFailed);
    else if (this.#tries.suspect !== undefined) this.#confirm(test, hasFailed);
    else if (hasFailed) this.#tries.suspect = this.#tries.queue.shift();
    else this.#tries.queue.shift();
    this.#skipKilled();
    const isOver = this.#tries.suspect === undefined && this.#tries.queue.length === 0;
    if (isOver) this.#ledger.write({ done: nameOf(test) });
    test.result.state = isOver ? "pass" : "fail";
    test.result.errors = isOver ? undefined : [new Error("to be tried with another mutant")];
  }

  #begin(test, hasFailed) {
    const { ids } = inject("mutants");
    const queue = hasFailed ? [] : ids.filter((id) => this.#reached.has(id));
    this.#tries = { queue, suspect: undefined, ms: performance.now() - test.triedAt, calls: this.#calls };
    if (hasFailed) this.#ledger.write({ broken: nameOf(test), errors: test.result.errors });
    else this.#ledger.write({ reached: queue });
  }

  /** A test that fails also without the mutant has noticed nothing. */
  #confirm(test, hasFailed) {
    const { suspect } = this.#tries;
    this.#tries.suspect = undefined;
    if (!hasFailed) return this.#ledger.write({ killed: suspect, because: nameOf(test) });
    this.#tries.queue = [];
    this.#ledger.write({ broken: nameOf(test), errors: test.result.errors });
  }

  /** Another process may have tried another test meanwhile. */
  #skipKilled() {
    const killed = this.#ledger.killed();
    this.#tries.queue = this.#tries.queue.filter((id) => !killed.has(id));
  }
}

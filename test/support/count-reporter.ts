import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line that counts tests, whatever the default reporter prints. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that cannot be loaded, and a hook that fails, have no test to count: each is one failure.
      for (const part of [module, ...module.children.allSuites()])
        if (part.errors().length > 0) count.failed += 1;
    }
    const skipped = count.skipped + count.pending;
    process.stdout.write(
      `\nTests: ${count.passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ""}\n`,
    );
  }
}

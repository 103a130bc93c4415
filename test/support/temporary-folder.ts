import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** An empty folder for a helper with a `close` of its own, which removes it. */
export function makeFolder(): { path: string; remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "warm-transfer-")));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An empty folder, removed after the test. */
export function temporaryFolder(): string {
  const { path, remove } = makeFolder();
  onTestFinished(remove);
  return path;
}

let endsOrderly = false;

/** Vitest ends a worker by SIGTERM, of which node tells nobody who waits for the exit: neither Playwright nor a folder below. */
export function endOrderly(): void {
  if (!endsOrderly) process.once("SIGTERM", () => process.exit());
  endsOrderly = true;
}

/** An empty folder for all files of this worker, removed at its end. */
export function workerFolder(): string {
  const { path, remove } = makeFolder();
  process.once("exit", remove);
  endOrderly();
  return path;
}

/** To remove an installed program takes longer than a hook may on a disk that others use. */
const REMOVING = 60_000;

/** An empty folder, removed after all tests of the file or `describe` that calls this outside its hooks. */
export function suiteFolder(): string {
  const { path, remove } = makeFolder();
  afterAll(remove, REMOVING);
  return path;
}

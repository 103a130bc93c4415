import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, afterEach, expect } from "vitest";

/**
 * Set up for the unit project: a test that starts a built program would test the last build and not the code, so it fails.
 * Such a test is named `*-command.test.ts` or `*-process.test.ts`, which puts it into the wire project.
 */
const BUILT = /[/\\]dist[/\\]|^dist[/\\]/;
const { spawn, fork } = childProcess;
const started: string[] = [];

function watched<T extends typeof spawn | typeof fork>(start: T): T {
  const watching = (...args: unknown[]): unknown => {
    started.push(...args.flat().filter((arg): arg is string => typeof arg === "string" && BUILT.test(arg)));
    return (start as (...args: unknown[]) => unknown)(...args);
  };
  return watching as T;
}

Object.assign(childProcess, { spawn: watched(spawn), fork: watched(fork) });
syncBuiltinESMExports();

afterEach(() => {
  expect(started.splice(0), "a unit test starts built programs").toEqual([]);
});

afterAll(() => {
  Object.assign(childProcess, { spawn, fork });
  syncBuiltinESMExports();
});

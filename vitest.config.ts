import { availableParallelism } from "node:os";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/**
 * Over the wire: the server, whole stories, commands that start or steer a service, real WebRTC, Twilio's description, and processes
 * that are started from the build.
 */
const WIRE = [
  "test/server/**/*.test.ts",
  "test/stories/**/*.test.ts",
  "test/model/**/*.test.ts",
  "test/contract/**/*.test.ts",
  "test/cli/control/**/*.test.ts",
  "test/cli/service/**/*.test.ts",
  "test/cli/number*.test.ts",
  "emulator/test/media/legs.test.ts",
  "test/cli/play*.test.ts",
  "test/**/*-command.test.ts",
  "test/**/*-process.test.ts",
  "emulator/test/contract/**/*.test.ts",
  "emulator/test/unchanged/**/*.test.ts",
];

/** The agent's page and the inspector in Chromium: what they show and do. Nobody listens. */
const PAGES = [
  "emulator/test/browser/inspector-page.test.ts",
  "test/browser/agent-page*.test.ts",
  "test/browser/lost-agents.test.ts",
  "test/browser/own-number.test.ts",
];

const IN_BROWSERS = ["test/browser/**/*.test.ts", "emulator/test/browser/**/*.test.ts"];

/** Tests run the emulator's sources, never its last build (`exports` in emulator/package.json). */
const CONDITIONS = { conditions: ["development-source", ...defaultServerConditions] };
const SOURCES = { resolve: CONDITIONS, ssr: { resolve: CONDITIONS } };

/** Vitest keeps one core free, though a worker often waits: two of them halve the time on two cores. */
const WORKERS = Math.max(2, availableParallelism() - 1);

/** How long a polled assertion waits for an event. Vitest's usual second is too short on a busy machine. */
const POLL = { poll: { timeout: 15_000 } };

const BROWSERS = {
  globalSetup: ["./test/browser/support/run-folder.ts"],
  testTimeout: 90_000,
  hookTimeout: 60_000,
  expect: POLL,
};

export default defineConfig({
  test: {
    // Keeps compiled modules by their content: compiling takes a tenth of the unit tests' time.
    experimental: { fsModuleCache: true, fsModuleCachePath: ".cache/vitest" },
    sequence: { sequencer: LongestFirst },
    reporters: ["default", "./test/support/count-reporter.ts"],
    projects: [
      {
        ...SOURCES,
        test: {
          name: "unit",
          // The first test of a file compiles what it imports, on a busy machine for longer than the usual 5 s.
          testTimeout: 20_000,
          expect: POLL,
          include: ["test/**/*.test.ts", "emulator/test/**/*.test.ts"],
          exclude: [...IN_BROWSERS, ...WIRE],
          setupFiles: ["./test/support/unbuilt.ts"],
          // No test leaves anything behind in a module: loading each module once halves the time.
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...SOURCES,
        test: {
          name: "wire",
          include: WIRE,
          // As in the unit project: it saves a third of the time.
          isolate: false,
          testTimeout: 30_000,
          expect: POLL,
          // Started programs are often waited for: a third worker takes a quarter off the time on two cores.
          maxWorkers: Math.max(3, WORKERS),
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...SOURCES,
        test: {
          name: "page",
          include: PAGES,
          // As in the unit project: a tenth of the time went into loading the same modules for each file.
          isolate: false,
          // A page often waits: three Chromiums keep two cores busy.
          maxWorkers: Math.max(3, Math.floor(availableParallelism() / 2)),
          sequence: { groupOrder: 2 },
          ...BROWSERS,
        },
      },
      {
        ...SOURCES,
        test: {
          name: "sound",
          include: IN_BROWSERS,
          exclude: PAGES,
          isolate: false,
          // Each file drives several browsers with real audio: one at a time.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          ...BROWSERS,
        },
      },
    ],
  },
});

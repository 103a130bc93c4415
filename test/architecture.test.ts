import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { LONG_FILES } from "./support/longest-first.ts";
import { type Import, type SourceFile, findCycle, sourceTree } from "./support/source-tree.ts";

/** What docs/architecture.md allows a part to import of our own, and the packages that it alone may load. */
interface Part {
  imports: string[];
  types: string[];
  packages: string[];
}

/** The table of docs/architecture.md, by part: `call`, `errors`, `agent-page`, `emulator/src`, … */
function documentedParts(): Map<string, Part> {
  const page = readFileSync(new URL("../docs/architecture.md", import.meta.url), "utf8");
  const rows = page.match(/^\| `(src|agent-page|emulator)\/.*$/gm) ?? [];
  const codes = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
  return new Map(
    rows.map((row) => {
      const [, name = "", , imports = "", packages] = row.split("|");
      const types = imports.match(/types of `[^`]+`/g) ?? [];
      const rest = types.reduce((text, one) => text.replace(one, ""), imports);
      const [part = ""] = codes(name).map((path) => path.replace(/^src\/|\/$|\.ts$|\/$/g, ""));
      return [part, { imports: codes(rest), types: types.flatMap(codes), packages: codes(packages) }];
    }),
  );
}

const parts = documentedParts();

/** The parts that may load a package; undefined: every part may. */
function ownersOf(name: string): string[] | undefined {
  const owners = [...parts].filter(([, { packages }]) => packages.includes(name)).map(([part]) => part);
  return owners.length === 0 ? undefined : owners;
}

/** Commands that may start an emulator. */
const EMULATOR_COMMANDS = /^src\/cli\/(sandbox|play)\//;

const sources = sourceTree(
  "src",
  "agent-page",
  "emulator/src",
  "emulator/phone-page",
  "emulator/inspector-page",
);
const tests = sourceTree("test", "emulator/test");

/** The emulator's package by its name; `local-twilio/command` only declares its command and loads nothing of it. */
const EMULATOR = "local-twilio";
const loadsEmulator = ({ imports }: SourceFile): boolean =>
  imports.some(({ specifier }) => specifier === EMULATOR);

function partOf(path: string): string {
  const [top, second = ""] = path.split("/");
  if (top === "emulator") return `${top}/${second}`;
  return top === "agent-page" ? top : second.replace(/\.ts$/, "");
}

function isAllowed(file: SourceFile, used: Import): boolean {
  const from = partOf(file.path);
  if (!used.own) return ownersOf(used.target)?.includes(from) ?? true;
  const to = partOf(used.target);
  const part = parts.get(from);
  if (from === to || part?.imports.includes(to)) return true;
  return used.typeOnly && (part?.types.includes(to) ?? false);
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

describe("the dependency table", () => {
  it("names every part that there is, and no other", () => {
    const there = new Set(sources.map((file) => partOf(file.path)));
    expect([...parts.keys()].toSorted()).toEqual([...there].toSorted());
  });

  it("is kept by every import", () => {
    const broken = sources.flatMap((file) =>
      file.imports
        .filter((used) => !isAllowed(file, used))
        .map((used) => `${file.path} imports ${used.target}`),
    );
    expect(broken).toEqual([]);
  });

  it("lets only the sandbox load the emulator", () => {
    const broken = sources
      .filter((file) => file.path.startsWith("src/cli/") && !EMULATOR_COMMANDS.test(file.path))
      .filter(loadsEmulator);
    expect(broken.map((file) => file.path)).toEqual([]);
  });

  it("has the emulator as a package of its own: its name is the only way in, and nothing of ours is in it", () => {
    const isInside = (path: string): boolean => path.startsWith("emulator/");
    const code = sources.flatMap((file) => file.imports.map((used) => ({ ...used, from: file.path })));
    const crossing = [
      ...code,
      ...tests.flatMap((file) => file.imports.map((used) => ({ ...used, from: file.path }))),
    ]
      .filter(({ own, from, target }) => own && isInside(from) !== isInside(target))
      .filter(
        ({ from, target }) =>
          !(from.startsWith("emulator/test/") && /^test\/(browser\/)?support\//.test(target)),
      );
    expect(crossing.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  });

  it("has no cycles, of types either", () => {
    expect(findCycle(sources)).toBeUndefined();
  });
});

describe("sandbox and start", () => {
  const code = (path: RegExp): SourceFile[] => sources.filter((file) => path.test(file.path));
  const uses = ({ imports }: SourceFile, target: RegExp): boolean =>
    imports.some((used) => used.own && !used.typeOnly && target.test(used.target));
  const usersOf = (target: RegExp, among = code(/^src\/cli\//)): string[] =>
    among.filter((file) => uses(file, target)).map((file) => file.path);

  /** Everything that belongs to one of the two alone. */
  const ALONE = /^src\/cli\/(sandbox\/|play\/|start\/|commands\/(sandbox|start)\.ts)/;
  const ENTRY = /^src\/cli\/service\/start-service\.ts$/;

  it("start by the same entry, each in one place", () => {
    expect(usersOf(ENTRY)).toEqual(["src/cli/sandbox/start-sandbox.ts", "src/cli/start/serve-calls.ts"]);
  });

  it("reach server, tunnel, account and number through what they share, and in no other way", () => {
    // What a sandbox keeps in its folder is its own.
    expect(usersOf(/^src\/compose\/(?!sandbox-state\.ts$)/, code(ALONE))).toEqual([]);
    expect(usersOf(/^src\/compose\/(server|tunnel)\.ts$/)).toEqual(["src/cli/service/steps.ts"]);
  });

  it("differ in their plans: what they share knows neither of them, and no emulator", () => {
    const shared = code(/^src\/cli\/(service|live)\//);
    expect(shared.length).toBeGreaterThan(10);
    expect(usersOf(/^src\/cli\/(sandbox|play|start|commands)\//, shared)).toEqual([]);
    const without = [...shared, ...code(/^src\/cli\/(start|commands\/start)/)];
    expect(without.filter(loadsEmulator).map((file) => file.path)).toEqual([]);
    const plan = "src/cli/service/plan.ts";
    const knowing = code(ALONE).filter(({ imports }) => imports.some(({ target }) => target === plan));
    expect(knowing.map((file) => file.path)).toEqual([
      "src/cli/sandbox/sandbox-plan.ts",
      "src/cli/start/make-plan.ts",
      "src/cli/start/serve-calls.ts",
    ]);
  });

  it("show live calls by the same view", () => {
    expect(usersOf(/^src\/cli\/live\/view\.ts$/)).toEqual([
      "src/cli/sandbox/serve.ts",
      "src/cli/start/serve-calls.ts",
    ]);
  });
});

describe("the size budget", () => {
  const lines = sources.map((file) => file.lines);
  const functions = sources.flatMap((file) => file.functions.map((fn) => ({ ...fn, path: file.path })));

  it("keeps files small", () => {
    expect(percentile(lines, 0.5)).toBeLessThanOrEqual(60);
    expect(percentile(lines, 0.9)).toBeLessThanOrEqual(150);
    const tooLong = [...sources, ...tests].filter((file) => file.lines > 250);
    expect(tooLong.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  it("keeps folders small", () => {
    const sizes = new Map<string, number>();
    for (const folder of sources.map(({ path }) => dirname(path)).filter((path) => !/emulator/.test(path)))
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    expect([...sizes].filter(([, files]) => files > 20)).toEqual([]);
  });

  it("keeps functions small", () => {
    const sizes = functions.map((fn) => fn.lines);
    expect(percentile(sizes, 0.9)).toBeLessThanOrEqual(35);
    const tooLong = functions.filter((fn) => fn.lines > 60);
    expect(tooLong.map((fn) => `${fn.path} ${fn.name}: ${fn.lines}`)).toEqual([]);
  });
});

describe("the style", () => {
  /** What the emulator's package offers stands in one place; its own files import each other directly. */
  const PUBLIC_INDEX = "emulator/src/index.ts";

  it("has no file that only re-exports, but the emulator's index, which nobody imports by its path", () => {
    const empty = sources.filter((file) => file.reExports && file.path !== PUBLIC_INDEX);
    expect(empty.map((file) => file.path)).toEqual([]);
    const importers = [...sources, ...tests].filter(({ imports }) =>
      imports.some(({ own, target }) => own && target === PUBLIC_INDEX),
    );
    expect(importers.map((file) => file.path)).toEqual([]);
  });

  it("extends nothing but errors", () => {
    const broken = sources.flatMap((file) =>
      file.supers.filter((name) => !name.endsWith("Error")).map((name) => `${file.path} extends ${name}`),
    );
    expect(broken).toEqual([]);
  });

  it("has one process.exit for each program, in its entry", () => {
    const users = sources.filter((file) => file.text.includes("process.exit("));
    expect(users.map((file) => file.path)).toEqual(["emulator/src/command/main.ts", "src/cli/index.ts"]);
    expect(users.map(({ text }) => text.split("process.exit(").length)).toEqual([2, 2]);
  });

  it("uses no `any`", () => {
    const broken = sources.filter((file) =>
      /[:<|&,]\s*any\b(?!\w)|\bas any\b/.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"]*"/g, "")),
    );
    expect(broken.map((file) => file.path)).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const users = sources.filter((file) => file.text.includes("process.env"));
    expect(users.map((file) => file.path).filter((path) => !path.startsWith("src/config/"))).toEqual([]);
  });
});

it("has no hook in what test files share: a worker loads it once, for the first of them", () => {
  const shared = tests.filter(({ path }) => !path.endsWith(".test.ts") && path !== "test/support/unbuilt.ts");
  const hooked = shared.filter(({ text }) => /^(before|after)(Each|All)\(/m.test(text));
  expect(hooked.map(({ path }) => path)).toEqual([]);
});

it("starts long test files first that exist", () => {
  const there = new Set(tests.map(({ path }) => path));
  expect(LONG_FILES.filter((file) => !there.has(file))).toEqual([]);
});

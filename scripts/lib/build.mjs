import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { ROOT, runTool } from "./run.mjs";
import { giveUp, say, timed } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const SHARED = ["package.json", "package-lock.json", "tsconfig.json"];

const PAGES = new Set(["agent-page", "phone-page", ".built-pages"]);
const isPage = (name) => PAGES.has(name);
const isProgram = (name) => !PAGES.has(name);

/** The emulator comes first: the program is compiled against its types. */
const PARTS = [
  {
    name: "the emulator",
    dist: "emulator/dist",
    stamp: "emulator/dist/.built-program",
    sources: [...SHARED, "emulator/package.json", "emulator/tsconfig.build.json", "emulator/src"],
    owns: isProgram,
    tool: ["typescript/bin/tsc", "-p", "emulator/tsconfig.build.json"],
    program: "emulator/dist/command/main.js",
  },
  {
    name: "the emulator's pages",
    dist: "emulator/dist",
    stamp: "emulator/dist/.built-pages",
    sources: [
      ...SHARED,
      "emulator/vite.config.ts",
      "emulator/phone-page",
      "emulator/inspector-page",
      "emulator/src/phone/protocol.ts",
    ],
    owns: isPage,
    tool: ["vite/bin/vite.js", "build", "--config", "emulator/vite.config.ts", "--logLevel", "error"],
  },
  {
    name: "the command line and the server",
    dist: "dist",
    stamp: "dist/.built-program",
    sources: [...SHARED, "tsconfig.build.json", "src", "emulator/src"],
    owns: isProgram,
    tool: ["typescript/bin/tsc", "-p", "tsconfig.build.json"],
    program: "dist/cli/index.js",
  },
  {
    name: "the agent's page",
    dist: "dist",
    stamp: "dist/.built-pages",
    sources: [...SHARED, "vite.config.ts", "agent-page", "src/server/control-api.ts"],
    owns: isPage,
    tool: ["vite/bin/vite.js", "build", "--logLevel", "error"],
  },
];

async function build(part) {
  const dist = join(ROOT, part.dist);
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist).filter(part.owns)) rmSync(join(dist, name), { recursive: true });
  const [tool, ...args] = part.tool;
  const { code, output } = await runTool(tool, args, { quiet: true });
  if (code === 0) {
    // `npm link` sets the mode once; each build writes a new file.
    if (part.program) chmodSync(join(ROOT, part.program), 0o755);
    return;
  }
  say(output.trim());
  giveUp(`Building ${part.name} failed.`, "fix the problems above, then run: npm run build");
}

/** Builds each part that is missing or whose sources changed. */
export async function ensureBuilt() {
  for (const part of PARTS) {
    const sources = fingerprint(part.sources);
    if (readStamp(part.stamp) === sources) continue;
    await timed(`Building ${part.name}`, `Built ${part.name}`, () => build(part));
    writeStamp(part.stamp, sources);
  }
}

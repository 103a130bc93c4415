import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { ROOT, runTool } from "./run.mjs";
import { giveUp, say, timed } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const SHARED = ["package.json", "package-lock.json", "tsconfig.json"];

const DIST = join(ROOT, "dist");
const PAGES = new Set(["agent-page", ".built-pages"]);

const PARTS = [
  {
    name: "the command line and the server",
    stamp: "dist/.built-program",
    sources: [...SHARED, "tsconfig.build.json", "src"],
    owns: (name) => !PAGES.has(name),
    tool: ["typescript/bin/tsc", "-p", "tsconfig.build.json"],
    program: "dist/cli/index.js",
  },
  {
    name: "the pages",
    stamp: "dist/.built-pages",
    sources: [
      ...SHARED,
      "vite.config.ts",
      "agent-page",
      "src/server/control-api.ts",
      "src/emulator/phone/protocol.ts",
    ],
    owns: (name) => PAGES.has(name),
    tool: ["vite/bin/vite.js", "build", "--logLevel", "error"],
  },
];

async function build(part) {
  for (const name of readdirSync(DIST).filter(part.owns)) rmSync(join(DIST, name), { recursive: true });
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
  mkdirSync(DIST, { recursive: true });
  for (const part of PARTS) {
    const sources = fingerprint(part.sources);
    if (readStamp(part.stamp) === sources) continue;
    await timed(`Building ${part.name}`, `Built ${part.name}`, () => build(part));
    writeStamp(part.stamp, sources);
  }
}

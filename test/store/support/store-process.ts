import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const PROGRAM = fileURLToPath(new URL("store-process.mjs", import.meta.url));

/** What the other process says, a line at a time. */
export interface Line {
  opened?: number;
  refused?: { category: string; message: string; hint: string };
  /** A write that was acknowledged. */
  id?: string;
  revision?: number;
  endedAt?: number | null;
}

export interface StoreProcess {
  /** The first line: opened or refused. */
  first: Line;
  /** Resolves when the process has printed so many lines. */
  untilLines(lines: number): Promise<void>;
  /** Ends it as `kill -9` does; resolves with its whole output. */
  kill(): Promise<Line[]>;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** Opens a store in a process of its own (of what was built), which lives until the test is over. */
export async function storeProcess(
  storeUrl: string,
  what: "hold" | "write" = "hold",
  { cwd = ".", run = 0 } = {},
): Promise<StoreProcess> {
  const child = spawn(process.execPath, [PROGRAM, storeUrl, what, String(run)], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => kill(child));
  const lines: Line[] = [];
  const reader = createInterface(child.stdout);
  reader.on("line", (line) => lines.push(JSON.parse(line) as Line));
  const closed = once(reader, "close");
  const untilLines = async (count: number): Promise<void> => {
    while (lines.length < count) await once(reader, "line");
  };
  await untilLines(1);
  return {
    first: lines[0] ?? {},
    untilLines,
    async kill() {
      await kill(child);
      await closed;
      return lines;
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ReadyEvent } from "../../../src/cli/sandbox/ready-event.ts";

export interface Sandbox {
  ready: ReadyEvent;
  /** One object for each line after the first. */
  events: Record<string, unknown>[];
  close(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  await once(child, "exit");
}

/** Starts the real command, as `npm start -- --json` does, on free ports. */
export async function startSandbox(agents: readonly string[] = ["agent1", "agent2"]): Promise<Sandbox> {
  const options = ["--json", "--port", "0", "--emulator-port", "0", "--agents", agents.join(",")];
  const child = spawn(process.execPath, ["dist/cli/index.js", "sandbox", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const events: Record<string, unknown>[] = [];
  const [first] = (await once(lines, "line")) as [string];
  lines.on("line", (line) => events.push(JSON.parse(line) as Record<string, unknown>));
  return { ready: JSON.parse(first) as ReadyEvent, events, close: () => end(child) };
}

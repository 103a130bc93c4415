import type { ReadyEvent } from "../../../src/cli/sandbox/ready-event.ts";
import { startCli } from "../../cli/support/run-cli.ts";

export interface Sandbox {
  ready: ReadyEvent;
  /** The objects of the lines after the first, so far. */
  events(): Record<string, unknown>[];
  close(): Promise<void>;
}

/** Starts the real command, as `npm start -- --json` does, on free ports. */
export async function startSandbox(agents: readonly string[] = ["agent1", "agent2"]): Promise<Sandbox> {
  const options = ["--json", "--port", "0", "--emulator-port", "0", "--agents", agents.join(",")];
  const command = await startCli(["sandbox", ...options]);
  return {
    ready: command.ready as unknown as ReadyEvent,
    events: () => command.lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>),
    close: async () => void (await command.end()),
  };
}

import { type Output, createOutput } from "../../../src/cli/terminal/output.ts";
import type { Terminal } from "../../../src/cli/terminal/terminal.ts";

/** An output that keeps what is written. Its time stands still, so that no work takes long. */
export function memoryOutput(options: { json: boolean; debug?: boolean; isTTY?: boolean }) {
  const written = { stdout: "", stderr: "" };
  const isTTY = options.isTTY ?? false;
  const output: Output = createOutput({
    stdout: { isTTY, write: (text) => (written.stdout += text) },
    stderr: { isTTY, write: (text) => (written.stderr += text) },
    env: {},
    json: options.json,
    debug: options.debug ?? false,
    after: () => () => undefined,
  });
  return { output, written };
}

/** An output whose stdout and stderr are the same terminal. */
export function terminalOutput(terminal: Terminal): Output {
  const stream = { isTTY: true, write: (text: string) => terminal.write(text) };
  const output = createOutput({ stdout: stream, stderr: stream, env: {}, json: false, debug: false });
  return { ...output, terminal };
}

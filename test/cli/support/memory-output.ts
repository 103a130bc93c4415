import { type Output, createOutput } from "../../../src/cli/output.ts";

/** An output that keeps what is written. */
export function memoryOutput(options: { json: boolean; debug?: boolean; isTTY?: boolean }) {
  const written = { stdout: "", stderr: "" };
  const isTTY = options.isTTY ?? false;
  const output: Output = createOutput({
    stdout: { isTTY, write: (text) => (written.stdout += text) },
    stderr: { isTTY, write: (text) => (written.stderr += text) },
    env: {},
    json: options.json,
    debug: options.debug ?? false,
  });
  return { output, written };
}

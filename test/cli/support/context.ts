import type { Context } from "../../../src/cli/context.ts";
import type { Output } from "../../../src/cli/terminal/output.ts";

/** What a command gets when nobody sits at the terminal, nothing is on standard input, and nobody asks it to end. */
export function aContext(output: Output, change: Partial<Context> = {}): Context {
  return {
    output,
    input: { isInteractive: false, readAll: async () => Buffer.alloc(0) },
    env: {},
    cwd: ".",
    interrupted: new AbortController().signal,
    shutdown: { extendGrace: () => undefined, onSighup: () => undefined, setPendingError: () => undefined },
    ...change,
  };
}

import { InterruptedError } from "../../../src/cli/terminal/interrupted-error.ts";
import { INTERRUPTED, exitCodeOf } from "../../../src/cli/exit-codes.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { toAppError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { aContext } from "./context.ts";
import { memoryOutput } from "./memory-output.ts";

export interface Typed {
  code: number;
  stdout: string;
  stderr: string;
  /** The one document on stdout. */
  json: Record<string, unknown>;
}

/** A command that is under way. */
export interface UnderWay {
  written: { stdout: string; stderr: string };
  ended: Promise<Typed>;
  /** Presses Ctrl-C. */
  interrupt: () => void;
}

/** An operator at a command line without a terminal, in an empty folder. */
export interface Desk {
  cwd: string;
  /** Types a command and waits for its end. */
  type: (...words: string[]) => Promise<Typed>;
  begin: (...words: string[]) => UnderWay;
}

/** @param server address and token; without it, the desk knows of no server */
export function aDesk(server?: { url: string; token: string }): Desk {
  const cwd = temporaryFolder();
  const env = server ? { OPERATOR_TOKEN: server.token } : {};
  const begin = (...words: string[]): UnderWay => {
    const { output, written } = memoryOutput({ json: words.includes("--json") });
    const interruption = new AbortController();
    const named = server && !words.includes("--server") ? ["--server", server.url] : [];
    const context = aContext(output, { env, cwd, interrupted: interruption.signal });
    const code = runProgram([...words, ...named], context).catch((thrown: unknown) => {
      if (thrown instanceof InterruptedError) return INTERRUPTED;
      const error = toAppError(thrown);
      output.error(error);
      return exitCodeOf(error.category);
    });
    const ended = code.then((code) => ({
      code,
      ...written,
      get json() {
        return JSON.parse(written.stdout) as Record<string, unknown>;
      },
    }));
    return { written, ended, interrupt: () => interruption.abort() };
  };
  return { cwd, begin, type: (...words) => begin(...words).ended };
}

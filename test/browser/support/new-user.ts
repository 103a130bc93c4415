import { type Finished, type Running, runCli, startCli } from "../../cli/support/run-cli.ts";
import { makeFolder } from "../../support/temporary-folder.ts";

/** A person in a folder that was empty, who runs commands. */
export interface NewUser {
  readonly folder: string;
  /** Runs a command to its end; `stdin` is what is piped into it. */
  runs(words: readonly string[], stdin?: string): Promise<Finished>;
  /** Starts a command and waits for its first line, which is JSON. */
  starts(words: readonly string[]): Promise<Running>;
  /** Ends what still runs, removes the folder. */
  leaves(): Promise<void>;
}

/** @param env what has been exported in the user's shell */
export function aNewUser(env: Record<string, string> = {}): NewUser {
  const folder = makeFolder();
  const running: Running[] = [];
  const options = { cwd: folder.path, env };
  return {
    folder: folder.path,
    runs: (words, stdin = "") => runCli(words, { ...options, stdin }),
    async starts(words) {
      const command = await startCli(words, options);
      running.push(command);
      return command;
    },
    async leaves() {
      for (const command of running) await command.end("SIGKILL");
      folder.remove();
    },
  };
}

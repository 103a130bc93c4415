import type { Command } from "commander";
import { bashScript } from "../completion/bash.ts";
import { candidates } from "../completion/candidates.ts";
import { type CommandNode, type Kind, commandTree } from "../completion/command-tree.ts";
import { fishScript } from "../completion/fish.ts";
import { zshScript } from "../completion/zsh.ts";
import type { Context } from "../context.ts";
import { openControl } from "../control/operate.ts";
import { DONE } from "../exit-codes.ts";

export type Shell = "bash" | "zsh" | "fish";

const SCRIPTS: Record<Shell, (nodes: readonly CommandNode[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `completion SHELL`: the script on stdout. */
export async function completion(program: Command, shell: Shell, { output }: Context): Promise<number> {
  const script = SCRIPTS[shell](commandTree(program));
  output.event({ shell, script });
  output.line(script.trimEnd());
  return DONE;
}

/** Nobody waits longer for a list while typing. */
const PATIENCE_MS = 1000;

/**
 * `__complete KIND CURRENT LINE`, for the scripts: a line for each candidate, with a tabulator before what it is. Without a
 * server there are none, and no error: it would be written into the line that is being typed.
 * @param line as it has been typed so far; its `--server` is asked
 */
export async function complete(kind: Kind, current: string, line: string, context: Context): Promise<number> {
  const server = /\s--server[=\s]+(\S+)/.exec(line)?.[1];
  const flags = { timeout: PATIENCE_MS, ...(server === undefined ? {} : { server }) };
  const found = await openControl(flags, context)
    .then((control) => candidates(control, kind, current))
    .catch(() => []);
  for (const { word, description } of found) context.output.line(`${word}\t${description}`);
  return DONE;
}

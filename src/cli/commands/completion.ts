import type { Command } from "commander";
import { type Completion, type Described, completeWords } from "../completion/complete-words.ts";
import { SCRIPTS, type Shell } from "../completion/scripts.ts";
import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";

/** `completion SHELL`: the script on stdout. */
export async function completion(shell: Shell, { output }: Context): Promise<number> {
  const script = SCRIPTS[shell];
  output.event({ shell, script });
  output.line(script.trimEnd());
  return DONE;
}

/** Completion must feel immediate. */
const PATIENCE_MS = 1000;

type FromServer = Exclude<Completion, { kind: "words" | "file" }>;

/** Imports what asks the server only here: a word of the program itself takes half of the time without it. */
async function ask({ kind, current, server }: FromServer, context: Context): Promise<Described[]> {
  const [{ openControl }, { candidates }] = await Promise.all([
    import("../control/with-control.ts"),
    import("../completion/candidates.ts"),
  ]);
  const flags = { timeout: PATIENCE_MS, ...(server === undefined ? {} : { server }) };
  return candidates(await openControl(flags, context), kind, current);
}

/** Returns nothing if the server fails: an error would appear in the command line being edited. */
async function find(wanted: Completion, context: Context): Promise<Described[]> {
  if (wanted.kind === "words") return wanted.words;
  if (wanted.kind === "file") return [{ word: ":file", description: "" }];
  const { current, prefix } = wanted;
  const found = await ask(wanted, context).catch(() => []);
  return found
    .filter(({ word }) => word.startsWith(current))
    .map(({ word, description }) => ({ word: prefix + word, description }));
}

/** `__complete WORDS… CURRENT`: prints `CANDIDATE<tab>DESCRIPTION` lines. */
export async function complete(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<number> {
  for (const { word, description } of await find(completeWords(program, words), context))
    context.output.line(`${word}\t${description.split("\n")[0] ?? ""}`);
  return DONE;
}

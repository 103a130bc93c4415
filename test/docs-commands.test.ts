import { readFileSync, readdirSync } from "node:fs";
import { type Command, CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { declareProgram } from "../src/cli/program.ts";
import { aContext } from "./cli/support/context.ts";
import { memoryOutput } from "./cli/support/memory-output.ts";

const root = new URL("../", import.meta.url);
const DOCUMENTS = ["README.md", "docs/", "emulator/", "emulator/docs/"]
  .flatMap((path) =>
    path.endsWith("/") ? readdirSync(new URL(path, root)).map((name) => path + name) : [path],
  )
  .filter((path) => path.endsWith(".md"));

/** The arguments of `warm-transfer` (or `local-twilio`, which is its command `emulator`) in a shell's line, up to a comment, redirection or pipe. `…` stands for more of them. */
function argumentsIn(line: string): string[] | undefined {
  const found = /(?:^|[\s(])(warm-transfer|local-twilio)(?=\s)(.*)$/.exec(line.replace(/\s#.*$/, ""));
  if (!found) return undefined;
  const [, program, rest = ""] = found;
  const [ours = ""] = rest.split(/[|>;&)]/);
  const words = [...ours.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
  const typed = words
    .map(([, double, single, bare = ""]) => double ?? single ?? bare)
    .filter((word) => word !== "…");
  return program === "local-twilio" ? ["emulator", ...typed] : typed;
}

/** A row of a table may name several: `number show \| set \| reset`. */
function alternatives(line: string): string[] {
  const [first = "", ...others] = line.split(" \\| ");
  const group = first.replace(/\S+$/, "");
  return [first, ...others.map((other) => group + other)];
}

/** The lines of the code blocks of a document, and its code spans that begin with the program. */
function codeIn(path: string): string[] {
  const text = readFileSync(new URL(path, root), "utf8");
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, block = ""]) => block);
  const spans = text
    .replace(/^```.*?^```/gms, "")
    .matchAll(/`((?:npx )?(?:warm-transfer|local-twilio) [^`]+)`/g);
  return [
    ...blocks.flatMap((block) => block.replaceAll("\\\n", " ").split("\n")),
    ...[...spans].map(([, span = ""]) => span),
  ].filter((line) => !/^\s*"/.test(line));
}

/** The examples in the help of every command. */
function examplesOf(command: Command): string[] {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const own = [...help.matchAll(/^ {2}\$ (.*?)(?: {3}|$)/gm)].map(([, typed = ""]) => typed);
  return [...own, ...command.commands.flatMap((inner) => examplesOf(inner))];
}

function withoutActions(command: Command): Command {
  for (const inner of command.commands) withoutActions(inner);
  const isGroup = command.commands.length > 0 && command.name() !== "emulator";
  return isGroup ? command : command.action(() => undefined);
}

const program = (): Command =>
  declareProgram(aContext(memoryOutput({ json: false }).output), async () => undefined);

/** Prose names a command without its arguments: `agents add`. */
async function parse(words: readonly string[]): Promise<void> {
  await withoutActions(program())
    .parseAsync(words, { from: "user" })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof CommanderError) || thrown.code !== "commander.missingArgument") throw thrown;
    });
}

const inDocuments = DOCUMENTS.flatMap((path) =>
  codeIn(path)
    .flatMap(alternatives)
    .map((line) => ({ where: path, line })),
);
const inHelp = examplesOf(program()).map((line) => ({ where: "help", line }));
const COMMANDS = [...inDocuments, ...inHelp].flatMap(({ where, line }) => {
  const words = argumentsIn(line);
  return words === undefined ? [] : [{ where, words, line: words.join(" ") }];
});

describe("every command line that README.md, docs/ and the help show", () => {
  it.each(COMMANDS)("$where: warm-transfer $line", async ({ words }) => {
    await expect(parse(words)).resolves.toBeUndefined();
  });

  it.each(["README.md", "docs/your-number.md", "emulator/docs/guide.md", "help"])(
    "is found in %s",
    (path) => {
      expect(COMMANDS.filter(({ where }) => where === path).length).toBeGreaterThan(1);
    },
  );

  it.each(["trnsfer start", "transfer start --too agent2", "sandbox --language fr", "conferences show a b"])(
    "is refused if it is wrong: warm-transfer %s",
    async (line) => {
      await expect(parse(line.split(" "))).rejects.toThrow();
    },
  );
});

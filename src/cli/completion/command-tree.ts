import type { Command, Option } from "commander";

/** What is asked of the running server: see `candidates`. */
export const KINDS = ["agent", "conference", "participant", "conference-or-participant"] as const;
export type Kind = (typeof KINDS)[number];

/** What may stand in a place: known words, something that the server knows, a file's name, or nothing that is known. */
export type Values =
  { kind: "words"; words: readonly string[] } | { kind: Kind } | { kind: "file" } | { kind: "anything" };

/** A word with what it means. */
export interface Described {
  word: string;
  description: string;
}

/** A command as the completion scripts need it. */
export interface CommandNode {
  /** `agents list`; empty for the program itself. */
  path: string;
  commands: Described[];
  options: Described[];
  /** Options that a value follows. */
  valued: { option: string; values: Values }[];
  /** What stands in each place after the command. */
  places: Values[];
}

function valuesOf(name: string, choices: readonly string[] | undefined): Values {
  if (choices) return { kind: "words", words: choices };
  if (name === "file") return { kind: "file" };
  const kind = KINDS.find((each) => each === name);
  return { kind: kind ?? "anything" };
}

const valueName = ({ flags }: Option): string => /[<[]([\w-]+)/.exec(flags)?.[1] ?? "";

const namesOf = ({ long, short }: Option): string[] =>
  [long, short].filter((name) => name !== undefined && name !== null);

/** The first line of a text, without anything that a shell could take for more than a text. */
const plain = (text: string): string => (text.split("\n")[0] ?? "").replace(/[`$"\\]/g, "");

function placesOf(command: Command): Values[] {
  const places = command.registeredArguments.map((argument) =>
    valuesOf(argument.name(), argument.argChoices),
  );
  // A participant alone says which call.
  if (places[0]?.kind === "conference" && places[1]?.kind === "participant")
    return [{ kind: "conference-or-participant" }, ...places.slice(1)];
  return places;
}

function nodeOf(command: Command, path: string): CommandNode {
  const help = command.createHelp();
  const globals = help.visibleGlobalOptions(command);
  const options = [...help.visibleOptions(command), ...globals];
  const valued = options.filter(({ required, optional }) => required || optional);
  return {
    path,
    commands: help.visibleCommands(command).map((sub) => ({
      word: sub.name(),
      description: plain(help.subcommandDescription(sub)),
    })),
    options: options.flatMap((option) =>
      namesOf(option).map((word) => ({ word, description: plain(option.description) })),
    ),
    valued: valued.flatMap((option) =>
      namesOf(option).map((name) => ({
        option: name,
        values: valuesOf(valueName(option), option.argChoices),
      })),
    ),
    places: placesOf(command),
  };
}

/** The program and all its commands, without hidden ones. */
export function commandTree(command: Command, path = ""): CommandNode[] {
  const hidden = (sub: Command): boolean => !command.createHelp().visibleCommands(command).includes(sub);
  const below = command.commands.filter((sub) => !hidden(sub));
  return [nodeOf(command, path), ...below.flatMap((sub) => commandTree(sub, `${path} ${sub.name()}`.trim()))];
}

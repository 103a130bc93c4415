import { type Command, CommanderError } from "commander";
import { AppError } from "../errors.ts";

const SUGGESTION = /\n\(Did you mean (.+)\?\)$/s;
/** commander's sentences about a value, before ours that says what is wrong with it. */
const WRONG_VALUES = [
  /^Option '(?:-\w, )?(?<place>.+?)' argument '(?<value>.*?)' is invalid\. /is,
  /^Command-argument value '(?<value>.*?)' is invalid for argument '(?<place>.+?)'\. /is,
];

const asSentence = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");

/** `'foo' is wrong for --since <when>. Say how long ago, …` */
function rewriteMessage(message: string): string {
  const found = WRONG_VALUES.map((pattern) => pattern.exec(message)).find((match) => match !== null);
  if (!found?.groups) return asSentence(message);
  const { place = "", value = "" } = found.groups;
  const where = place.startsWith("-") ? place : `<${place}>`;
  return `'${value}' is not valid for ${where}. ${message.slice(found[0].length)}`;
}

/** The command that the words are about: as many of them as name one. */
function commandOf(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words.filter((each) => !each.startsWith("-"))) {
    const inner = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!inner) break;
    command = inner;
  }
  return command;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function helpHint(command: Command): string {
  const path = pathOf(command);
  if (command.commands.length === 0) return `${path} --help shows how it is used.`;
  if (command.parent) return `${path} --help shows what each one does.`;
  return `${path} --help shows every command, ${path} COMMAND --help its options.`;
}

function missingCommand(command: Command): string {
  if (!command.parent) return "No command was given.";
  return `No command was given: ${command.commands.map((each) => each.name()).join(", ")}.`;
}

/**
 * What commander has to say about wrong words, as our error; a nearby word becomes the hint. Other errors unchanged.
 * @param words what was typed
 */
export function asUsageError(thrown: unknown, program: Command, words: readonly string[]): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const command = commandOf(program, words);
  const hint = helpHint(command);
  if (thrown.code === "commander.help") return new AppError("usage", missingCommand(command), { hint });
  const nearby = SUGGESTION.exec(thrown.message)?.[1];
  const message = thrown.message.replace(SUGGESTION, "").replace(/^error: /, "");
  return new AppError("usage", rewriteMessage(message), { hint: nearby ? `Did you mean ${nearby}?` : hint });
}

/** True for `--help` and `--version`: commander ends them by throwing. */
export function isCleanExit(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}

import { type Command, CommanderError } from "commander";
import { AppError } from "../errors.ts";

const SUGGESTION = /\n\(Did you mean (.+)\?\)$/s;
/** commander's prefixes to the message of an InvalidArgumentError. */
const WRONG_VALUES = [
  /^Option '(?:-\w, )?(?<place>.+?)' argument '(?<value>.*?)' is invalid\. /is,
  /^Command-argument value '(?<value>.*?)' is invalid for argument '(?<place>.+?)'\. /is,
];

const asSentence = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");

/** `'foo' is not valid for --since <when>. Pass a duration, …` */
function rewriteMessage(message: string): string {
  const found = WRONG_VALUES.map((pattern) => pattern.exec(message)).find((match) => match !== null);
  if (!found?.groups) return asSentence(message);
  const { place = "", value = "" } = found.groups;
  const where = place.startsWith("-") ? place : `<${place}>`;
  return `'${value}' is not valid for ${where}. ${message.slice(found[0].length)}`;
}

/** The innermost command that the words name. */
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
 * Converts commander's error to an AppError, with its suggestion as the hint. Returns other errors unchanged.
 * @param words the command line
 */
export function asUsageError(thrown: unknown, program: Command, words: readonly string[]): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const command = commandOf(program, words);
  const hint = helpHint(command);
  if (thrown.code === "commander.help") return new AppError("usage", missingCommand(command), { hint });
  const closest = SUGGESTION.exec(thrown.message)?.[1];
  const message = thrown.message.replace(SUGGESTION, "").replace(/^error: /, "");
  return new AppError("usage", rewriteMessage(message), {
    hint: closest ? `Did you mean ${closest}?` : hint,
  });
}

/** True for `--help` and `--version`: commander ends them by throwing. */
export function isCleanExit(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}

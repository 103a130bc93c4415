import type { Command, Option } from "commander";

/** Values that only the running server knows; see `candidates`. */
export const KINDS = ["agent", "conference", "participant", "conference-or-participant"] as const;
export type Kind = (typeof KINDS)[number];

export interface Described {
  word: string;
  description: string;
}

/** Words that match the current one, or a request to the shell or server for them. */
export type Completion =
  | { kind: "words"; words: Described[] }
  | { kind: "file" }
  | {
      kind: Kind;
      current: string;
      /** Prepended to each candidate: `--to=`. */
      prefix: string;
      /** The value of `--server`. */
      server?: string | undefined;
    };

const NONE: Completion = { kind: "words", words: [] };

const optionsOf = (command: Command): Option[] => {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
};

const namesOf = ({ long, short }: Option): string[] => [long, short].flatMap((name) => name ?? []);
const takesValue = ({ required, optional }: Option): boolean => required || optional;
const findOption = (command: Command, name: string): Option | undefined =>
  optionsOf(command).find((option) => namesOf(option).includes(name));

/** The command before the cursor, the count of its arguments so far, and the option whose value comes next. */
interface Place {
  command: Command;
  values: number;
  open: Option | undefined;
  server: string | undefined;
}

function walk(program: Command, words: readonly string[]): Place {
  const place: Place = { command: program, values: 0, open: undefined, server: undefined };
  for (const word of words) {
    const [name = "", value] = word.startsWith("--") ? word.split(/=(.*)/s) : [word];
    const { open } = place;
    if (open && !word.startsWith("-")) {
      if (open.long === "--server") place.server = word;
      place.open = undefined;
      continue;
    }
    const option = word.startsWith("-") ? findOption(place.command, name) : undefined;
    place.open = option && takesValue(option) && value === undefined ? option : undefined;
    if (option?.long === "--server" && value !== undefined) place.server = value;
    if (word.startsWith("-")) continue;
    const inner = place.command.commands.find(
      (each) => each.name() === word || each.aliases().includes(word),
    );
    if (inner) [place.command, place.values] = [inner, 0];
    else place.values += 1;
  }
  return place;
}

const matching = (words: readonly Described[], current: string): Completion => ({
  kind: "words",
  words: words.filter(({ word }) => word.startsWith(current)),
});

const described = (words: readonly string[]): Described[] => words.map((word) => ({ word, description: "" }));

interface Value {
  name: string;
  choices: readonly string[] | undefined;
}

function valueCompletion(
  { name, choices }: Value,
  current: string,
  prefix: string,
  server?: string,
): Completion {
  if (choices) return matching(described(choices.map((choice) => prefix + choice)), prefix + current);
  if (name === "file") return { kind: "file" };
  const kind = KINDS.find((each) => each === name);
  return kind ? { kind, current, prefix, server } : NONE;
}

const valueOf = (option: Option): Value => ({
  name: /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? "",
  choices: option.argChoices,
});

function argumentAt({ command, values }: Place): Value | undefined {
  const places = command.registeredArguments.map((each) => ({ name: each.name(), choices: each.argChoices }));
  const [first, second] = places;
  // A participant alone also identifies its call.
  if (values === 0 && first?.name === "conference" && second?.name === "participant")
    return { name: "conference-or-participant", choices: undefined };
  return places[values];
}

/**
 * @param words without the program; the last one is the word before the cursor and may be empty
 */
export function completeWords(program: Command, words: readonly string[]): Completion {
  const current = words.at(-1) ?? "";
  const place = walk(program, words.slice(0, -1));
  const { command, open, server } = place;
  const [name = "", value] = current.startsWith("--") ? current.split(/=(.*)/s) : [current];
  if (value !== undefined) {
    const option = findOption(command, name);
    return option ? valueCompletion(valueOf(option), value, `${name}=`, server) : NONE;
  }
  if (open && !current.startsWith("-")) return valueCompletion(valueOf(open), current, "", server);
  if (current.startsWith("-")) {
    const options = optionsOf(command);
    return matching(
      options.flatMap((option) => namesOf(option).map((word) => ({ word, description: option.description }))),
      current,
    );
  }
  if (command.commands.length > 0) {
    const help = command.createHelp();
    const commands = help.visibleCommands(command);
    return matching(
      commands.map((each) => ({ word: each.name(), description: help.subcommandDescription(each) })),
      current,
    );
  }
  const argument = argumentAt(place);
  return argument ? valueCompletion(argument, current, "", server) : NONE;
}

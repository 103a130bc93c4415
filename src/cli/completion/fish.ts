import type { CommandNode, Described, Values } from "./command-tree.ts";
import { placesOf } from "./places.ts";

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const list = (entries: readonly string[]): string => entries.map(quoted).join(" ");

/** fish takes a word and its description with a tabulator between them. */
const entry = ({ word, description }: Described): string => `${word}\t${description}`;

function nodeCase({ path, commands, options, valued }: CommandNode): string {
  return [
    `        case ${quoted(path)}`,
    `            set -g __warm_transfer_commands ${list(commands.map(({ word }) => word))}`,
    `            set -g __warm_transfer_described ${list(commands.map(entry))}`,
    `            set -g __warm_transfer_options ${list(options.map(entry))}`,
    `            set -g __warm_transfer_valued ${list(valued.map(({ option }) => option))}`,
  ].join("\n");
}

function valuesCase(name: string, values: Values): string {
  const said =
    values.kind === "words"
      ? `printf '%s\\n' ${list(values.words)}`
      : values.kind === "file"
        ? "__fish_complete_path $argv[2]"
        : `$argv[3] __complete ${values.kind} "$argv[2]" "$argv[4]" 2>/dev/null </dev/null`;
  return `        case ${quoted(name)}\n            ${said}`;
}

/** The words before are walked through to the command that they name; then what may stand here is offered. */
const WALK = `function __warm_transfer_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l line (commandline -cp)
    set -l chosen
    set -l option
    set -l place 0
    __warm_transfer_command ''
    for word in $typed[2..]
        if test -n "$option"; and not string match -q -- '-*' $word
            set option
        else if string match -q -- '-*' $word
            set option
            contains -- $word $__warm_transfer_valued; and set option $word
        else if contains -- $word $__warm_transfer_commands
            set -a chosen $word
            set place 0
            __warm_transfer_command "$chosen"
        else
            set place (math $place + 1)
        end
    end
    if string match -q -- '--*=*' $current
        set -l parts (string split -m 1 -- '=' $current)
        for value in (__warm_transfer_values (string trim -- "$chosen $parts[1]") "$parts[2]" $typed[1] "$line")
            echo $parts[1]=$value
        end
    else if test -n "$option"; and not string match -q -- '-*' $current
        __warm_transfer_values (string trim -- "$chosen $option") "$current" $typed[1] "$line"
    else if string match -q -- '-*' $current
        printf '%s\\n' $__warm_transfer_options
    else if test -n "$__warm_transfer_commands"
        printf '%s\\n' $__warm_transfer_described
    else
        __warm_transfer_values (string trim -- "$chosen $place") "$current" $typed[1] "$line"
    end
end

complete -c warm-transfer -f -a '(__warm_transfer_complete)'
`;

/** The completion script for fish. */
export function fishScript(nodes: readonly CommandNode[]): string {
  return `# Completion of warm-transfer for fish:  warm-transfer completion fish > ~/.config/fish/completions/warm-transfer.fish
function __warm_transfer_command
    switch "$argv[1]"
${nodes.map(nodeCase).join("\n")}
    end
end

function __warm_transfer_values
    switch "$argv[1]"
${placesOf(nodes)
  .map(({ name, values }) => valuesCase(name, values))
  .join("\n")}
    end
end

${WALK}`;
}

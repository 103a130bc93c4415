import type { CommandNode, Values } from "./command-tree.ts";
import { placesOf } from "./places.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function nodeCase({ path, commands, options, valued }: CommandNode): string {
  const words = (list: readonly string[]): string => quoted(list.join(" "));
  return [
    `    ${quoted(path)})`,
    `      commands=${words(commands.map(({ word }) => word))}`,
    `      options=${words(options.map(({ word }) => word))}`,
    `      valued=${words(valued.map(({ option }) => option))} ;;`,
  ].join("\n");
}

function valuesCase(name: string, values: Values): string {
  const set = values.kind === "words" ? `words=${quoted(values.words.join(" "))}` : `kind=${values.kind}`;
  return `    ${quoted(name)}) ${set} ;;`;
}

/** The words before are walked through to the command that they name; then what may stand here is offered. */
const WALK = `_warm_transfer() {
  local commands options valued typed word current='' kind='' words='' path='' option='' place=0
  local line=\${COMP_LINE:0:COMP_POINT}
  read -ra typed <<< "$line"
  local last=\${#typed[@]}
  if [[ $line != *[[:space:]] ]]; then
    last=$((last - 1))
    current=\${typed[last]}
  fi
  _warm_transfer_command ''
  for word in "\${typed[@]:1:last-1}"; do
    if [[ -n $option && $word != -* ]]; then
      option=''
    elif [[ $word == -* ]]; then
      option=''
      [[ " $valued " == *" $word "* ]] && option=$word
    elif [[ " $commands " == *" $word "* ]]; then
      path="\${path:+$path }$word"
      place=0
      _warm_transfer_command "$path"
    else
      place=$((place + 1))
    fi
  done
  if [[ $current == --*=* ]]; then
    option=\${current%%=*}
    current=\${current#*=}
  fi
  if [[ -n $option && $current != -* ]]; then
    _warm_transfer_values "\${path:+$path }$option"
  elif [[ $current == -* ]]; then
    words=$options
  elif [[ -n $commands ]]; then
    words=$commands
  else
    _warm_transfer_values "\${path:+$path }$place"
  fi
  if [[ $kind == file ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
    return
  fi
  [[ -n $kind ]] && words=$("\${typed[0]}" __complete "$kind" "$current" "$line" 2> /dev/null < /dev/null | cut -f 1)
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _warm_transfer warm-transfer
`;

/** The completion script for bash, 3.2 and newer. */
export function bashScript(nodes: readonly CommandNode[]): string {
  return `# Completion of warm-transfer for bash. Into ~/.bashrc:  eval "$(warm-transfer completion bash)"
_warm_transfer_command() {
  case $1 in
${nodes.map(nodeCase).join("\n")}
  esac
}

_warm_transfer_values() {
  case $1 in
${placesOf(nodes)
  .map(({ name, values }) => valuesCase(name, values))
  .join("\n")}
  esac
}

${WALK}`;
}

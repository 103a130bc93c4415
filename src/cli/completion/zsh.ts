import type { CommandNode, Described, Values } from "./command-tree.ts";
import { placesOf } from "./places.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `_describe` takes a word and its description with a colon between them. */
const entry = ({ word, description }: Described): string =>
  quoted(`${word.replaceAll(":", "\\:")}:${description}`);

function nodeCase({ path, commands, options, valued }: CommandNode): string {
  return [
    `    ${quoted(path)})`,
    `      commands=(${commands.map(entry).join(" ")})`,
    `      options=(${options.map(entry).join(" ")})`,
    `      valued=(${valued.map(({ option }) => option).join(" ")}) ;;`,
  ].join("\n");
}

function valuesCase(name: string, values: Values): string {
  const set =
    values.kind === "words" ? `found=(${values.words.map(quoted).join(" ")})` : `kind=${values.kind}`;
  return `    ${quoted(name)}) ${set} ;;`;
}

/** The words before are walked through to the command that they name; then what may stand here is offered. */
const WALK = `_warm_transfer() {
  local -a commands options valued found lines
  local word chosen='' option='' kind='' current=$PREFIX line
  integer place=0
  _warm_transfer_command ''
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $option && $word != -* ]]; then
      option=''
    elif [[ $word == -* ]]; then
      option=''
      (( \${valued[(Ie)$word]} )) && option=$word
    elif (( \${commands[(I)$word:*]} )); then
      chosen="\${chosen:+$chosen }$word"
      place=0
      _warm_transfer_command "$chosen"
    else
      place+=1
    fi
  done
  if [[ $current == --*=* ]]; then
    option=\${current%%=*}
    current=\${current#*=}
    compset -P '*='
  fi
  if [[ -n $option && $current != -* ]]; then
    _warm_transfer_values "\${chosen:+$chosen }$option"
  elif [[ $current == -* ]]; then
    _describe -o option options
    return
  elif (( \${#commands} )); then
    _describe command commands
    return
  else
    _warm_transfer_values "\${chosen:+$chosen }$place"
  fi
  if [[ $kind == file ]]; then
    _files
    return
  fi
  if [[ -n $kind ]]; then
    lines=("\${(@f)$("\${(Q)words[1]}" __complete "$kind" "$current" "\${words[*]}" 2> /dev/null < /dev/null)}")
    for line in $lines; do
      found+=("\${line/$'\\t'/:}")
    done
  fi
  _describe value found
}

if [[ $funcstack[1] == _warm_transfer ]]; then
  _warm_transfer "$@"
else
  compdef _warm_transfer warm-transfer
fi
`;

/** The completion script for zsh. */
export function zshScript(nodes: readonly CommandNode[]): string {
  return `#compdef warm-transfer
# Completion of warm-transfer for zsh. Into ~/.zshrc, after compinit:  eval "$(warm-transfer completion zsh)"
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

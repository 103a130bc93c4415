export type Shell = "bash" | "zsh" | "fish";

/** All run `__complete -- WORDS… CURRENT`, which prints `CANDIDATE<tab>DESCRIPTION` lines, or `:file` for file names. */
const BASH = `# Completion of warm-transfer for bash. In ~/.bashrc:  eval "$(warm-transfer completion bash)"
_warm_transfer() {
  local typed=\${COMP_LINE:0:COMP_POINT} words line current prefix=''
  read -ra words <<< "$typed"
  [[ $typed == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]}-1]}
  [[ $current == --*=* ]] && prefix=\${current%%=*}=
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    if [[ $line == ':file' ]]; then COMPREPLY=($(compgen -f -- "\${current#"$prefix"}")); else COMPREPLY+=("\${line#"$prefix"}"); fi
  done < <("\${words[0]}" __complete -- "\${words[@]:1}" 2> /dev/null < /dev/null)
}
complete -F _warm_transfer warm-transfer
`;

const ZSH = `#compdef warm-transfer
# Completion of warm-transfer for zsh. In ~/.zshrc, after compinit:  eval "$(warm-transfer completion zsh)"
_warm_transfer() {
  local -a found
  local line text
  for line in "\${(@f)$("\${(Q)words[1]}" __complete -- "\${(@Q)words[2,CURRENT]}" 2> /dev/null < /dev/null)}"; do
    if [[ $line == ':file' ]]; then _files; return; fi
    text=''
    [[ $line == *$'\\t'?* ]] && text=:\${line#*$'\\t'}
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}$text")
  done
  _describe -V value found
}
if [[ $funcstack[1] == _warm_transfer ]]; then _warm_transfer "$@"; else compdef _warm_transfer warm-transfer; fi
`;

const FISH = `# Completion of warm-transfer for fish. In ~/.config/fish/config.fish:  warm-transfer completion fish | source
function __warm_transfer
    set -l words (commandline -opc) (commandline -ct)
    set -l found ($words[1] __complete -- $words[2..] 2>/dev/null </dev/null)
    if test "$found" = :file
        __fish_complete_path $words[-1]
    else
        printf '%s\\n' $found
    end
end
complete -c warm-transfer -f -a '(__warm_transfer)'
`;

export const SCRIPTS: Record<Shell, string> = { bash: BASH, zsh: ZSH, fish: FISH };

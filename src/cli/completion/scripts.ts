// What a shell has to load. The shells ask `crossconnect __complete WORD…` for the candidates, so that these scripts never
// grow old: all that is known about commands and options is in the tables of the commands.

const bash = `# crossconnect for bash: source <(crossconnect completion bash)
_crossconnect() {
  local line program='"\${COMP_WORDS[0]}"'
  # In a clone it is an alias, which stands for more than a program; bash 3 cannot say for what.
  ((BASH_VERSINFO < 4)) || program=\${BASH_ALIASES[\${COMP_WORDS[0]}]:-$program}
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(eval "$program"' __complete "\${COMP_WORDS[@]:1:COMP_CWORD}"' 2>/dev/null)
}
complete -o default -o bashdefault -F _crossconnect crossconnect
`

const zsh = `#compdef crossconnect
# crossconnect for zsh: source <(crossconnect completion zsh), after compinit; or as the file _crossconnect in fpath
_crossconnect() {
  local line
  local -a candidates
  while IFS= read -r line; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${(Q)words[1]}" __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then
    _describe -V crossconnect candidates
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _crossconnect ]]; then
  _crossconnect "$@"
else
  compdef _crossconnect crossconnect
fi
`

const fish = `# crossconnect for fish: crossconnect completion fish | source
function __crossconnect_complete
  set -l words (commandline --tokenize --cut-at-cursor --current-process)
  set -l current (commandline --current-token --cut-at-cursor)
  set -l candidates ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    __fish_complete_path "$current"
  end
end
complete --command crossconnect --no-files --keep-order --arguments '(__crossconnect_complete)'
`

export const scripts: Readonly<Record<string, string>> = { bash, zsh, fish }

import type {CompletionFlag, CompletionNode, CompletionSpec, ValueSource} from './completion-spec.js'

/** A script for zsh, to be sourced or put into fpath; runs no program per Tab. */
export function zshScript({bin, nodes, regions, models}: CompletionSpec): string {
  const name = `_${bin.replaceAll('-', '_')}`
  return `#compdef ${bin}

typeset -ga ${name}_regions=(${regions.join(' ')})
typeset -ga ${name}_models=(${models.join(' ')})

# Sets reply to the words that may follow, each with its summary.
${name}_next() {
  reply=()
  case $1 in
${nodes
  .filter(({next}) => next.length > 0)
  .map(({path, next}) => `    '${path}') reply=(${next.map(({word, summary}) => item(word, summary)).join(' ')}) ;;`)
  .join('\n')}
  esac
}

# Sets reply to the flags of the command, each with its description.
${name}_flags() {
  reply=()
  case $1 in
${nodes
  .filter(({flags}) => flags.length > 0)
  .map(({path, flags}) => `    '${path}') reply=(${flags.map((flag) => flagItems(flag)).join(' ')}) ;;`)
  .join('\n')}
  esac
}

# Sets reply to what a flag takes, or the first argument; empty for files, failure for nothing.
${name}_values() {
  reply=()
  case $1 in
${nodes
  .map((node) => valueArms(node, name))
  .filter((lines) => lines !== '')
  .join('\n')}
    *) return 1 ;;
  esac
}

${name}() {
  local cmd="" flag="" word i
  local -a reply
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    if [[ -n $flag ]]; then flag=""; continue; fi
    case $word in
      --*=*) ;;
      -*) if ${name}_values "$cmd $word"; then flag=$word; fi ;;
      *) ${name}_next "$cmd"; if (( \${reply[(I)\${(b)word}:*]} )); then cmd="\${cmd:+$cmd }$word"; fi ;;
    esac
  done
  word=\${words[CURRENT]}
  if [[ -z $flag && $word == --*=* ]]; then
    flag=\${word%%=*}
    compset -P '*='
  fi
  if [[ -n $flag ]]; then
    ${name}_values "$cmd $flag"
    if (( $#reply )); then compadd -a reply; else _files; fi
  elif [[ $word == -* ]]; then
    ${name}_flags "$cmd"
    _describe -o 'flag' reply
  else
    ${name}_next "$cmd"
    (( $#reply )) && _describe 'command' reply
    if ${name}_values "$cmd "; then
      if (( $#reply )); then compadd -a reply; else _files; fi
    fi
  fi
}

if [[ \${funcstack[1]} == ${name} ]]; then ${name} "$@"; else compdef ${name} ${bin}; fi
`
}

function item(word: string, text: string): string {
  return `'${word.replaceAll(':', '\\:')}:${text.replaceAll("'", `'\\''`)}'`
}

function flagItems({name, char, description}: CompletionFlag): string {
  return [`--${name}`, ...(char === undefined ? [] : [`-${char}`])].map((word) => item(word, description)).join(' ')
}

function valueArms({path, flags, argument}: CompletionNode, name: string): string {
  const ofFlags = flags.flatMap(({name: flag, char, value}) => {
    if (value === undefined) return []
    const patterns = [`'${path} --${flag}'`, ...(char === undefined ? [] : [`'${path} -${char}'`])]
    return [`    ${patterns.join('|')}) ${assign(value, name)} ;;`]
  })
  const ofArgument = argument === undefined ? [] : [`    '${path} ') ${assign(argument, name)} ;;`]
  return [...ofFlags, ...ofArgument].join('\n')
}

function assign(value: ValueSource, name: string): string {
  switch (value.kind) {
    case 'words':
      return `reply=(${value.words.join(' ')})`
    case 'regions':
    case 'models':
      return `reply=($${name}_${value.kind})`
    case 'files':
      return ':'
  }
}

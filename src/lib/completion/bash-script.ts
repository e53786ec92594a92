import type {CompletionFlag, CompletionNode, CompletionSpec, ValueSource} from './completion-spec.js'

/** A script for bash 3.2 and later; needs no package and runs no program per Tab. */
export function bashScript({bin, nodes, regions, models}: CompletionSpec): string {
  const name = `_${bin.replaceAll('-', '_')}`
  return `# bash completion for ${bin}

${name}_regions='${regions.join(' ')}'
${name}_models='${models.join(' ')}'

# Words that may follow the words so far.
${name}_next() {
  case "$1" in
${arms(nodes, ({path, next}) =>
  quoted(
    path,
    next.map(({word}) => word),
  ),
)}
  esac
}

# Flags of the command.
${name}_flags() {
  case "$1" in
${arms(nodes, ({path, flags}) => quoted(path, flags.flatMap(spellings)))}
  esac
}

# What a flag of the command takes, or its first argument; fails when it takes nothing.
${name}_values() {
  case "$1" in
${arms(nodes, (node) => valueArms(node, name))}
    *) return 1 ;;
  esac
}

${name}() {
  local line="\${COMP_LINE:0:COMP_POINT}" path="" flag="" i cur word values prefix=""
  local -a words
  read -r -a words <<< "$line"
  case "$line" in *[[:space:]]) words+=("") ;; esac
  cur="\${words[\${#words[@]}-1]}"
  COMPREPLY=()
  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    word="\${words[i]}"
    if [ -n "$flag" ]; then flag=""; continue; fi
    case "$word" in
      --*=*) ;;
      -*) if ${name}_values "$path $word" > /dev/null; then flag="$word"; fi ;;
      *) case " $(${name}_next "$path") " in *" $word "*) path="\${path:+$path }$word" ;; esac ;;
    esac
  done
  if [ -n "$flag" ]; then
    values="$(${name}_values "$path $flag")"
  elif [[ "$cur" == --*=* ]]; then
    values="$(${name}_values "$path \${cur%%=*}")"
    prefix="\${cur%%=*}="
    cur="\${cur#*=}"
  elif [[ "$cur" == -* ]]; then
    values="$(${name}_flags "$path")"
  else
    values="$(${name}_next "$path") $(${name}_values "$path ")"
  fi
  COMPREPLY=($(compgen -W "$values" -- "$cur"))
  # bash breaks words at = and : and replaces only what follows the last of them.
  if [ -n "$prefix" ] && [[ "$COMP_WORDBREAKS" != *=* ]]; then COMPREPLY=("\${COMPREPLY[@]/#/$prefix}"); fi
  if [[ "$cur" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    prefix="\${cur%"\${cur##*:}"}"
    COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
  fi
}

complete -o default -F ${name} ${bin}
`
}

function arms(nodes: readonly CompletionNode[], arm: (node: CompletionNode) => string | undefined): string {
  const lines = nodes.map(arm).filter((line) => line !== undefined && line !== '')
  return lines.length === 0 ? '    *) ;;' : lines.join('\n')
}

function quoted(path: string, words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : `    '${path}') echo '${words.join(' ')}' ;;`
}

function spellings({name, char}: CompletionFlag): string[] {
  return char === undefined ? [`--${name}`] : [`--${name}`, `-${char}`]
}

function valueArms({path, flags, argument}: CompletionNode, name: string): string {
  const ofFlags = flags.flatMap((flag) => {
    if (flag.value === undefined) return []
    const patterns = spellings(flag).map((spelling) => `'${path} ${spelling}'`)
    return [`    ${patterns.join('|')}) ${echo(flag.value, name)} ;;`]
  })
  const ofArgument = argument === undefined ? [] : [`    '${path} ') ${echo(argument, name)} ;;`]
  return [...ofFlags, ...ofArgument].join('\n')
}

function echo(value: ValueSource, name: string): string {
  switch (value.kind) {
    case 'words':
      return `echo '${value.words.join(' ')}'`
    case 'regions':
    case 'models':
      return `echo "$${name}_${value.kind}"`
    case 'files':
      // Nothing of ours: bash falls back to file names.
      return ':'
  }
}

import type {CompletionFlag, CompletionNode, CompletionSpec, ValueSource} from './completion-spec.js'

/** A script for fish 3; runs no program per Tab. */
export function fishScript(spec: CompletionSpec): string {
  const {bin, nodes, regions, models} = spec
  const name = `__${bin.replaceAll('-', '_')}`
  const paths = nodes.map(({path}) => path).filter((path) => path !== '')
  return `# fish completion for ${bin}

set -g ${name}_paths ${paths.map(quote).join(' ')}
set -g ${name}_regions ${regions.join(' ')}
set -g ${name}_models ${models.join(' ')}

# True when the words typed so far name exactly this command or topic.
function ${name}_at
    set -l path
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and continue
        set -l longer (string join ' ' $path $word)
        contains -- $longer $${name}_paths; and set path $longer
    end
    test "$path" = "$argv[1]"
end

complete -c ${bin} -f
${nodes.flatMap((node) => nodeLines(node, bin, name)).join('\n')}
`
}

function nodeLines(node: CompletionNode, bin: string, name: string): string[] {
  const at = `complete -c ${bin} -n ${quote(`${name}_at ${quote(node.path)}`)}`
  return [
    ...node.next.map(({word, summary}) => `${at} -a ${word} -d ${quote(summary)}`),
    ...(node.argument === undefined ? [] : [`${at}${valueOptions(node.argument, name)}`]),
    ...node.flags.map((flag) => `${at}${flagOptions(flag, name)} -d ${quote(flag.description)}`),
  ]
}

function flagOptions({name: flag, char, value}: CompletionFlag, name: string): string {
  const short = char === undefined ? '' : ` -s ${char}`
  return `${short} -l ${flag}${value === undefined ? '' : ` -r${valueOptions(value, name)}`}`
}

function valueOptions(value: ValueSource, name: string): string {
  switch (value.kind) {
    case 'words':
      return ` -f -a ${quote(value.words.join(' '))}`
    case 'regions':
    case 'models':
      return ` -f -a '$${name}_${value.kind}'`
    case 'files':
      return ' -F'
  }
}

/** Single quotes of fish: only the quote and the backslash need escaping. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

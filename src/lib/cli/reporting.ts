/** How a failure is to be told. */
export interface Reporting {
  /** `ndjson` is JSON on one line. */
  readonly format: 'text' | 'json' | 'ndjson'
  readonly color: boolean
  readonly debug: boolean
}

/** Read from the raw words and the environment, because parsing them may be what failed. */
export function readReporting(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Reporting {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return {
    format: readFormat(words, env['BEDROCKCTL_OUTPUT']),
    color: !words.includes('--no-color'),
    debug:
      words.includes('--debug') ||
      ['1', 'true', 'yes', 'on', 'y'].includes(env['BEDROCKCTL_DEBUG']?.toLowerCase() ?? ''),
  }
}

function readFormat(words: readonly string[], fromEnvironment: string | undefined): Reporting['format'] {
  if (words.includes('--json')) return 'json'
  const chosen = words.flatMap((word, index) => {
    if (word === '-o' || word === '--output') return [words[index + 1] ?? '']
    if (word.startsWith('--output=')) return [word.slice('--output='.length)]
    if (word.startsWith('-o') && !word.startsWith('--') && word.length > 2) return [word.slice(2).replace(/^=/, '')]
    return []
  })
  const format = chosen.at(-1) ?? fromEnvironment
  return format === 'json' || format === 'ndjson' ? format : 'text'
}

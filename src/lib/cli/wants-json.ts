/** Whether the caller asked for JSON; read from the raw words, because parsing them may be what failed. */
export function wantsJson(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  const chosen = words.flatMap((word, index) => {
    if (word === '-o' || word === '--output') return [words[index + 1] ?? '']
    if (word.startsWith('--output=')) return [word.slice('--output='.length)]
    if (word.startsWith('-o') && !word.startsWith('--') && word.length > 2) return [word.slice(2).replace(/^=/, '')]
    return []
  })
  if (words.includes('--json')) return true
  const format = chosen.at(-1) ?? env['BEDROCKCTL_OUTPUT']
  return format === 'json' || format === 'ndjson'
}

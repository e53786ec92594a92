/** Everything a renderer may know about where it prints. */
export interface Terminal {
  /** Columns; `Infinity` off a terminal, where nothing is wrapped, dropped or shortened. */
  readonly width: number
  readonly color: boolean
  /** A person is looking: short forms and hints are welcome. Off a terminal: full ids, ISO 8601. */
  readonly interactive: boolean
  /** False where only ASCII is safe. */
  readonly unicode: boolean
}

export interface TerminalStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Reads a stream and the usual variables: NO_COLOR, FORCE_COLOR, COLUMNS, TERM=dumb, LANG. */
export function describeTerminal(
  stream: TerminalStream,
  env: Readonly<Record<string, string | undefined>>,
  options: {readonly color?: boolean | undefined} = {},
): Terminal {
  const interactive = stream.isTTY === true
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false'
  const refused = (env['NO_COLOR'] ?? '') !== '' || options.color === false || env['FORCE_COLOR'] === '0'
  const locale = env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? ''
  return {
    // Some pseudo-terminals report no columns, or 0.
    width: interactive ? stream.columns || Number(env['COLUMNS']) || 80 : Number.POSITIVE_INFINITY,
    color: !refused && (forced || (interactive && env['TERM'] !== 'dumb')),
    interactive,
    unicode: !interactive || !(locale === 'C' || locale === 'POSIX') || env['WT_SESSION'] !== undefined,
  }
}

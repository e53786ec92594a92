/** What decides between a screen and plain lines. */
export interface ScreenChoice {
  readonly stdin: {readonly isTTY?: boolean; readonly setRawMode?: unknown}
  readonly stdout: {readonly isTTY?: boolean}
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user asked for a document, for silence or for plain lines. */
  readonly plain: boolean
}

/** True where a person looks at a terminal that can draw and reads keys; nothing of a screen is loaded otherwise. */
export function isScreenWanted({stdin, stdout, env, plain}: ScreenChoice): boolean {
  if (plain || env['TERM'] === 'dumb' || isSet(env['CI']) || isSet(env['INK_SCREEN_READER'])) return false
  return stdout.isTTY === true && stdin.isTTY === true && typeof stdin.setRawMode === 'function'
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase())
}

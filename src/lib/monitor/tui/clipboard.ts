/** Terminals take no more than this, and nothing that is copied here is longer. */
const MOST_BYTES = 4096

/** What makes a terminal that knows OSC 52 put the text on the clipboard, through ssh too; others ignore it. */
export function copySequence(text: string): string {
  const bytes = Buffer.from(text, 'utf8').subarray(0, MOST_BYTES)
  return `\u001B]52;c;${bytes.toString('base64')}\u0007`
}

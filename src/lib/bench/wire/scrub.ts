// Servers quote what they were asked, and prompts are stored nowhere. Of their words only those are kept that can hardly be
// the caller's: names of errors, and short sentences without what they quote.

const LONGEST_DETAIL = 200
/** A message beyond this repeats a request more likely than it explains one. */
const LONGEST_MESSAGE = 400
const QUOTED = /"[^"]*"?|`[^`]*`?|“[^”]*”?|«[^»]*»?|(?<![\p{L}\d])'[^']*(?:'|$)|\{.*|\[.*|<[^>]*>?/gsu
/** Keys, tokens, encoded data: nothing one would read. */
const OPAQUE = /(?=[^\s]*\d)(?=[^\s]*[a-z])[\w+/=.*-]{24,}/giu
// biome-ignore lint/suspicious/noControlCharactersInRegex: what the pattern is for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** One line of at most 200 characters that is safe on a terminal. */
export function oneLine(text: string, longest = LONGEST_DETAIL): string {
  const line = text
    .slice(0, 4 * longest)
    .replace(CONTROL, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`
}

/** What may be kept of a message that could quote a prompt; '' where that is nothing. */
export function safeMessage(message: string): string {
  if (message.length > LONGEST_MESSAGE) return ''
  return oneLine(message.replace(QUOTED, '…').replace(OPAQUE, '…'), 160)
}

/** The name of an error as its server gives it; '' where it is none. */
export function safeName(name: unknown): string {
  if (typeof name === 'number' && Number.isInteger(name)) return String(name)
  return typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) ? name : ''
}

/** A compiled pattern of IAM: `*` is any run of characters, also none; `?` is exactly one character. */
export type Glob =
  | {readonly kind: 'any'}
  | {readonly kind: 'exact' | 'prefix'; readonly text: string}
  | {readonly kind: 'pattern'; readonly codes: readonly number[]}

// Wildcards in a list of character codes; no text can hold them, so what a variable brings in stays literal.
const RUN = -1
const ONE = -2

/** Character codes of a text, its wildcards told apart from characters. */
export function wildCodes(text: string): number[] {
  return Array.from({length: text.length}, (_, index) => {
    const character = text[index]
    return character === '*' ? RUN : character === '?' ? ONE : text.charCodeAt(index)
  })
}

/** Character codes of a text in which `*` and `?` are characters. */
export function literalCodes(text: string): number[] {
  return Array.from({length: text.length}, (_, index) => text.charCodeAt(index))
}

/** The codes of a run of any characters. */
export const ANYTHING: readonly number[] = [RUN]

export function globOf(codes: readonly number[]): Glob {
  const firstWild = codes.findIndex((code) => code < 0)
  if (firstWild === -1) return {kind: 'exact', text: textOf(codes)}
  if (firstWild === codes.length - 1 && codes[firstWild] === RUN) {
    return firstWild === 0 ? {kind: 'any'} : {kind: 'prefix', text: textOf(codes.slice(0, -1))}
  }
  return {kind: 'pattern', codes}
}

/** As `globOf`, without going through codes where the text has at most a `*` at its end. */
export function compileGlob(text: string): Glob {
  if (text === '*') return {kind: 'any'}
  const body = text.endsWith('*') ? text.slice(0, -1) : text
  if (body.includes('*') || body.includes('?')) return globOf(wildCodes(text))
  return {kind: body === text ? 'exact' : 'prefix', text: body}
}

export function matchesGlob(glob: Glob, text: string): boolean {
  switch (glob.kind) {
    case 'any':
      return true
    case 'exact':
      return glob.text === text
    case 'prefix':
      return text.startsWith(glob.text)
    case 'pattern':
      return matchesCodes(glob.codes, text)
  }
}

/** Goes back to the last run only, so its time is bounded by pattern length times text length. */
function matchesCodes(codes: readonly number[], text: string): boolean {
  let at = 0
  let position = 0
  let runAt = -1
  let runPosition = 0
  while (position < text.length) {
    const code = codes[at]
    if (code === RUN) {
      runAt = at
      runPosition = position
      at += 1
    } else if (code !== undefined && (code === ONE || code === text.charCodeAt(position))) {
      at += 1
      position += 1
    } else if (runAt >= 0) {
      at = runAt + 1
      runPosition += 1
      position = runPosition
    } else {
      return false
    }
  }
  while (codes[at] === RUN) at += 1
  return at === codes.length
}

function textOf(codes: readonly number[]): string {
  return codes.map((code) => String.fromCharCode(code)).join('')
}

/** Letters of an alphabet that one token holds, and digits; every other sign is a token of its own. */
const LETTERS = 5
const DIGITS = 3
const PIECES = /(?<letters>[\p{L}\p{M}]+)|(?<digits>\p{N}+)|(?<blank>\s+)|(?<sign>.)/gsu
const WORD_SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

/**
 * How many tokens the sandbox says a text has: a simulation, no tokenizer of any model. Words count by their length, a
 * single space belongs to the word beside it, and longer text never counts less.
 */
export function countText(text: string): number {
  let count = 0
  for (const {groups = {}} of text.matchAll(PIECES)) {
    const {letters, digits, blank, sign} = groups
    if (letters !== undefined) count += countLetters(letters)
    if (digits !== undefined) count += Math.ceil([...digits].length / DIGITS)
    if (blank !== undefined && blank !== ' ') count += 1
    if (sign !== undefined) count += 1
  }
  return count
}

/** Chinese, Japanese and Korean write no spaces, or short words: each of their signs is a token. */
function countLetters(letters: string): number {
  const signs = letters.match(WORD_SIGNS)?.length ?? 0
  return signs + Math.ceil(([...letters].length - signs) / LETTERS)
}

/** Kinds of script whose characters make tokens at rates of their own. */
export type Script = 'latin' | 'alphabets' | 'ideographs' | 'others'

// First and last code points of the blocks of a kind; what is below 0x370 is Latin.
const LATIN = [
  [0x1e00, 0x1eff],
  [0x2000, 0x206f],
  [0x20a0, 0x20cf],
] as const
const ALPHABETIC = [
  [0x370, 0x6ff],
  [0x750, 0x77f],
  [0x8a0, 0x8ff],
  [0x10a0, 0x10ff],
  [0x1f00, 0x1fff],
  [0xfb1d, 0xfdff],
  [0xfe70, 0xfeff],
] as const
const IDEOGRAPHIC = [
  [0x1100, 0x11ff],
  [0x2e80, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
  [0x20000, 0x3ffff],
] as const

/** Below it every code point is Latin. */
export const FIRST_BEYOND_LATIN = 0x370

/** Latin with digits, punctuation and blanks; Greek to Arabic; Chinese, Japanese and Korean; all else, emoji included. */
export function scriptOf(point: number): Script {
  if (point < FIRST_BEYOND_LATIN || within(LATIN, point)) return 'latin'
  if (within(ALPHABETIC, point)) return 'alphabets'
  return within(IDEOGRAPHIC, point) ? 'ideographs' : 'others'
}

function within(blocks: readonly (readonly [number, number])[], point: number): boolean {
  return blocks.some(([first, last]) => point >= first && point <= last)
}

/** What the terminal can show. */
export interface Look {
  readonly color: boolean
  /** False where only ASCII is safe. */
  readonly unicode: boolean
}

/** What a piece of text means; the words beside it say the same. */
export type Tone = 'good' | 'bad' | 'warn' | 'strong' | 'faint' | 'id' | 'chosen'

/** A piece of a line; without a tone it looks like any text. */
export interface Span {
  readonly text: string
  readonly tone?: Tone
}

/** One line of the screen, left to right; what does not fit is cut by who draws it. */
export type SpanLine = readonly Span[]

/** A text in a tone; none says nothing. */
export function toned(text: string, tone: Tone | undefined): Span {
  return tone === undefined ? {text} : {text, tone}
}

export const plain = (text: string): Span => ({text})
export const strong = (text: string): Span => ({text, tone: 'strong'})
export const faint = (text: string): Span => ({text, tone: 'faint'})

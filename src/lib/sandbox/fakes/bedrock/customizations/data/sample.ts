import type {Body} from '../../answers/family.js'

/** What is trained on in one line of a data set. */
export interface Sample {
  readonly input: string
  readonly output: string
  /** S3 addresses of images and videos in it. */
  readonly media: readonly string[]
  /** What the media are: one data set holds images or videos. */
  readonly kinds?: readonly string[]
}

/** Reads one line's object; a text says what is wrong with it. */
export type SampleReader = (row: Body) => Sample | string

/** `undefined` unless it is a text with something in it. */
export function spoken(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

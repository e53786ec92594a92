import {HEAD_BYTES, readImageHead} from '../../core/image-head.js'
import {sizeWords} from '../../core/text.js'
import {judgeBase64} from './base64.js'
import type {Walk} from './walk.js'

export interface ImageLimits {
  readonly mostBytes: number
  /** Pixels of the longer side. */
  readonly mostSide: number
}

export const NO_IMAGE_LIMITS: ImageLimits = {
  mostBytes: Number.POSITIVE_INFINITY,
  mostSide: Number.POSITIVE_INFINITY,
}

/** What a body says the format is, and where it says so. */
interface Declared {
  readonly node: number
  /** Before the format in the value: `image/` of a media type. */
  readonly prefix: string
}

/** Counts an image, and tells when the model takes none. */
export function countImage(walk: Walk): void {
  walk.images += 1
  if (walk.facts.takesImages === false) {
    walk.problem(
      'IMAGE_NOT_TAKEN',
      'error',
      `${walk.facts.modelId} takes no images: leave it out or choose a model that sees.`,
    )
  }
}

/** Judges base64 text: that it is, that it is an image of the format that is declared, and how large. */
export function judgeImage(walk: Walk, node: number, declared: Declared | undefined, limits: ImageLimits): void {
  const {tape} = walk
  const escaped = tape.isEscaped(node)
  // Some programs write the slash of base64 as an escape sequence.
  const bytes = escaped ? Buffer.from(tape.text(node), 'latin1') : tape.buffer
  const start = escaped ? 0 : tape.start(node) + 1
  const end = escaped ? bytes.length : tape.end(node) - 1
  if (bytes.toString('latin1', start, start + 5) === 'data:') {
    walk.problem('IMAGE_DATA_URL', 'error', 'A data URL stands where base64 alone belongs: drop all up to the comma.')
    return
  }
  const facts = judgeBase64(bytes, start, end)
  if (facts.kind === 'broken-lines') {
    walk.problem(
      'BASE64_LINES',
      'warning',
      'The base64 text has blanks or line breaks, which may be refused: write it as one line.',
    )
    return
  }
  if (facts.kind === 'invalid') {
    walk.problem('BASE64_INVALID', 'error', 'This is no base64 with padding: encode the bytes of the file anew.')
    return
  }
  judgeSize(walk, facts.bytes, limits)
  const head = readImageHead(Buffer.from(bytes.toString('latin1', start, start + (HEAD_BYTES / 3) * 4), 'base64'))
  if (head === undefined) {
    walk.problem('IMAGE_UNKNOWN', 'error', 'The bytes are no PNG, JPEG, GIF or WebP: convert the image.')
    return
  }
  const {format, height = 0, width = 0} = head
  if (Math.max(height, width) > limits.mostSide) {
    walk.problem(
      'IMAGE_SIDE_TOO_LONG',
      'error',
      `A side is longer than ${limits.mostSide} pixels: scale the image down.`,
    )
  }
  if (declared) judgeFormat(walk, format, declared)
}

function judgeSize(walk: Walk, bytes: number, {mostBytes}: ImageLimits): void {
  if (bytes <= mostBytes) return
  const text = `The image has more than ${sizeWords(mostBytes)}, the most that is taken: scale it down.`
  walk.problem('IMAGE_TOO_LARGE', 'error', text)
}

function judgeFormat(walk: Walk, format: string, {node, prefix}: Declared): void {
  const {tape} = walk
  if (tape.equals(node, `${prefix}${format}`)) return
  const edit = {start: tape.start(node), end: tape.end(node), text: JSON.stringify(`${prefix}${format}`)}
  walk.problem(
    'IMAGE_FORMAT_WRONG',
    'error',
    `The bytes are ${format.toUpperCase()}, which is not what the body says: name that format.`,
    {edit},
  )
}

/** A data URL of an image, as chat bodies have it; anything else that names an image is told. */
export function judgeImageUrl(walk: Walk, node: number, limits: ImageLimits): void {
  const {tape} = walk
  countImage(walk)
  const head = tape.buffer.toString('latin1', tape.start(node) + 1, Math.min(tape.start(node) + 65, tape.end(node) - 1))
  const found = /^data:image\/[a-z+.-]+;base64,/i.exec(head)
  if (!found) {
    walk.problem(
      'IMAGE_URL',
      'warning',
      'Images that are named by URL are refused in batch: put the bytes in as a data URL.',
    )
    return
  }
  const start = tape.start(node) + 1 + found[0].length
  const facts = judgeBase64(tape.buffer, start, tape.end(node) - 1)
  if (facts.kind === 'valid') judgeSize(walk, facts.bytes, limits)
  else if (!tape.isEscaped(node)) {
    walk.problem(
      'BASE64_INVALID',
      'error',
      'What follows the comma is no base64 with padding: encode the bytes of the file anew.',
    )
  }
}

import type {AnswerSink, ErrorClass} from './answer.js'
import {decodeBase64} from './base64.js'
import {classifyException, classifyNamed} from './classify.js'
import {type Dialect, isObject} from './dialect.js'
import {AnswerProgress} from './effects.js'
import type {FrameTaker} from './event-stream.js'
import type {FrameType} from './frame-headers.js'
import type {EventTaker} from './framing.js'
import {Shapes} from './shapes.js'

const LONGEST_FAST = 64 * 1024
/** Where base64 of an event goes: one thread reads one event at a time. */
const scratch = Buffer.allocUnsafeSlow(LONGEST_FAST)
const shapesByDialect = new Map<Dialect, Map<string, Shapes>>()

/** Reads events of one dialect, out of shapes where they fit one, else as JSON, and tells what they come to. */
export class EventReader implements EventTaker, FrameTaker {
  readonly progress: AnswerProgress
  /** The body has ended: an event that cannot be read was cut off by that. */
  ending: boolean = false
  private readonly dialect: Dialect
  private readonly shapes: Map<string, Shapes>
  private readonly plain: Shapes
  /** The payload of a frame is `{"bytes":"…"}` around the event. */
  private readonly wrapped: boolean

  constructor(dialect: Dialect, wrapped: boolean, sink: AnswerSink) {
    this.dialect = dialect
    this.wrapped = wrapped
    this.shapes = shapesOf(dialect)
    this.plain = this.shapesFor('')
    this.progress = new AnswerProgress(sink)
  }

  begin(sink: AnswerSink): void {
    this.ending = false
    this.progress.reset(sink)
  }

  fail(error: ErrorClass, detail: string): void {
    this.progress.fail(error, detail)
  }

  event(bytes: Buffer, start: number, end: number, at: number): void {
    if (bytes[start] === BRACKET && isDone(bytes, start, end)) this.progress.ended = true
    else this.take(bytes, start, end, at, this.plain, '')
  }

  frame(type: FrameType, bytes: Buffer, start: number, end: number, at: number): void {
    if (type.message === 'event') {
      if (this.wrapped) this.unwrap(type.name, bytes, start, end, at)
      else this.take(bytes, start, end, at, this.shapesFor(type.name), type.name)
      return
    }
    const failure =
      type.message === 'exception'
        ? classifyException(type.name, bytes.toString('utf8', start, end))
        : classifyNamed(type.name, type.text)
    this.fail(failure.error, failure.detail)
  }

  private unwrap(name: string, bytes: Buffer, start: number, end: number, at: number): void {
    if (name !== 'chunk') return
    const length = decodeChunk(bytes, start, end)
    if (length !== -1) {
      this.take(scratch, 0, length, at, this.plain, '')
      return
    }
    const chunk = parse(bytes, start, end)
    const inner = isObject(chunk) ? chunk['bytes'] : undefined
    if (typeof inner !== 'string') {
      this.fail('parse_error', 'a chunk of the event stream has no bytes')
      return
    }
    const event = Buffer.from(inner, 'base64')
    this.take(event, 0, event.length, at, this.plain, '')
  }

  private take(bytes: Buffer, start: number, end: number, at: number, shapes: Shapes, type: string): void {
    const {progress} = this
    if (progress.failed) return
    if (progress.sink.text === undefined) {
      const effects = shapes.find(bytes, start, end)
      if (effects !== undefined) {
        progress.apply(effects, shapes.count, at)
        return
      }
    }
    const value = parse(bytes, start, end)
    if (!isObject(value)) {
      this.refuse()
      return
    }
    const effects = this.dialect.read(value, type)
    progress.apply(effects, effects.count, at)
    shapes.learn(bytes, start, end, effects)
  }

  private refuse(): void {
    if (this.ending) this.fail('truncated', 'the last event of the answer is cut off')
    else this.fail('parse_error', `event ${this.progress.events + 1} of the answer is no JSON object`)
  }

  private shapesFor(type: string): Shapes {
    let shapes = this.shapes.get(type)
    if (shapes === undefined) {
      shapes = new Shapes(this.dialect.keys)
      // servers know few types: more are a fault, and share one
      if (this.shapes.size < 32) this.shapes.set(type, shapes)
    }
    return shapes
  }
}

const BRACKET = 0x5b
const DONE = /^\[DONE\]\s*$/

function isDone(bytes: Buffer, start: number, end: number): boolean {
  return end - start < 64 && DONE.test(bytes.toString('latin1', start, end))
}

function shapesOf(dialect: Dialect): Map<string, Shapes> {
  const known = shapesByDialect.get(dialect) ?? new Map<string, Shapes>()
  shapesByDialect.set(dialect, known)
  return known
}

/** undefined, which is no JSON, where the bytes are none. */
function parse(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end))
  } catch {
    return undefined
  }
}

const CHUNK = Buffer.from('{"bytes":"')
const PADDED = Buffer.from(',"p":"')

/** Decodes `{"bytes":"…"}` and `{"bytes":"…","p":"…"}` into the scratch; how many bytes, -1 where it is written in another way. */
function decodeChunk(bytes: Buffer, start: number, end: number): number {
  const from = start + CHUNK.length
  if (end - from > LONGEST_FAST || !startsWith(bytes, start, end, CHUNK)) return -1
  let to = from
  while (to < end && bytes[to] !== 0x22) to += 1
  const rest = to + 1
  if (rest === end - 1 ? bytes[rest] !== 0x7d : !isPadding(bytes, rest, end)) return -1
  return decodeBase64(bytes, from, to, scratch)
}

/** Letters and digits alone pad a chunk; what else comes is left to JSON.parse. */
function isPadding(bytes: Buffer, start: number, end: number): boolean {
  if (!startsWith(bytes, start, end - 2, PADDED) || bytes[end - 1] !== 0x7d || bytes[end - 2] !== 0x22) return false
  for (let at = start + PADDED.length; at < end - 2; at++) {
    const byte = bytes[at] as number
    if (byte < 0x30 || byte === 0x5c || byte > 0x7a) return false
  }
  return true
}

function startsWith(bytes: Buffer, start: number, end: number, words: Buffer): boolean {
  if (end - start < words.length) return false
  for (let place = 0; place < words.length; place++) if (bytes[start + place] !== words[place]) return false
  return true
}

/** What the headers of one message of an event stream say. */
export interface FrameType {
  readonly message: 'event' | 'exception' | 'error'
  /** Name of the event or of the exception, code of the error. */
  readonly name: string
  /** Of an error. */
  readonly text: string
}

const BYTES = 6
const STRING = 7
/** Bytes of a value by its type: true, false, byte, short, integer, long, -, -, timestamp, uuid. */
const FIXED: readonly number[] = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16]
const NONE: FrameType = {message: 'event', name: '', text: ''}

/** Reads a header block; undefined where it is none. */
export function readFrameHeaders(bytes: Buffer, start: number, end: number): FrameType | undefined {
  const values = new Map<string, string>()
  let at = start
  while (at < end) {
    const name = at + 1 + (bytes[at] as number)
    if (name >= end) return undefined
    const from = valueStart(bytes, name)
    const to = from <= end ? from + valueLength(bytes, name) : -1
    if (to < from || to > end) return undefined
    if (bytes[name] === STRING) values.set(bytes.toString('latin1', at + 1, name), bytes.toString('utf8', from, to))
    at = to
  }
  return typeOf(values)
}

/** Strings and bytes have their length before them. */
function isSized(kind: number | undefined): boolean {
  return kind === BYTES || kind === STRING
}

function valueStart(bytes: Buffer, kindAt: number): number {
  return isSized(bytes[kindAt]) ? kindAt + 3 : kindAt + 1
}

/** Negative for a type that is none. */
function valueLength(bytes: Buffer, kindAt: number): number {
  const kind = bytes[kindAt] ?? -1
  return isSized(kind) ? bytes.readUInt16BE(kindAt + 1) : (FIXED[kind] ?? -1)
}

function typeOf(values: ReadonlyMap<string, string>): FrameType {
  switch (values.get(':message-type')) {
    case 'exception':
      return {message: 'exception', name: values.get(':exception-type') ?? '', text: ''}
    case 'error':
      return {message: 'error', name: values.get(':error-code') ?? '', text: values.get(':error-message') ?? ''}
    case 'event':
      return {message: 'event', name: values.get(':event-type') ?? '', text: ''}
    default:
      return NONE
  }
}

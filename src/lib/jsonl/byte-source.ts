/** Bytes from `start` up to, but not including, `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Bytes of known number that can be read from any place, as often as wanted: a file, an object of S3. */
export interface ByteSource {
  /** As it is called in messages. */
  readonly name: string
  readonly bytes: number
  /** Changes when the content does. */
  readonly revision: string
  /** The bytes of a range in order. A chunk is only good until the next one is asked for: its memory is reused. */
  read(range: ByteRange, signal?: AbortSignal): AsyncIterable<Uint8Array>
}

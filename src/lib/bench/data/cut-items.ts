/** One value of a data file, as text, and the line it begins in. */
export interface CutItem {
  readonly text: string
  readonly line: number
}

/** No prompt is longer: what is, is no prompt. */
const LONGEST = 64 * 1024 * 1024

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LINE_FEED = 0x0a
const OPEN = new Set([0x7b, 0x5b])
const CLOSE = new Set([0x7d, 0x5d])
const OPEN_LIST = 0x5b

/**
 * The values of JSON Lines, or of one JSON array, as they come. Memory holds one value. JSON Lines are cut at line
 * ends, so that a broken line spoils itself alone; an array is cut where its brackets say.
 */
export async function* cutItems(source: AsyncIterable<Uint8Array>): AsyncGenerator<CutItem> {
  let cutter: LineItems | ListItems | undefined
  for await (const chunk of source) {
    let bytes = chunk
    if (cutter === undefined) {
      const begin = firstInk(bytes)
      if (begin < 0) continue
      const isList = bytes[begin] === OPEN_LIST
      cutter = isList ? new ListItems() : new LineItems()
      if (isList) bytes = bytes.subarray(begin + 1)
    }
    yield* cutter.push(bytes)
  }
  if (cutter !== undefined) yield* cutter.end()
}

function firstInk(bytes: Uint8Array): number {
  // A byte order mark is no ink.
  return bytes.findIndex((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
}

class TooLong extends Error {
  constructor(line: number) {
    super(`line ${line}: more than ${LONGEST} bytes without an end`)
  }
}

class LineItems {
  #held: Buffer[] = []
  #bytes = 0
  #line = 1

  push(chunk: Uint8Array): readonly CutItem[] {
    const items: CutItem[] = []
    let from = 0
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, from)
      if (end < 0) break
      items.push(...this.#cut(chunk.subarray(from, end)))
      this.#line += 1
      from = end + 1
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from))
    return items
  }

  end(): readonly CutItem[] {
    return this.#cut(new Uint8Array(0))
  }

  #cut(last: Uint8Array): readonly CutItem[] {
    const text = Buffer.concat([...this.#held, last])
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim()
    this.#held = []
    this.#bytes = 0
    return text === '' ? [] : [{text, line: this.#line}]
  }

  #hold(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    if (this.#bytes > LONGEST) throw new TooLong(this.#line)
    this.#held.push(Buffer.from(bytes))
  }
}

class ListItems {
  #held: Buffer[] = []
  #bytes = 0
  #line = 1
  #beganAt = 1
  #depth = 0
  #state: 'bare' | 'text' | 'escaped' = 'bare'

  push(chunk: Uint8Array): readonly CutItem[] {
    const items: CutItem[] = []
    let from = this.#depth > 0 ? 0 : -1
    for (let place = 0; place < chunk.length && this.#depth >= 0; place += 1) {
      const byte = chunk[place] ?? 0
      if (byte === LINE_FEED) this.#line += 1
      const before = this.#depth
      this.#take(byte)
      if (before === 0 && this.#depth === 1) {
        from = place
        this.#beganAt = this.#line
      }
      if (before === 1 && this.#depth === 0) {
        this.#held.push(Buffer.from(chunk.subarray(from, place + 1)))
        items.push(this.#cut())
        from = -1
      }
    }
    if (from >= 0) this.#hold(chunk.subarray(from))
    return items
  }

  /** What is left of a file that was cut off. */
  end(): readonly CutItem[] {
    return this.#held.length > 0 ? [this.#cut()] : []
  }

  #take(byte: number): void {
    switch (this.#state) {
      case 'escaped':
        this.#state = 'text'
        return
      case 'text':
        if (byte === BACKSLASH) this.#state = 'escaped'
        else if (byte === QUOTE) this.#state = 'bare'
        return
      case 'bare':
        if (byte === QUOTE) this.#state = 'text'
        else if (OPEN.has(byte)) this.#depth += 1
        else if (CLOSE.has(byte)) this.#depth -= 1
    }
  }

  #cut(): CutItem {
    const text = Buffer.concat(this.#held).toString('utf8')
    this.#held = []
    this.#bytes = 0
    return {text, line: this.#beganAt}
  }

  #hold(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    if (this.#bytes > LONGEST) throw new TooLong(this.#beganAt)
    this.#held.push(Buffer.from(bytes))
  }
}

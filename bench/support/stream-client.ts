import {connect, type Socket} from 'node:net'

/** What came of one streamed answer; milliseconds of `performance.now()`. */
export interface StreamResult {
  readonly sentAt: number
  readonly firstAt: number
  readonly lastAt: number
  readonly status: number
  readonly frames: number
}

const LINE_END = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * A connection over which requests of ready bytes are made one after the other. It counts the frames of an answer and
 * looks at nothing in them: its share of the machine is to be small.
 */
export class StreamClient {
  readonly #socket: Socket
  readonly #request: Buffer
  #rest: Buffer = Buffer.alloc(0)
  #reading: Reading | undefined

  private constructor(socket: Socket, request: Buffer) {
    this.#socket = socket
    this.#request = request
    socket.on('data', (data: Buffer) => this.#take(data))
    socket.on('error', (error) => this.#reading?.fail(error))
    socket.on('close', () => this.#reading?.fail(new Error('the connection was cut')))
  }

  static async open(url: string, request: Buffer): Promise<StreamClient> {
    const {hostname, port} = new URL(url)
    const socket = connect({host: hostname, port: Number(port), noDelay: true})
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new StreamClient(socket, request)
  }

  ask(): Promise<StreamResult> {
    return new Promise((done, fail) => {
      this.#reading = new Reading(done, fail)
      this.#socket.write(this.#request)
    })
  }

  close(): void {
    this.#reading = undefined
    this.#socket.destroy()
  }

  #take(data: Buffer): void {
    const reading = this.#reading
    if (!reading) return
    const bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data])
    this.#rest = bytes.subarray(reading.take(bytes, performance.now()))
  }
}

class Reading {
  readonly fail: (error: Error) => void
  readonly #done: (result: StreamResult) => void
  readonly #sentAt = performance.now()
  #status = 0
  #firstAt = 0
  #lastAt = 0
  #frames = 0
  /** Of the frame that is being read. */
  #left = 0
  /** Bytes of a frame's length that a chunk cut off. */
  #length: number[] = []

  constructor(done: (result: StreamResult) => void, fail: (error: Error) => void) {
    this.#done = done
    this.fail = fail
  }

  /** Gives the bytes that it has used. */
  take(bytes: Buffer, at: number): number {
    let offset = 0
    if (this.#status === 0) {
      const end = bytes.indexOf(HEAD_END)
      if (end < 0) return 0
      this.#status = Number(bytes.toString('latin1', 9, 12))
      if (this.#status !== 200) this.fail(new Error(bytes.toString('utf8')))
      offset = end + HEAD_END.length
    }
    for (;;) {
      const line = bytes.indexOf(LINE_END, offset)
      if (line < 0) return offset
      const size = Number.parseInt(bytes.toString('latin1', offset, line), 16)
      const begin = line + LINE_END.length
      if (bytes.length < begin + size + LINE_END.length) return offset
      offset = begin + size + LINE_END.length
      if (size === 0) {
        this.#end()
        return offset
      }
      this.#count(bytes, begin, begin + size)
      if (this.#firstAt === 0) this.#firstAt = at
      this.#lastAt = at
    }
  }

  #count(bytes: Buffer, start: number, end: number): void {
    let offset = start
    while (offset < end) {
      if (this.#left === 0) {
        this.#length.push(bytes[offset] ?? 0)
        offset += 1
        if (this.#length.length < 4) continue
        this.#left = Buffer.from(this.#length).readUInt32BE() - 4
        this.#length = []
      }
      const taken = Math.min(this.#left, end - offset)
      offset += taken
      this.#left -= taken
      if (this.#left === 0) this.#frames += 1
    }
  }

  #end(): void {
    const times = {sentAt: this.#sentAt, firstAt: this.#firstAt, lastAt: this.#lastAt}
    this.#done({...times, status: this.#status, frames: this.#frames})
  }
}

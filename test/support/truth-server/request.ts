/** A request whose last byte has arrived. */
export interface Asked {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly query: string
  /** Head as it came, one character a byte. */
  readonly head: string
  readonly body: Buffer
  /** `performance.now()` of the read that brought the last byte. */
  readonly arrived: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const NOTHING = Buffer.alloc(0)

/** Takes the bytes of one connection apart into requests; they may be cut anywhere, and several may come at once. */
export class RequestReader {
  readonly #found: (asked: Asked) => void
  #parts: Buffer[] = []
  #length = 0
  /** Bytes that the request under way needs before it is looked at again. */
  #needed = 0

  constructor(found: (asked: Asked) => void) {
    this.#found = found
  }

  push(bytes: Buffer): void {
    const arrived = performance.now()
    this.#parts.push(bytes)
    this.#length += bytes.length
    if (this.#length < this.#needed) return
    const all = this.#parts.length === 1 ? bytes : Buffer.concat(this.#parts)
    const used = this.#takeAll(all, arrived)
    const rest = used === all.length ? NOTHING : all.subarray(used)
    this.#parts = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
  }

  #takeAll(all: Buffer, arrived: number): number {
    let from = 0
    this.#needed = 0
    while (from < all.length) {
      const end = all.indexOf(HEAD_END, from)
      if (end === -1) break
      const head = all.toString('latin1', from, end)
      const bodyAt = end + 4
      const length = Number(header(head, 'content-length') ?? 0)
      if (all.length < bodyAt + length) {
        this.#needed = bodyAt - from + length
        break
      }
      const [method = '', target = ''] = head.slice(0, head.indexOf('\r\n')).split(' ')
      const mark = target.indexOf('?')
      const path = mark === -1 ? target : target.slice(0, mark)
      const query = mark === -1 ? '' : target.slice(mark + 1)
      from = bodyAt + length
      this.#found({method, path, query, head, body: all.subarray(bodyAt, from), arrived})
    }
    return from
  }
}

/** Value of a header of the head, whatever the case of its name. */
export function header(head: string, name: string): string | undefined {
  return pattern(name).exec(head)?.[1]
}

const PATTERNS = new Map<string, RegExp>()

function pattern(name: string): RegExp {
  const known = PATTERNS.get(name)
  if (known) return known
  const made = new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'i')
  PATTERNS.set(name, made)
  return made
}

import {EXCESS_SHIFT, PLACE, SAW_ESCAPE, SAW_SCRIPT, SCAN_MODULE, TEXT_AT} from './string-scan-code.js'

interface ScanExports {
  readonly memory: {readonly buffer: ArrayBuffer}
  /** From the address on, to the first byte that JavaScript has to look at: where that is, and what came before it. */
  readonly scan: (at: number) => number
}

/** As much of it as is used; the types of Node do not have it. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => {readonly exports: unknown}
}

const {memory, scan} = new WebAssembly.Instance(new WebAssembly.Module(SCAN_MODULE)).exports as ScanExports
const window = new Uint8Array(memory.buffer)
for (const byte of Buffer.from('"\\/bfnrt')) window[byte] = 1

/** Room for a vector that starts at the zero after the text. */
const MOST = PLACE + 1 - TEXT_AT - 32

/** Finds the ends of strings. Lines are taken into the memory of a function that looks at 16 bytes at a time. */
export class StringScanner {
  /** Since it was last set to 0: bytes that are more than the characters they stand for. */
  excess = 0
  /** Since it was last set to 0: SAW_ESCAPE, SAW_SCRIPT. */
  flags = 0
  #bytes: Uint8Array = new Uint8Array(0)
  #end = 0
  /** From an address to the same byte in the buffer. */
  #shift = 0
  /** Where in the buffer ends what is in memory. */
  #beyond = 0

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes
    this.#end = end
    this.#take(start)
  }

  /**
   * The first byte from there on that is a quotation mark, a control character, or a backslash that starts no escape
   * sequence of two characters; the end without one.
   */
  find(start: number): number {
    let position = start
    for (;;) {
      if (position >= this.#beyond) {
        if (position >= this.#end) return this.#end
        this.#take(position)
      }
      const found = scan(position - this.#shift)
      this.excess += found >>> EXCESS_SHIFT
      this.flags |= found & (SAW_ESCAPE | SAW_SCRIPT)
      position = (found & PLACE) + this.#shift
      // The zero after the text ends what is in memory; so does half of an escape sequence before it.
      if (position < this.#beyond) return position
    }
  }

  #take(start: number): void {
    const {buffer, byteOffset} = this.#bytes
    this.#shift = start - TEXT_AT
    this.#beyond = Math.min(start + MOST, this.#end)
    window.set(new Uint8Array(buffer, byteOffset + start, this.#beyond - start), TEXT_AT)
    // A whole vector of zeros: what an earlier line left behind the first one would be looked at with it.
    const after = this.#beyond - this.#shift
    window.fill(0, after, after + 16)
  }
}

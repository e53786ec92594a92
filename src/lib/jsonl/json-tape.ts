import {CloseScan, type TapeLimits} from './close-scan.js'
import type {JsonFault} from './json-fault.js'
import {STRIDE} from './json-nodes.js'
import {lineMemory, lineTable, scanLine} from './line-memory.js'
import {TABLE_NODES} from './wasm/layout.js'

const LINE_FEED = 0x0a
const RETURN = 0x0d

/** Whose nodes stand in the table of lines. */
let inLineTable: JsonTape | undefined

/**
 * Scans one JSON text after the other (RFC 8259, what `JSON.parse` accepts and nothing else) without recursion and
 * without making objects. It takes the bytes for UTF-8 and does not check that they are. A line in the memory of the
 * scanner of lines is passed over by that one; only where something may be told of it is it looked at closely.
 */
export class JsonTape extends CloseScan {
  readonly #mostWhole: number

  constructor(limits: TapeLimits = {}) {
    super(limits)
    this.#mostWhole = Math.min(this.mostNodes, TABLE_NODES)
  }

  /** Scans the bytes from `start` up to `end`. What was scanned before is gone; after a fault there are no nodes. */
  scan(bytes: Buffer, start: number, end: number): JsonFault | undefined {
    return this.#scanWhole(bytes, start, end) ? undefined : this.scanClosely(bytes, start, end)
  }

  #scanWhole(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== lineMemory || (bytes[end] !== LINE_FEED && bytes[end] !== RETURN)) return false
    if (inLineTable !== this) {
      if (inLineTable) inLineTable.#leaveLineTable()
      inLineTable = this
    }
    const count = scanLine(start, end, this.#mostWhole, this.deepAt)
    if (count === 0) return false
    this.bytes = bytes
    this.table = lineTable
    this.count = count
    if (this.noted.length > 0) this.noted.length = 0
    return true
  }

  /** Takes along what stands there: another tape is about to write. */
  #leaveLineTable(): void {
    if (this.table === lineTable) this.table = lineTable.slice(0, this.count * STRIDE)
  }
}

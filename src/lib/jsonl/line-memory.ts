import {assemble} from './wasm/assembler.js'
import {CLOSE} from './wasm/close-code.js'
import {FEEDS} from './wasm/feeds-code.js'
import {
  DIGITS_AT,
  FEEDS_AT,
  PAGES,
  SHORT_ESCAPES_AT,
  TABLE_AT,
  TABLE_NODES,
  TEXT_AT,
  TEXT_BYTES,
} from './wasm/layout.js'
import {LINE} from './wasm/line-code.js'
import {NUMBER} from './wasm/number-code.js'
import {STRING} from './wasm/string-code.js'

interface LineExports {
  readonly memory: {readonly buffer: ArrayBuffer}
  readonly feeds: (at: number, end: number) => number
  readonly line: (at: number, end: number, most: number, depth: number) => number
}

/** As much of it as is used; the types of Node do not have it. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => {readonly exports: unknown}
}

const module = assemble([STRING, NUMBER, CLOSE, LINE, FEEDS], PAGES)
const {feeds, line, memory} = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as LineExports

/** The memory of the scanner of lines, one a thread. What is taken into it is gone with the next. */
export const lineMemory = Buffer.from(memory.buffer)
/** Where in it line feeds are, after lines were taken. */
export const lineFeeds = new Uint32Array(memory.buffer, FEEDS_AT, TEXT_BYTES)
/** The nodes of the line that was scanned last, as `JsonNodes` has them. */
export const lineTable = new Int32Array(memory.buffer, TABLE_AT, TABLE_NODES * 4)
/** Scans a line in this memory. */
export const scanLine: LineExports['line'] = line

lineMemory.fill(0xff, DIGITS_AT, DIGITS_AT + 0x100)
for (const byte of Buffer.from('"\\/bfnrt')) lineMemory[SHORT_ESCAPES_AT + byte] = 1
for (const byte of Buffer.from('0123456789abcdefABCDEF')) {
  lineMemory[DIGITS_AT + byte] = Number.parseInt(String.fromCharCode(byte), 16)
}

/** Takes as much of the bytes as there is room for; returns how many line feeds are in it. */
export function takeLines(bytes: Uint8Array, start: number, end: number): number {
  const length = Math.min(TEXT_BYTES, end - start)
  const beyond = TEXT_AT + length
  lineMemory.set(new Uint8Array(bytes.buffer, bytes.byteOffset + start, length), TEXT_AT)
  lineMemory.fill(0, beyond, beyond + 16)
  return feeds(TEXT_AT, beyond)
}

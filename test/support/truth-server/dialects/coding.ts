import {crc32} from 'node:zlib'
import type {Coding, Piece} from './dialect.js'

/** The bytes of a piece, as a string of one character a byte: what `socket.write(…, 'latin1')` takes at least cost. */
export function encode(coding: Coding, piece: Piece, crlf: boolean, padding: number): string {
  if (piece.raw !== undefined) return crlf ? piece.raw.replaceAll('\n', '\r\n') : piece.raw
  switch (coding) {
    case 'sse': {
      const name = piece.name === undefined ? '' : `event: ${piece.name}\n`
      const text = `${name}data: ${bytesOf(JSON.stringify(piece.json))}\n\n`
      return crlf ? text.replaceAll('\n', '\r\n') : text
    }
    case 'ndjson':
      return `${bytesOf(JSON.stringify(piece.json))}${crlf ? '\r\n' : '\n'}`
    case 'event-stream':
      return frame(piece, Buffer.from(JSON.stringify({...Object(piece.json), ...pad(padding)})))
    case 'invoke-stream': {
      if (piece.exception) return frame(piece, Buffer.from(JSON.stringify(piece.json)))
      const bytes = Buffer.from(JSON.stringify(piece.json)).toString('base64')
      return frame({name: 'chunk'}, Buffer.from(JSON.stringify({bytes, ...pad(padding)})))
    }
  }
}

/** An event that a reader must refuse: a wrong check sum, or JSON that breaks off inside its line. */
export function garble(coding: Coding, encoded: string): string {
  if (coding === 'event-stream' || coding === 'invoke-stream') {
    const last = encoded.charCodeAt(encoded.length - 1)
    return encoded.slice(0, -1) + String.fromCharCode(last ^ 1)
  }
  return encoded.replace(/\}\]?\}*(?=\r?\n)/, '')
}

function frame({name, exception}: Piece, payload: Buffer): string {
  const headers = Buffer.concat([
    header(':message-type', exception ? 'exception' : 'event'),
    header(exception ? ':exception-type' : ':event-type', name ?? ''),
    header(':content-type', 'application/json'),
  ])
  const bytes = Buffer.alloc(12 + headers.length + payload.length + 4)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.writeUInt32BE(headers.length, 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
  headers.copy(bytes, 12)
  payload.copy(bytes, 12 + headers.length)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4)
  return bytes.toString('latin1')
}

function header(name: string, value: string): Buffer {
  const head = Buffer.alloc(1 + name.length + 3)
  head.writeUInt8(name.length, 0)
  head.write(name, 1, 'latin1')
  head.writeUInt8(7, 1 + name.length)
  head.writeUInt16BE(value.length, 2 + name.length)
  return Buffer.concat([head, Buffer.from(value)])
}

/** Bedrock lengthens its payloads by a changing number of letters, against those who watch lengths. */
function pad(length: number): object {
  return {p: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.slice(0, length)}
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1')
}

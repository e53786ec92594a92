import type {EventEmitter} from 'node:events'
import type {ServerResponse} from 'node:http'

const LINE_END = '\r\n'

/**
 * Hands frames of an answer that has begun to its connection, in one write. Undefined where more may follow, else who
 * emits `drain` when it may. Chunks of HTTP/1.1 are made here: Node makes four writes of each, which cost twice as much.
 */
export function writeFrames(outgoing: ServerResponse, frames: readonly Buffer[]): EventEmitter | undefined {
  // Of HTTP/2 there is no such thing; of HTTP/1.1 there is no socket while an answer asked for earlier is not over.
  const socket = outgoing.chunkedEncoding ? outgoing.socket : null
  if (socket === null || frames.length === 0) return outgoing.write(joined(frames)) ? undefined : outgoing
  return socket.write(chunkOf(frames)) ? undefined : socket
}

export function joined(frames: readonly Buffer[]): Buffer {
  const [only] = frames
  return frames.length === 1 && only !== undefined ? only : Buffer.concat(frames)
}

function chunkOf(frames: readonly Buffer[]): Buffer {
  let length = 0
  for (const frame of frames) length += frame.length
  const size = length.toString(16) + LINE_END
  const chunk = Buffer.allocUnsafe(size.length + length + LINE_END.length)
  let at = chunk.write(size, 'latin1')
  for (const frame of frames) at += frame.copy(chunk, at)
  chunk.write(LINE_END, at, 'latin1')
  return chunk
}

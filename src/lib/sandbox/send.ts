import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import {constants, type Http2ServerResponse} from 'node:http2'
import type {NormalizedSchema} from '@smithy/core/schema'
import type {StreamBreak} from './faults.js'
import {type FrameStream, isFrameStream} from './streams/frame-stream.js'
import {type PlayBreak, play, type StreamLog} from './streams/play.js'
import type {Scheduler} from './streams/scheduler.js'
import {checkFrame} from './wire/check-frame.js'
import type {EncodedAnswer, EventSource, TextSource} from './wire/encode.js'
import {encodeEvent, encodeFailure} from './wire/event-stream.js'
import {restJson} from './wire/json.js'

export type Outgoing = ServerResponse | Http2ServerResponse

/** Cuts the connection, as a host would that is not there. */
export function drop(outgoing: Outgoing): void {
  if ('stream' in outgoing) {
    // Without an error code its client would take the cut for a regular end.
    outgoing.stream.session?.destroy(new Error('connection cut'), constants.NGHTTP2_INTERNAL_ERROR)
  } else outgoing.socket?.destroy()
}

export interface SendOptions {
  /** The answer to a HEAD request: no body. */
  readonly head: boolean
  readonly streamBreak?: StreamBreak | undefined
  /** For streams that are sent at a pace. */
  readonly pacing?: StreamPacing | undefined
  /** True once the caller has gone away. */
  gone(): boolean
}

/** What sends streams at their pace, and what is done with their frames. */
export interface StreamPacing {
  readonly scheduler: Scheduler
  /** Look at every frame before it is sent; for tests. */
  readonly checked: boolean
  log(): StreamLog
}

/** Writes an answer; resolves when its last byte is handed over. */
export async function send(
  outgoing: Outgoing,
  {status, headers, body, stream}: EncodedAnswer,
  {head, gone, streamBreak, pacing}: SendOptions,
): Promise<void> {
  if (stream) {
    writeHead(outgoing, status, headers)
    await sendStream(outgoing, stream, {gone, streamBreak, pacing})
  } else if (isStreamed(body)) {
    writeHead(outgoing, status, headers)
    await sendChunks(outgoing, body, gone)
  } else {
    const bytes = toBytes(body)
    const bodiless = head || status === 204 || status === 304
    const sized = bodiless ? headers : {...headers, 'content-length': String(bytes.length)}
    writeHead(outgoing, status, sized)
    if (bodiless || bytes.length === 0) outgoing.end()
    else outgoing.end(bytes)
  }
}

async function sendStream(
  outgoing: Outgoing,
  stream: NonNullable<EncodedAnswer['stream']>,
  {gone, streamBreak, pacing}: Pick<SendOptions, 'gone' | 'streamBreak' | 'pacing'>,
): Promise<void> {
  if (!isFrameStream(stream.events)) {
    if (!('failure' in stream)) await sendEvents(outgoing, {...stream, events: stream.events}, {gone, streamBreak})
  } else if (pacing && 'failure' in stream) await sendText(outgoing, stream, {gone, streamBreak, pacing})
  else if (pacing && 'union' in stream) {
    await sendFrames(outgoing, {union: stream.union, stream: stream.events}, {gone, streamBreak, pacing})
  }
}

function writeHead(outgoing: Outgoing, status: number, headers: Readonly<Record<string, string>>): void {
  // The two response classes agree on this call; their types do not.
  const writer = outgoing as ServerResponse
  writer.writeHead(status, headers)
}

const write = (outgoing: Outgoing, bytes: Uint8Array): boolean => (outgoing as ServerResponse).write(bytes)

function toBytes(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array()
  return body instanceof Uint8Array ? body : Buffer.from(String(body))
}

const isStreamed = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

async function sendChunks(outgoing: Outgoing, body: AsyncIterable<Uint8Array>, gone: () => boolean): Promise<void> {
  try {
    for await (const chunk of body) {
      if (!(await offer(outgoing, chunk, gone))) return
    }
    outgoing.end()
  } catch {
    drop(outgoing)
  }
}

/** False once the caller has gone away. */
async function offer(outgoing: Outgoing, bytes: Uint8Array, gone: () => boolean): Promise<boolean> {
  if (gone()) return false
  if (write(outgoing, bytes)) return true
  const settled = new AbortController()
  const {signal} = settled
  try {
    if (!gone()) await Promise.race([once(outgoing, 'drain', {signal}), once(outgoing, 'close', {signal})])
  } finally {
    settled.abort()
  }
  return !gone()
}

const writeBody = (schema: NormalizedSchema, value: unknown): Uint8Array | string => restJson.write(schema, value, '')

async function sendEvents(
  outgoing: Outgoing,
  {union, events, prologue}: EventSource & {readonly events: AsyncIterable<Record<string, unknown>>},
  {gone, streamBreak}: Pick<SendOptions, 'gone' | 'streamBreak'>,
): Promise<void> {
  try {
    if (prologue) await offer(outgoing, prologue, gone)
    let sent = 0
    if (streamBreak?.afterEvents === 0) return breakOff(outgoing, streamBreak)
    for await (const event of events) {
      if (!(await offer(outgoing, encodeEvent(union, event, writeBody), gone))) return undefined
      sent += 1
      if (sent === streamBreak?.afterEvents) return breakOff(outgoing, streamBreak)
    }
    outgoing.end()
  } catch (error) {
    if (!gone())
      outgoing.end(encodeFailure(union, error instanceof Error ? error : new Error(String(error)), writeBody))
  }
  return undefined
}

/** Thrown errors become the stream's last frame. */
function breakOff(outgoing: Outgoing, {error, stalls}: StreamBreak): void {
  if (error) throw error
  if (!stalls) drop(outgoing)
}

interface Playing {
  readonly streamBreak: StreamBreak | undefined
  readonly pacing: StreamPacing
  gone(): boolean
}

async function sendText(
  outgoing: Outgoing,
  {events, failure}: TextSource,
  {gone, streamBreak, pacing: {scheduler, log}}: Playing,
): Promise<void> {
  await play(outgoing, events, {
    scheduler,
    log: log(),
    streamBreak: streamBreak && playBreak(streamBreak),
    gone,
    drop: () => drop(outgoing),
    failure,
  })
}

async function sendFrames(
  outgoing: Outgoing,
  {union, stream}: {readonly union: NormalizedSchema; readonly stream: FrameStream},
  {gone, streamBreak, pacing}: Playing,
): Promise<void> {
  await play(outgoing, stream, {
    scheduler: pacing.scheduler,
    log: pacing.log(),
    streamBreak: streamBreak && playBreak(streamBreak),
    ...(pacing.checked && {check: (frame: Buffer) => checkFrame(union, frame)}),
    gone,
    drop: () => drop(outgoing),
    failure: (error) => encodeFailure(union, error, writeBody),
  })
}

const playBreak = ({afterEvents, error, stalls}: StreamBreak): PlayBreak => ({
  afterEvents,
  kind: error ? {error} : stalls ? 'stall' : 'drop',
})

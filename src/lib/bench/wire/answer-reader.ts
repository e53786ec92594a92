import type {AnswerReader, AnswerSink, HeaderOf} from './answer.js'
import {classify, classifyError, htmlPage} from './classify.js'
import {type Dialect, isObject, type JsonObject} from './dialect.js'
import {anthropic} from './dialects/anthropic.js'
import {converse, nova} from './dialects/converse.js'
import {embedding} from './dialects/embedding.js'
import {llama, mistral} from './dialects/invoke-text.js'
import {ollamaChat} from './dialects/ollama-chat.js'
import {openAiChat} from './dialects/openai-chat.js'
import {openAiResponses} from './dialects/openai-responses.js'
import {EventReader} from './event-reader.js'
import {EventStreamFraming} from './event-stream.js'
import {type Framing, MAX_EVENT} from './framing.js'
import {HeldBytes} from './held-bytes.js'
import type {DialectId} from './lane.js'
import {NdjsonFraming} from './ndjson.js'
import {safeName} from './scrub.js'
import {SseFraming} from './sse.js'

type FramingKind = 'event-stream' | 'sse' | 'ndjson' | 'whole'

interface Reading {
  readonly dialect: Dialect
  readonly framing: FramingKind
  /** Events come as base64 in the payload of frames. */
  readonly wrapped: boolean
}

const READINGS: Readonly<Record<DialectId, Reading>> = {
  'converse-stream': {dialect: converse, framing: 'event-stream', wrapped: false},
  'invoke-anthropic': {dialect: anthropic, framing: 'event-stream', wrapped: true},
  'invoke-nova': {dialect: nova, framing: 'event-stream', wrapped: true},
  'invoke-llama': {dialect: llama, framing: 'event-stream', wrapped: true},
  'invoke-mistral': {dialect: mistral, framing: 'event-stream', wrapped: true},
  'invoke-chat': {dialect: openAiChat, framing: 'event-stream', wrapped: true},
  'openai-chat': {dialect: openAiChat, framing: 'sse', wrapped: false},
  'openai-responses': {dialect: openAiResponses, framing: 'sse', wrapped: false},
  'anthropic-messages': {dialect: anthropic, framing: 'sse', wrapped: false},
  'ollama-chat': {dialect: ollamaChat, framing: 'ndjson', wrapped: false},
  'invoke-embedding': {dialect: embedding, framing: 'whole', wrapped: false},
  'openai-embedding': {dialect: embedding, framing: 'whole', wrapped: false},
}

/** Enough of a refusal to tell what it is. */
const MAX_REFUSAL = 64 * 1024
const BRACE = 0x7b
const ANGLE = 0x3c

/** What the bytes of a body are taken for. */
type Mode = 'first-byte' | 'events' | 'refusal' | 'not-streamed' | 'whole' | 'ignored'

const NOBODY: AnswerSink = {
  token() {},
  usage() {},
  flagUsage() {},
  finish() {},
  served() {},
  fail() {},
}

/** A reader of answers in one dialect: one for each connection. */
export function answerReader(dialect: DialectId): AnswerReader {
  return new DialectReader(READINGS[dialect])
}

class DialectReader implements AnswerReader {
  private readonly events: EventReader
  private readonly framing: Framing | undefined
  private readonly reading: Reading
  private readonly held: HeldBytes
  private mode: Mode = 'ignored'
  private status = 0
  private header: HeaderOf = () => undefined

  constructor(reading: Reading) {
    this.reading = reading
    this.events = new EventReader(reading.dialect, reading.wrapped, NOBODY)
    this.framing = framingOf(reading.framing, this.events)
    this.held = new HeldBytes(reading.framing === 'whole' ? MAX_EVENT : MAX_REFUSAL)
  }

  begin(sink: AnswerSink, status: number, header: HeaderOf): void {
    this.events.begin(sink)
    this.framing?.begin()
    this.held.clear()
    this.status = status
    this.header = header
    if (status < 200 || status > 299) this.mode = 'refusal'
    else this.mode = this.framing === undefined ? 'whole' : 'first-byte'
    if (this.mode === 'refusal') return
    const encoding = header('content-encoding') || 'identity'
    if (encoding !== 'identity')
      this.events.fail('parse_error', `the answer is compressed, unasked: ${safeName(encoding)}`)
    this.tellHeaders(sink)
  }

  body(bytes: Buffer, start: number, end: number, at: number): void {
    if (this.mode === 'first-byte') this.mode = this.modeBy(bytes, start, end)
    if (this.mode === 'events') {
      if (!this.events.progress.failed) this.framing?.body(bytes, start, end, at)
    } else if (this.mode === 'whole') {
      if (!this.held.append(bytes, start, end)) this.events.fail('parse_error', 'the answer is over 16 MiB')
    } else if (this.mode !== 'ignored') {
      this.held.append(bytes, start, Math.min(end, start + MAX_REFUSAL - this.held.length))
    }
  }

  end(complete: boolean, at: number): void {
    const {mode, events} = this
    this.mode = 'ignored'
    if (!events.progress.failed) {
      if (mode === 'events') this.endEvents(complete, at)
      else if (mode === 'refusal') this.endRefusal()
      else if (mode === 'not-streamed') this.endNotStreamed()
      else if (mode === 'whole') this.endWhole(complete, at)
      else if (mode === 'first-byte') events.fail('truncated', 'the answer has no body')
    }
    this.held.clear()
    this.framing?.begin()
    events.begin(NOBODY)
  }

  /** JSON and HTML start with bytes that no stream starts with, whatever the content type says. */
  private modeBy(bytes: Buffer, start: number, end: number): Mode {
    if (this.reading.framing === 'event-stream') {
      return bytes[start] === BRACE || bytes[start] === ANGLE ? 'not-streamed' : 'events'
    }
    let at = start
    while (at < end && (bytes[at] as number) <= 0x20) at += 1
    if (at === end) return 'first-byte'
    if (bytes[at] === ANGLE) return 'not-streamed'
    return bytes[at] === BRACE && this.reading.framing === 'sse' ? 'not-streamed' : 'events'
  }

  private endEvents(complete: boolean, at: number): void {
    const {events} = this
    events.ending = true
    const whole = this.framing?.end(complete, at) === true
    const {progress} = events
    if (progress.failed || (progress.ended && whole)) return
    if (!complete || !whole) events.fail('truncated', 'the connection ended in the middle of the answer')
    else if (progress.events === 0) events.fail('truncated', 'the answer has no event')
    else events.fail('truncated', 'the stream ended without its last event')
  }

  private endRefusal(): void {
    const failure = classify(this.status, this.header, this.heldText())
    this.events.fail(failure.error, failure.detail)
  }

  private endNotStreamed(): void {
    const text = this.heldText()
    const page = htmlPage(text)
    if (page !== undefined) {
      this.events.fail('parse_error', `${page}, with status ${this.status}`)
      return
    }
    const answer = parseObject(text)
    if (answer?.['error'] !== undefined && answer['error'] !== null) {
      const failure = classifyError(answer)
      this.events.fail(failure.error, failure.detail)
      return
    }
    const kind = text.trimStart().startsWith('{')
      ? 'the answer is one JSON object'
      : 'the answer is no stream of events'
    this.events.fail('parse_error', `the server did not stream: ${kind}`)
  }

  private endWhole(complete: boolean, at: number): void {
    const {events, held} = this
    if (!complete) {
      events.fail('truncated', 'the connection ended in the middle of the answer')
      return
    }
    if (held.length === 0) {
      events.fail('truncated', 'the answer has no body')
      return
    }
    const page = htmlPage(held.bytes.toString('latin1', 0, Math.min(held.length, 4096)))
    if (page !== undefined) {
      events.fail('parse_error', `${page}, with status ${this.status}`)
      return
    }
    const answer = parseObject(this.heldText())
    if (answer === undefined) {
      events.fail('parse_error', 'the answer is no JSON object')
      return
    }
    if (answer['error'] !== undefined && answer['error'] !== null) {
      const failure = classifyError(answer)
      events.fail(failure.error, failure.detail)
      return
    }
    const effects = this.reading.dialect.read(answer, '')
    events.progress.apply(effects, undefined, at)
  }

  private heldText(): string {
    return this.held.bytes.toString('utf8', 0, this.held.length)
  }

  private tellHeaders(sink: AnswerSink): void {
    if (this.reading.framing !== 'event-stream' && this.reading.framing !== 'whole') return
    const tier = this.header('x-amzn-bedrock-service-tier')
    const latency = this.header('x-amzn-bedrock-performanceconfig-latency')
    if (tier !== undefined) sink.served('tier', tier)
    if (latency !== undefined) sink.served('latency', latency)
    if (this.reading.framing === 'whole') this.tellCounts(sink)
  }

  /** InvokeModel counts in headers, whatever the model. */
  private tellCounts(sink: AnswerSink): void {
    const input = this.header('x-amzn-bedrock-input-token-count') ?? ''
    const serverMs = this.header('x-amzn-bedrock-invocation-latency') ?? ''
    if (/^\d{1,9}$/.test(input)) sink.usage({input: Number(input)})
    if (/^\d{1,9}$/.test(serverMs)) sink.served('serverMs', Number(serverMs))
  }
}

function framingOf(kind: FramingKind, events: EventReader): Framing | undefined {
  if (kind === 'event-stream') return new EventStreamFraming(events)
  if (kind === 'sse') return new SseFraming(events)
  return kind === 'ndjson' ? new NdjsonFraming(events) : undefined
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

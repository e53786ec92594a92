import type {AnswerSink, ErrorClass, FinishReason, Usage} from './answer.js'

/** More tokens than any model reads or writes: such a count is a fault of the server. */
export const ABSURD = 2 ** 31

/** A failure as it goes into samples. */
export interface Failure {
  readonly error: ErrorClass
  /** Ours, or what is safe of the server's words. */
  readonly detail: string
}

/** What one event of an answer comes to. A pure function of its bytes. */
export interface Effects {
  /** Whether it bears content, and whether the user sees it. */
  token: 'none' | 'hidden' | 'visible'
  text: string
  /** Output tokens so far, where each event says so. */
  count: number | undefined
  usage: Usage | undefined
  /** A count of usage was negative or absurd. */
  absurd: boolean
  finish: FinishReason | undefined
  model: string | undefined
  tier: string | undefined
  latency: string | undefined
  serverMs: number | undefined
  failure: Failure | undefined
  /** An answer that ends after this event is whole. */
  last: boolean
}

/** An event that says nothing. */
export function noEffects(): Effects {
  return {
    token: 'none',
    text: '',
    count: undefined,
    usage: undefined,
    absurd: false,
    finish: undefined,
    model: undefined,
    tier: undefined,
    latency: undefined,
    serverMs: undefined,
    failure: undefined,
    last: false,
  }
}

/** What is told later replaces what was told before, member by member. */
export function mergeUsage(before: Usage, later: Usage): Usage {
  return {
    input: later.input ?? before.input,
    output: later.output ?? before.output,
    cacheRead: later.cacheRead ?? before.cacheRead,
    cacheWrite: later.cacheWrite ?? before.cacheWrite,
    reasoning: later.reasoning ?? before.reasoning,
  }
}

/** Tells a sink what the events of one answer come to, and remembers what their order matters for. */
export class AnswerProgress {
  sink: AnswerSink
  failed: boolean = false
  /** The answer has told its own end. */
  ended: boolean = false
  events = 0
  private counted = 0
  private told: Usage | undefined
  private model: string | undefined

  constructor(sink: AnswerSink) {
    this.sink = sink
  }

  reset(sink: AnswerSink): void {
    this.sink = sink
    this.failed = false
    this.ended = false
    this.events = 0
    this.counted = 0
    this.told = undefined
    this.model = undefined
  }

  fail(error: ErrorClass, detail: string): void {
    if (!this.failed) this.sink.fail(error, detail)
    this.failed = true
  }

  apply(effects: Effects, count: number | undefined, at: number): void {
    this.events += 1
    if (effects.model !== undefined && effects.model !== this.model) this.sink.served('model', effects.model)
    this.model = effects.model ?? this.model
    if (effects.token !== 'none') this.tellToken(effects, count, at)
    if (effects.absurd) this.sink.flagUsage()
    if (effects.usage !== undefined) this.tellUsage(effects.usage)
    if (effects.finish !== undefined) this.sink.finish(effects.finish)
    if (effects.tier !== undefined) this.sink.served('tier', effects.tier)
    if (effects.latency !== undefined) this.sink.served('latency', effects.latency)
    if (effects.serverMs !== undefined) this.sink.served('serverMs', effects.serverMs)
    if (effects.last) this.ended = true
    if (effects.failure !== undefined) this.fail(effects.failure.error, effects.failure.detail)
  }

  private tellToken(effects: Effects, count: number | undefined, at: number): void {
    const visible = effects.token === 'visible'
    if (count === undefined) this.sink.token(at, visible)
    else {
      if (count > this.counted) this.sink.token(at, visible, count - this.counted)
      else this.sink.token(at, visible)
      this.counted = count
    }
    this.sink.text?.(effects.text)
  }

  /** Servers tell usage in parts (input at the start, output at the end): the sink is told all that is known. */
  private tellUsage(usage: Usage): void {
    this.told = this.told === undefined ? usage : mergeUsage(this.told, usage)
    this.sink.usage(this.told)
  }
}

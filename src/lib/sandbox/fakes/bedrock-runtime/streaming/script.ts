import type {FrameScript, FrameStep, StreamTimes} from '../../../streams/frame-stream.js'
import {seededRandom} from '../../../world/random.js'
import type {Body, SaidBlock, StreamedAnswer} from '../../bedrock/answers/family.js'
import {type FrameWriter, MOST_PADDING} from './frames.js'
import type {Place} from './wording.js'

/** Paddings that a kept event comes in. */
const VARIANTS = 8
/** Pieces are words of the sandbox's own; what else comes is not kept beyond this. */
const MOST_KEPT = 1024

export interface ScriptOptions {
  readonly write: FrameWriter
  /** Pieces of a block that go into one event. */
  readonly tokensPerEvent: number
  readonly seed: number
}

/** Frames of pieces, by who wrote them. */
const KEPT = new Map<FrameWriter, Map<string, readonly Buffer[]>>()

function keptBy(write: FrameWriter): Map<string, readonly Buffer[]> {
  const known = KEPT.get(write) ?? new Map<string, readonly Buffer[]>()
  KEPT.set(write, known)
  return known
}

/** Frames of an answer, made as they are sent. */
export class AnswerScript implements FrameScript {
  readonly steps: Iterator<FrameStep, void>
  readonly #answer: StreamedAnswer
  readonly #write: FrameWriter
  readonly #perEvent: number
  readonly #kept: Map<string, readonly Buffer[]>
  readonly #random: () => number
  /** What stands between two pieces goes out with the second one. */
  #before: Buffer[]
  #tokens = 0

  constructor(answer: StreamedAnswer, {write, tokensPerEvent, seed}: ScriptOptions) {
    this.#answer = answer
    this.#write = write
    this.#perEvent = tokensPerEvent
    this.#kept = keptBy(write)
    this.#random = seededRandom(seed)
    this.#before = answer.wording.opening().map((event) => this.#frame(event))
    this.steps = this.#walk()
  }

  closing(times: StreamTimes): readonly Buffer[] {
    const {said, inputTokens, wording} = this.#answer
    const events = wording.closing(said, {...times, inputTokens, outputTokens: said.tokens})
    return [...this.#before, ...events.map((event) => this.#frame(event))]
  }

  *#walk(): Generator<FrameStep, void> {
    const {said, wording} = this.#answer
    for (const [index, block] of said.blocks.entries()) {
      this.#between(wording.begin?.(block, index))
      yield* this.#pieces(block, index)
      this.#between(wording.end?.(block, index))
    }
  }

  #between(events: readonly Body[] = []): void {
    for (const event of events) this.#before.push(this.#frame(event))
  }

  *#pieces(block: SaidBlock, index: number): Generator<FrameStep, void> {
    const {pieces} = block
    for (let at = 0; at < pieces.length; at += this.#perEvent) {
      const tokens = Math.min(this.#perEvent, pieces.length - at)
      this.#tokens += tokens
      const text = tokens === 1 ? (pieces[at] ?? '') : pieces.slice(at, at + tokens).join('')
      const frame = this.#piece(text, {block, index, tokens: this.#tokens})
      const frames = this.#before.length === 0 ? [frame] : [...this.#before, frame]
      this.#before = []
      yield {frames, tokens}
    }
  }

  #piece(text: string, place: Place): Buffer {
    const {wording} = this.#answer
    const {kept} = wording
    const event = (): Body => wording.piece(text, place)
    if (!kept || place.block.kind === 'tool' || this.#perEvent > 1) return this.#frame(event())
    const key = `${kept}${place.block.kind}${place.index}${text}`
    let variants = this.#kept.get(key)
    if (!variants) {
      variants = this.#variants(event())
      if (this.#kept.size < MOST_KEPT) this.#kept.set(key, variants)
    }
    return variants[Math.floor(this.#random() * VARIANTS)] ?? this.#frame(event())
  }

  #variants(event: Body): readonly Buffer[] {
    const paddings = Array.from({length: VARIANTS}, (_, index) => 1 + Math.floor((index * MOST_PADDING) / VARIANTS))
    return paddings.map((padding) => this.#write(event, padding))
  }

  #frame(event: Body): Buffer {
    return this.#write(event, 1 + Math.floor(this.#random() * MOST_PADDING))
  }
}

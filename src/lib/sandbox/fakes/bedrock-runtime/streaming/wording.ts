import type {Body, Said, SaidBlock} from '../../bedrock/answers/family.js'

/** Where a piece of an answer stands. */
export interface Place {
  readonly block: SaidBlock
  /** Of the block. */
  readonly index: number
  /** Tokens said with it, from the beginning of the answer. */
  readonly tokens: number
}

/** How a family words the events of a streamed answer, each the JSON of one. */
export interface StreamWording {
  /** Before everything else. */
  opening(): readonly Body[]
  /** Before the pieces of a block. */
  begin?(block: SaidBlock, index: number): readonly Body[]
  piece(text: string, place: Place): Body
  /** After the pieces of a block. */
  end?(block: SaidBlock, index: number): readonly Body[]
  /** After everything else. */
  closing(said: Said, metrics: StreamMetrics): readonly Body[]
  /**
   * Under which name the events of pieces are kept for other answers: only where an event says nothing but its piece
   * and the index of its block.
   */
  readonly kept?: string
}

/** What is known once an answer is at its end. */
export interface StreamMetrics {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly latencyMs: number
  readonly firstByteMs: number
}

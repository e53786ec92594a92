/** What an answer used, as it is told. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly reasoning: number
  readonly cached: number | undefined
  /** The request wants to know, or is told anyway. */
  readonly told: boolean
}

/** One thing a stream says, before it is put into bytes. */
export interface Piece {
  /** Of the event, where the coding has names; of the exception, when it is one. */
  readonly name?: string
  readonly json?: unknown
  readonly exception?: boolean
  /** Put between events as it stands. */
  readonly raw?: string
}

export type Coding = 'sse' | 'ndjson' | 'event-stream' | 'invoke-stream'

/** A kind of stream in terms of what it says. */
export interface Dialect {
  readonly coding: Coding
  readonly opening: (usage: Usage) => readonly Piece[]
  /** One content-bearing event. `index` counts from 0, `finish` is given with the last one. */
  readonly event: (text: string, at: {index: number; reasons: boolean; tokens: number; finish?: Usage}) => Piece
  /** The first text after reasoning may need its own opening. */
  readonly turn?: () => readonly Piece[]
  readonly closing: (usage: Usage) => readonly Piece[]
  /** The failure that this kind of stream may tell in its middle. */
  readonly problem: Piece
}

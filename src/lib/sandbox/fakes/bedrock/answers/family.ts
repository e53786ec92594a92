export type Body = Readonly<Record<string, unknown>>

export interface Answer {
  /** The body of the response. */
  readonly output: Body
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface AnswerRequest {
  readonly modelId: string
  /** Milliseconds on the sandbox's clock. */
  readonly now: number
}

/** The bodies that a family of models takes and gives. */
export interface Family {
  /** What Bedrock says of a body that it refuses; `undefined` when it takes it. */
  refusal(body: Body): string | undefined
  /** The answer to a body that is not refused; the same body gets the same answer. */
  answer(body: Body, request: AnswerRequest): Answer
}

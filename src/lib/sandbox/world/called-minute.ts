/** What CloudWatch counts of one minute of a model of one's own. */
export interface CalledMinute {
  invocations: number
  notReady: number
  inputTokens: number
  outputTokens: number
  latencyMs: number
  /** Answers that were streamed, and what they took until their first token. */
  streamed: number
  firstByteMs: number
}

/** What CloudWatch counts of one minute of a model: of a base model only what concerns its quotas. */
export interface CalledMinute {
  invocations: number
  notReady: number
  /** Calls refused for want of quota. */
  throttled: number
  /** Calls that a quota of tokens was drawn from, and what they came to. */
  metered: number
  quotaTokens: number
  inputTokens: number
  outputTokens: number
  latencyMs: number
  /** Answers that were streamed, and what they took until their first token. */
  streamed: number
  firstByteMs: number
}

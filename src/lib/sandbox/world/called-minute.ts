/** What CloudWatch counts of one minute of a model of one's own. */
export interface CalledMinute {
  invocations: number
  notReady: number
  inputTokens: number
  outputTokens: number
  latencyMs: number
}

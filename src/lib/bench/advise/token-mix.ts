/** Tokens of a request. */
export interface TokenMix {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Further from what was measured, throughput is another: prefill and decoding cost a GPU differently. */
const MOST_APART = 0.2

/** What a workload has that the run had not, in words; undefined where the two are near. */
export function otherMix(workload: TokenMix, run: TokenMix): string | undefined {
  const apart = (['inputTokens', 'outputTokens'] as const).some(
    (of) => Math.abs(workload[of] - run[of]) > MOST_APART * Math.max(run[of], 1),
  )
  return apart ? `the run had ${mixWords(run)} a request, the workload has ${mixWords(workload)}` : undefined
}

export function mixWords({inputTokens, outputTokens}: TokenMix): string {
  return `${Math.round(inputTokens)} input and ${Math.round(outputTokens)} output tokens`
}

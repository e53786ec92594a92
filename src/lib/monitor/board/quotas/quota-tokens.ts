import type {TrafficMinute} from '../traffic/traffic.schema.js'
import type {QuotaLimit} from './quotas.schema.js'

/**
 * What a minute took of a quota: of tokens on bedrock-runtime what was read, what was written to the cache, and what was
 * answered times its burn-down; cache reads take nothing. null where no metric told.
 */
export function takenOf(limit: Pick<QuotaLimit, 'kind' | 'outputBurndown'>, minute: TrafficMinute): number | null {
  const {cacheWrite, input, invocations, output, throttles} = minute
  switch (limit.kind) {
    case 'tpm':
    case 'tpd': {
      if (input === null && output === null) return minute.quotaTokens
      return (input ?? 0) + (cacheWrite ?? 0) + (output ?? 0) * (limit.outputBurndown ?? 1)
    }
    case 'rpm':
      // A throttled request was refused: it took nothing.
      return invocations === null && throttles !== null ? 0 : invocations
    case 'mantle-input-tpm':
      return input
    case 'mantle-output-tpm':
      return output
    default:
      return null
  }
}

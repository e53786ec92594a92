import type {TrafficRow} from '../data.js'
import type {QuotaLimit} from './quotas.schema.js'

const OF_MANTLE: ReadonlySet<QuotaLimit['kind']> = new Set(['mantle-input-tpm', 'mantle-output-tpm'])

/** CloudWatch writes it behind the id of what was called. */
const OPTIMISED = '+latency-optimized'

/** Whether what the row calls takes of the quota: by endpoint, base model, route and latency; nothing is guessed. */
export function countsAgainst({about, endpoint, modelId}: TrafficRow, limit: QuotaLimit): boolean {
  const {kind, latencyOptimized, model, named, route} = limit
  if (OF_MANTLE.has(kind)) return endpoint === 'mantle' && model !== null && model === about.model
  if (endpoint === 'mantle' || !isOnDemand(about)) return false
  // One quota of all models: of calls whose model nobody knows, too.
  if (named === null) return kind === 'tpd'
  if (model === null || model !== about.model || latencyOptimized !== modelId.endsWith(OPTIMISED)) return false
  // Calls of the Region itself and of a geography share the tokens of a day; global ones have their own.
  if (kind === 'tpd' && route === null) return about.route === 'in-region' || about.route === 'geo'
  return route === about.route
}

/** Own capacity is not held to the quotas of on-demand calls. */
export function isOnDemand({kind}: TrafficRow['about']): boolean {
  return kind === 'model' || kind === 'profile' || kind === 'application-profile' || kind === 'unknown'
}

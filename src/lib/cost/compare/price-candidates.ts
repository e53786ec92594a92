import type {Decimal} from '../../core/decimal.js'
import {type EstimatePorts, estimateWorkload, type WorkloadEstimate} from '../estimate/estimate-workload.js'
import type {Candidate} from './candidate.js'
import type {NotSold} from './compare.schema.js'

/** A candidate with what it comes to, all of it in one currency. */
export interface PricedCandidate {
  readonly candidate: Candidate
  readonly estimate: WorkloadEstimate
  readonly month: Decimal
  readonly currency: string
}

export interface PricedCandidates {
  readonly priced: readonly PricedCandidate[]
  readonly notSold: readonly NotSold[]
}

/** Prices each candidate as `cost estimate` would; what lacks a price for any part of it is not compared. */
export function priceCandidates(candidates: readonly Candidate[], ports: EstimatePorts): PricedCandidates {
  const priced: PricedCandidate[] = []
  const notSold: NotSold[] = []
  for (const candidate of candidates) {
    const outcome = priceCandidate(candidate, ports)
    if (typeof outcome !== 'string') priced.push(outcome)
    else {
      const {call, model, region, route, tier} = candidate
      notSold.push({modelId: model?.id ?? call, region, route, tier, reason: 'no-price', why: outcome})
    }
  }
  return {priced, notSold}
}

/** The candidate with its price, or why it has none. */
function priceCandidate(candidate: Candidate, ports: EstimatePorts): PricedCandidate | string {
  const estimate = estimateWorkload(candidate.workload, candidate.region, ports)
  if (!('lines' in estimate)) return estimate[0]?.message ?? 'it cannot be priced'
  const unknown = estimate.lines.find((line) => line.rate === null)
  if (unknown?.rate === null) return unknown.why
  const [only, ...others] = estimate.month
  if (only === undefined) return 'nothing is used'
  if (others.length > 0) return 'it is billed in two currencies'
  return {candidate, estimate, month: only.amount, currency: only.currency}
}

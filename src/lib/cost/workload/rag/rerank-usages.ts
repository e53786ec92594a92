import {type Decimal, roundedUp} from '../../../core/decimal.js'
import type {Usage} from '../../usage.js'
import type {ResolvedCall} from '../resolve-call.js'
import {modelUnits} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Source: Amazon Bedrock User Guide, “Pricing and search units” (2026). */
const CHUNKS_PER_SEARCH_UNIT = 100

/** Every hundred candidates of a query, or part of them, are one query that is billed. */
export function rerankUsages(
  rerank: WorkloadOf<'rag'>['rerank'],
  call: ResolvedCall | undefined,
  queries: Decimal,
): readonly Usage[] {
  if (!rerank || !call) return []
  const units = roundedUp(rerank.candidates.div(CHUNKS_PER_SEARCH_UNIT))
  const note = `${rerank.candidates} chunks, ${units} billed a query`
  return modelUnits(call, 'standard', {component: 'rerank', meter: 'search-unit', quantity: queries.times(units), note})
}

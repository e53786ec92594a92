import {toNumber} from '../../core/decimal.js'
import type {EstimatePorts, WorkloadEstimate} from '../estimate/estimate-workload.js'
import {nameModel} from '../workload/resolve-call.js'
import {changesFrom} from './changes-from.js'
import type {CheaperChoice} from './cheaper-choices.schema.js'
import {describeCandidate} from './describe-candidate.js'
import {expandChoices} from './expand-choices.js'
import {priceCandidates} from './price-candidates.js'

const MOST = 3

/** The same model from the same Region by another route or tier, for less: at most three, cheapest first. */
export function cheaperChoices(
  {lines, month: months, workload}: WorkloadEstimate,
  ports: EstimatePorts,
): readonly CheaperChoice[] {
  const [call] = lines
  const [own] = months.length === 1 ? months : []
  if (workload.kind !== 'inference' || !call || !own?.amount.gt(0)) return []
  if (lines.some(({rate}) => rate === null)) return []
  const named = nameModel(call.modelId, ports.catalog)
  if (typeof named === 'string') return []
  const grid = {workload, models: [named], everyModel: false, regions: [call.region], routes: [], tiers: []}
  const {priced} = priceCandidates(expandChoices(grid, ports).candidates, ports)
  const isOwn = ({route, tier}: {route: string | null; tier: string}) => route === call.route && tier === workload.tier
  const base = priced.find(({candidate}) => isOwn(candidate))
  if (!base) return []
  const baseline = describeCandidate(base.candidate, ports.catalog)
  return priced
    .filter(({currency, month}) => currency === own.currency && month.lt(own.amount))
    .sort((a, b) => a.month.cmp(b.month))
    .slice(0, MOST)
    .map(({candidate, currency, month}) => ({
      workload: workload.name,
      call: candidate.call,
      route: candidate.route ?? '',
      tier: candidate.tier,
      month: {currency, amount: toNumber(month)},
      saves: toNumber(own.amount.minus(month).div(own.amount)),
      changes: [...changesFrom(describeCandidate(candidate, ports.catalog), baseline)],
    }))
}

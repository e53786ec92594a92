import type {Catalog} from '../../catalog/catalog.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {type ModelCall, nameModel} from '../workload/resolve-call.js'
import type {Candidate} from './candidate.js'
import type {PricedCandidate} from './price-candidates.js'

export interface BaselineWish {
  readonly against: string | undefined
  /** What a workload of a file names itself. */
  readonly own: (ModelCall & {readonly tier: string}) | undefined
}

/**
 * What the others are compared with: the first that words such as `eu.amazon.nova-lite-v1:0 eu-central-1 batch` fit;
 * else what the file of the workload chose; else the first of all. `priced` comes in the order of naming.
 */
export function chooseBaseline(
  priced: readonly PricedCandidate[],
  {against, own}: BaselineWish,
  catalog: Catalog,
): PricedCandidate | undefined {
  const words = (against ?? '').split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0) return (own && priced.find((one) => isOwn(one, own, catalog))) ?? priced[0]
  const fits = ({candidate}: PricedCandidate) => words.every((word) => isNamed(candidate, word, catalog))
  const chosen = priced.find(fits)
  if (chosen) return chosen
  const known = [...new Set(priced.flatMap(({candidate}) => wordsOf(candidate)))]
  const strange = words.filter((word) => !priced.some(({candidate}) => isNamed(candidate, word, catalog)))
  const why = strange.map((word) => `Nothing that is compared is “${word}”. ${didYouMean(word, known) ?? ''}`.trim())
  throw usageError('UNKNOWN_BASELINE', `--against names nothing that is compared: ${against}.`, {
    why: why.join('\n') || 'Each word fits a choice, and none fits them all.',
    hint: 'Name it by its model, Region, route and tier, as far as it takes: --against "MODEL eu-central-1 batch"',
  })
}

function isOwn({candidate}: PricedCandidate, own: NonNullable<BaselineWish['own']>, catalog: Catalog): boolean {
  const named = nameModel(own.model, catalog)
  if (typeof named === 'string' || candidate.kind !== 'on-demand') return false
  const route = own.route ?? named.profile?.kind ?? candidate.route
  return (
    candidate.model?.id === named.model.id &&
    candidate.region === (own.region ?? candidate.region) &&
    candidate.route === route &&
    candidate.tier === own.tier
  )
}

function wordsOf({call, commitment, kind, model, region, route, tier}: Candidate): readonly string[] {
  return [call, model?.id ?? call, region, route ?? kind, tier, kind, commitment]
}

function isNamed(candidate: Candidate, word: string, catalog: Catalog): boolean {
  if (wordsOf(candidate).includes(word)) return true
  const named = nameModel(word, catalog)
  return typeof named !== 'string' && named.profile === undefined && named.model.id === candidate.model?.id
}

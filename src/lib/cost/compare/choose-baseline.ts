import type {Catalog} from '../../catalog/catalog.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import {nameModel} from '../workload/resolve-call.js'
import type {Candidate} from './candidate.js'
import type {PricedCandidate} from './price-candidates.js'

/**
 * What the others are compared with: the first that words such as `eu.amazon.nova-lite-v1:0 eu-central-1 batch` fit, or
 * the first of all. `priced` comes in the order of naming.
 */
export function chooseBaseline(
  priced: readonly PricedCandidate[],
  against: string | undefined,
  catalog: Catalog,
): PricedCandidate | undefined {
  const words = (against ?? '').split(/[\s,]+/).filter((word) => word !== '')
  const fits = ({candidate}: PricedCandidate) => words.every((word) => isNamed(candidate, word, catalog))
  const chosen = priced.find(fits)
  if (chosen || words.length === 0) return chosen
  const known = [...new Set(priced.flatMap(({candidate}) => wordsOf(candidate)))]
  const strange = words.filter((word) => !priced.some(({candidate}) => isNamed(candidate, word, catalog)))
  const why = strange.map((word) => `Nothing that is compared is “${word}”. ${didYouMean(word, known) ?? ''}`.trim())
  throw usageError('UNKNOWN_BASELINE', `--against names nothing that is compared: ${against}.`, {
    why: why.join('\n') || 'Each word fits a choice, and none fits them all.',
    hint: 'Name it by its model, Region, route and tier, as far as it takes: --against "MODEL eu-central-1 batch"',
  })
}

function wordsOf({call, commitment, kind, model, region, route, tier}: Candidate): readonly string[] {
  return [call, model?.id ?? call, region, route ?? kind, tier, kind, commitment]
}

function isNamed(candidate: Candidate, word: string, catalog: Catalog): boolean {
  if (wordsOf(candidate).includes(word)) return true
  const named = nameModel(word, catalog)
  return typeof named !== 'string' && named.profile === undefined && named.model.id === candidate.model?.id
}

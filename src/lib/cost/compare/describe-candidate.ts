import type {Catalog} from '../../catalog/catalog.js'
import type {Candidate} from './candidate.js'
import type {Choice} from './compare.schema.js'
import {residencyOf} from './residency-of.js'
import {latencyWords} from './tier-words.js'

/** What is known of a choice besides what it costs. */
export type Description = Pick<
  Choice,
  | 'kind'
  | 'modelId'
  | 'name'
  | 'call'
  | 'region'
  | 'route'
  | 'tier'
  | 'commitment'
  | 'residency'
  | 'latency'
  | 'lifecycle'
  | 'dataRetention'
  | 'notes'
>

export function describeCandidate(candidate: Candidate, catalog: Catalog): Description {
  const {call, commitment, kind, model, notes, region, route, tier} = candidate
  return {
    ...{kind, call, region, route, tier, commitment, notes},
    modelId: model?.id ?? call,
    name: model?.name ?? model?.id ?? 'Your own GPUs',
    residency: residencyOf(candidate, catalog),
    latency: latencyWords(tier),
    lifecycle: {
      status: model?.lifecycle.status ?? 'ACTIVE',
      legacy: model?.lifecycle.legacy ?? null,
      endOfLife: model?.lifecycle.endOfLife ?? null,
    },
    dataRetention: model?.minimumDataRetention ?? null,
  }
}

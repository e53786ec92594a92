import type {Catalog} from '../../catalog/catalog.js'
import {closestIds, idCandidates} from '../../catalog/closest-models.js'
import {BILLED_SERVICES} from '../../catalog/meters.js'
import {usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import {nameModel} from '../workload/resolve-call.js'

/** What has prices: a model, or what is billed beside models. */
export interface PricedSubject {
  readonly id: string
  readonly name: string
  /** Of a model, where the text named one of its inference profiles. */
  readonly profileId: string | undefined
}

/** The model or service that a text names, by any id or name; throws with what may be meant. */
export function nameSubject(text: string, catalog: Catalog): PricedSubject {
  const wanted = text.trim().toLowerCase()
  for (const [id, name] of Object.entries(BILLED_SERVICES)) {
    if (wanted === id || wanted === name.toLowerCase()) return {id, name, profileId: undefined}
  }
  const named = nameModel(text, catalog)
  if (typeof named !== 'string') {
    const {model, profile} = named
    return {id: model.id, name: model.name ?? model.id, profileId: profile?.id}
  }
  const services = Object.entries(BILLED_SERVICES).map(([id, name]) => ({id, names: [name], retired: false}))
  const near = closestIds(text, [...idCandidates(catalog.models), ...services])
  throw usageError('NOTHING_PRICED', `No model or billed service is called "${sanitise(text)}".`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : `Beside models there are ${Object.keys(BILLED_SERVICES).join(', ')}.`,
    actions: ['bedrockctl models list --offline'],
  })
}

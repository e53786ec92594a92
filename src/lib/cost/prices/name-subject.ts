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
  const found = findSubject(text, catalog)
  if (found) return found
  const near = nearSubjects(text, catalog)
  throw usageError('NOTHING_PRICED', `No model or billed service is called "${sanitise(text)}".`, {
    hint: near ?? `Beside models there are ${Object.keys(BILLED_SERVICES).join(', ')}.`,
    actions: ['bedrockctl models list --offline'],
  })
}

/** As `nameSubject`; undefined where it names none. */
export function findSubject(text: string, catalog: Catalog): PricedSubject | undefined {
  const wanted = text.trim().toLowerCase()
  for (const [id, name] of Object.entries(BILLED_SERVICES)) {
    if (wanted === id || wanted === name.toLowerCase()) return {id, name, profileId: undefined}
  }
  const named = nameModel(text, catalog)
  if (typeof named === 'string') return undefined
  const {model, profile} = named
  return {id: model.id, name: model.name ?? model.id, profileId: profile?.id}
}

/** `Did you mean guardrails?`, of models and services alike; undefined when nothing is near. */
export function nearSubjects(text: string, catalog: Catalog): string | undefined {
  const services = Object.entries(BILLED_SERVICES).map(([id, name]) => ({id, names: [name], retired: false}))
  const near = closestIds(text, [...idCandidates(catalog.models), ...services])
  return near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`
}

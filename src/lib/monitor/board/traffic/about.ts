import type {Catalog} from '../../../catalog/catalog.js'
import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {lifecycleAt} from '../../../catalog/lifecycle-at.js'
import {findModel} from '../../../catalog/model-lookup.js'
import {parseArn} from '../../../core/arn.js'
import type {ReferencedResource} from '../../../models/references/reference-ports.js'
import type {TrafficAbout} from './traffic.schema.js'

/** A called id that stands for a resource of the account, looked up. */
export interface CalledResource {
  /** Base model of the catalog; null where there is none, or it is not known. */
  readonly modelId: string | null
  readonly resource: ReferencedResource
}

interface Called {
  readonly modelId: string
  readonly region: string
  /** Undefined where the id names no resource of the account, or it could not be looked up. */
  readonly resource: CalledResource | undefined
  readonly at: Date
}

const KINDS: Readonly<Record<ReferencedResource['kind'], TrafficAbout['kind']>> = {
  'inference-profile': 'profile',
  'application-inference-profile': 'application-profile',
  'provisioned-model': 'provisioned',
  'imported-model': 'imported',
  'custom-model': 'custom',
  'custom-model-deployment': 'deployment',
}

/** What a called id leads to. Nothing is told from the look of an id: what catalog and account do not know is null. */
export function aboutOf(catalog: Catalog, {at, modelId, region, resource}: Called): TrafficAbout {
  if (resource) return ofResource(catalog, resource, region, at)
  const id = bareId(modelId)
  const profile = catalog.profile(id)
  if (profile) {
    const {kind, routes} = profile.profile
    return {
      model: profile.model.id,
      name: profile.model.name,
      kind: 'profile',
      route: kind,
      processedIn: kind === 'global' ? null : (routes[region] ?? null),
      lifecycle: lifecycleOf(profile.model, at),
    }
  }
  const model = findModel(catalog, id)?.model
  return {
    model: model?.id ?? null,
    name: model?.name ?? null,
    kind: model ? 'model' : kindOfArn(modelId),
    route: model ? 'in-region' : null,
    processedIn: model ? [region] : null,
    lifecycle: model ? lifecycleOf(model, at) : null,
  }
}

/** True where only the account knows what the id leads to. */
export function isOwnResource(modelId: string): boolean {
  return kindOfArn(modelId) !== 'unknown'
}

function ofResource(catalog: Catalog, {modelId, resource}: CalledResource, region: string, at: Date): TrafficAbout {
  const model = modelId === null ? undefined : catalog.model(modelId)
  const isProfile = resource.kind === 'application-inference-profile'
  const regions = [...new Set(resource.modelArns.map((arn) => parseArn(arn)?.region ?? ''))].toSorted()
  const route = !isProfile ? 'in-region' : regions.includes('') ? 'global' : regions.length > 1 ? 'geo' : 'in-region'
  const isKnown = !isProfile || regions.length > 0
  return {
    model: modelId,
    name: resource.name ?? model?.name ?? null,
    kind: KINDS[resource.kind],
    route: isKnown ? route : null,
    processedIn: !isKnown || route === 'global' ? null : route === 'geo' ? regions : [region],
    lifecycle: model ? lifecycleOf(model, at) : null,
  }
}

/** `foundation-model/X` and `inference-profile/X` as ARNs stand for X; latency-optimised calls are counted as `X+…`. */
function bareId(modelId: string): string {
  const id = parseArn(modelId)?.resource.replace(/^(foundation-model|inference-profile)\//, '') ?? modelId
  return id.replace(/\+latency-optimized$/, '')
}

function kindOfArn(modelId: string): TrafficAbout['kind'] {
  const type = parseArn(modelId)?.resource.split('/')[0] ?? ''
  const found = Object.entries(KINDS).find(([kind]) => kind === type && kind !== 'inference-profile')
  return found?.[1] ?? 'unknown'
}

function lifecycleOf({lifecycle}: CatalogModel, at: Date): TrafficAbout['lifecycle'] {
  const phase = lifecycleAt(lifecycle, at)
  const until = lifecycle.endOfLife
  return until === null && (phase === 'ACTIVE' || phase === 'UNKNOWN') ? null : {phase, until}
}

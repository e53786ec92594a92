import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogProfile} from '../../catalog/catalog.schema.js'
import {findModel} from '../../catalog/model-lookup.js'
import {parseArn, regionOfArn} from '../../core/arn.js'
import {didYouMean} from '../../core/closest.js'
import type {Route} from '../../prices/price-book.js'

/** A model as a workload names it. */
export interface ModelCall {
  readonly model: string
  readonly region?: string | undefined
  readonly route?: Route | undefined
}

/** What is called, from where and how. */
export interface ResolvedCall {
  /** Base model. */
  readonly modelId: string
  readonly name: string
  readonly profileId?: string | undefined
  readonly region: string
  readonly route: Route
  /** Input and output tokens that the model takes in one request, where that is known. */
  readonly contextTokens?: number | undefined
  /** What a reader should know of it: a route that the catalog does not list from there. */
  readonly note?: string | undefined
}

/** A model by what it is called; `profile` where the text names one of its inference profiles. */
export interface NamedModel {
  readonly model: CatalogModel
  readonly profile: CatalogProfile | undefined
}

/** The call, or one sentence on what is wrong with it and what exists instead. */
export function resolveCall(
  {model: text, region, route}: ModelCall,
  catalog: Catalog,
  defaultRegion: string | undefined,
): ResolvedCall | string {
  const named = nameModel(text, catalog)
  if (typeof named === 'string') return named
  const {model, profile} = named
  const own = regionOfArn(text)
  if (own !== undefined && region !== undefined && own !== region)
    return `${text} is of ${own} and cannot be called in ${region}`
  const from = region ?? own ?? defaultRegion
  if (from === undefined) return 'no Region is named; say from which one it is called (--region, or region in a file)'
  const strange = unknownRegion(from, catalog)
  if (strange !== undefined) return strange
  const contextTokens = model.contextTokens ?? undefined
  const base = {modelId: model.id, name: model.name ?? model.id, region: from, contextTokens}
  if (profile) return ofProfile(base, model, profile, route)
  const offered = offeredRoutes(model, from)
  const [narrowest] = offered
  const chosen = route ?? narrowest?.route
  if (chosen === undefined) return notOffered(model, from)
  const match = offered.find((one) => one.route === chosen)
  if (match) return {...base, route: chosen, profileId: match.profileId}
  const others = offered.map((one) => one.route).join(', ') || 'no route'
  return {...base, route: chosen, note: `the catalog lists ${others} for ${model.id} from ${from}, not ${chosen}`}
}

/** One sentence on a Region that the catalog does not have; undefined where it does. */
export function unknownRegion(name: string, catalog: Catalog): string | undefined {
  if (catalog.region(name)) return undefined
  const known = catalog.regions.map((region) => region.name)
  const near = didYouMean(name, known)
  return `${name} is no Region of Bedrock${near === undefined ? '' : `. ${near}`}`
}

/** One sentence on a model that nobody knows by this name; undefined where it is known. */
export function unknownModel(text: string, catalog: Catalog): string | undefined {
  const named = nameModel(text, catalog)
  return typeof named === 'string' ? named : undefined
}

/** The model that a text names, or one sentence on why it names none. */
export function nameModel(text: string, catalog: Catalog): NamedModel | string {
  const arn = parseArn(text)
  const [type = '', id = ''] = arn?.resource.split('/') ?? []
  if (arn && type !== 'foundation-model' && type !== 'inference-profile') {
    return `${text} stands for a model that only its account knows; name the base model`
  }
  const wanted = arn ? id : text.trim()
  const found = findModel(catalog, wanted)
  if (found) return {model: found.model, profile: undefined}
  const match = catalog.profile(wanted)
  if (match) return match
  const ids = catalog.models.flatMap(({id: base, name, profiles}) => [
    base,
    name ?? '',
    ...profiles.map((one) => one.id),
  ])
  const near = didYouMean(wanted, ids)
  return `no model or profile is called “${wanted}”${near === undefined ? '' : `. ${near}`}`
}

type Base = Pick<ResolvedCall, 'modelId' | 'name' | 'region' | 'contextTokens'>

function ofProfile(
  base: Base,
  model: CatalogModel,
  profile: CatalogProfile,
  route: Route | undefined,
): ResolvedCall | string {
  if (route !== undefined && route !== profile.kind) {
    return `${profile.id} is a ${profile.kind === 'geo' ? 'geographic' : 'Global'} profile; its route is not ${route}. Name ${model.id} to choose the route`
  }
  const sources = Object.keys(profile.routes)
  const call = {...base, profileId: profile.id, route: profile.kind}
  if (sources.length === 0 || sources.includes(base.region)) return call
  if (profile.disputedSources.includes(base.region)) {
    return {...call, note: `AWS documents ${profile.id} from ${base.region}; no API answer that lists it was seen`}
  }
  return `${profile.id} cannot be called from ${base.region}; it is from ${sources.join(', ')}`
}

/** A way to a model; the profile to name where there is one. */
export interface OfferedRoute {
  readonly route: Route
  readonly profileId?: string
}

/** What the catalog lists for a model from a Region, from the narrowest to the widest. */
export function offeredRoutes(model: CatalogModel, region: string): readonly OfferedRoute[] {
  const profiles = (kind: CatalogProfile['kind']) =>
    model.profiles
      .filter((profile) => profile.kind === kind && Object.hasOwn(profile.routes, region))
      .map(({id}) => ({route: kind, profileId: id}) as const)
  return [
    ...(model.inRegion.includes(region) ? [{route: 'in-region'} as const] : []),
    ...profiles('geo').slice(0, 1),
    ...profiles('global').slice(0, 1),
    ...(model.mantle.includes(region) ? [{route: 'mantle'} as const] : []),
  ]
}

/** `… is not offered in eu-south-1; it is in …`, or why it is nowhere. */
export function notOffered(model: CatalogModel, region: string): string {
  const sources = model.profiles.flatMap(({routes}) => Object.keys(routes))
  const regions = [...new Set([...model.inRegion, ...sources, ...model.mantle])].sort()
  const where = regions.length === 0 ? gone(model) : `it is in ${regions.join(', ')}`
  return `${model.id} is not offered in ${region}; ${where}`
}

function gone({lifecycle: {endOfLife, status}}: CatalogModel): string {
  if (status === 'EOL') return `it has reached its end of life${endOfLife === null ? '' : ` on ${endOfLife}`}`
  return status === 'UNLISTED' ? 'AWS no longer lists it' : 'where it is offered is not known'
}

import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogProfile} from '../../catalog/catalog.schema.js'
import type {OfferedModel, OfferedProfile, RegionOffer} from './offer.js'

/** What the bundled facts say a Region offers, in the shape a live read has, so that one judge serves both. */
export function catalogOffer(catalog: Catalog, region: string): RegionOffer {
  const listed = catalog.models.filter(
    ({aliasOf, lifecycle}) => aliasOf === null && lifecycle.status !== 'UNLISTED' && lifecycle.status !== 'EOL',
  )
  return {
    region,
    origin: {kind: 'bundle', region, asOf: catalog.compiledOn, source: 'bundled catalog'},
    models: listed.filter((model) => isOffered(model, region)).map((model) => offeredModel(model, region)),
    profiles: listed.flatMap((model) =>
      model.profiles
        .filter((profile) => Object.hasOwn(profile.routes, region))
        .map((profile) => offeredProfile(model, profile, region)),
    ),
  }
}

function isOffered(model: CatalogModel, region: string): boolean {
  return (
    model.inRegion.includes(region) ||
    model.profiles.some((profile) => Object.hasOwn(profile.routes, region)) ||
    model.provisioned.some(({regions}) => regions.includes(region))
  )
}

function offeredModel(model: CatalogModel, region: string): OfferedModel {
  const {lifecycle} = model
  return {
    id: model.id,
    name: model.name,
    provider: model.provider,
    inRegion: model.inRegion.includes(region),
    provisionedIds: model.provisioned.filter(({regions}) => regions.includes(region)).map(({id}) => id),
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    streaming: model.streaming,
    customizations: model.customizations,
    lifecycle: {
      status: lifecycle.status,
      started: lifecycle.launched,
      legacy: lifecycle.legacy,
      extendedAccess: lifecycle.extendedAccess,
      endOfLife: lifecycle.endOfLife,
    },
  }
}

function offeredProfile(model: CatalogModel, profile: CatalogProfile, region: string): OfferedProfile {
  return {
    id: profile.id,
    name: model.name,
    modelId: model.id,
    kind: profile.kind,
    destinations: profile.kind === 'global' ? null : (profile.routes[region] ?? null),
  }
}

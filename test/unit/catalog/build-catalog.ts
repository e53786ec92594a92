import type {CatalogModel, CatalogPrice} from '../../../src/lib/catalog/catalog.schema.js'

/** A model of which nothing is known but its id; a test names what matters to it. */
export function buildModel(fields: Partial<CatalogModel> & {readonly id: string}): CatalogModel {
  return {
    name: null,
    provider: 'Amazon',
    aliasOf: null,
    listNames: [],
    contextVariants: [],
    inputModalities: null,
    outputModalities: null,
    contextTokens: null,
    maxOutputTokens: null,
    streaming: null,
    tools: null,
    promptCaching: null,
    batch: null,
    customizations: [],
    customizationRegions: [],
    serviceTiers: null,
    apis: null,
    endpoints: null,
    lifecycle: buildLifecycle({}),
    inRegion: [],
    inRegionDisputed: [],
    geoDisputed: [],
    govCloud: [],
    mantle: [],
    provisioned: [],
    profiles: [],
    minimumDataRetention: null,
    gated: false,
    note: null,
    asOf: '2026-08-22',
    sources: ['a test'],
    confidence: 'high',
    ...fields,
  }
}

export function buildLifecycle(fields: Partial<CatalogModel['lifecycle']>): CatalogModel['lifecycle'] {
  return {
    status: 'ACTIVE',
    launched: null,
    legacy: null,
    extendedAccess: null,
    endOfLife: null,
    endOfLifeNoSoonerThan: null,
    lastListed: null,
    source: null,
    ...fields,
  }
}

export function buildPrice(fields: Partial<CatalogPrice>): CatalogPrice {
  return {
    modelId: 'amazon.one-v1:0',
    profileId: null,
    region: '*',
    routing: 'in-region',
    tier: 'standard',
    meter: 'tokens',
    variant: null,
    unit: '1M tokens',
    currency: 'USD',
    skus: null,
    amount: {input: 1, output: 2, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null},
    note: null,
    asOf: '2026-08-20',
    sources: ['a test'],
    confidence: 'medium',
    ...fields,
  }
}

// How the catalog lies on disk: what scripts/compile-catalog.ts writes and decode-*.ts read. Repeated text (sets of
// Regions, sources, ids) stands once in a table and is named by its index; members that are null, empty or false are
// left out of a model.

/** Grows when the layout changes: a program never reads a layout it does not know. */
export const CATALOG_SCHEMA_VERSION = 1

type PartName = 'models' | 'regions' | 'prices' | 'features' | 'batch' | 'custom-models'

interface StoredPart {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** What the part holds, by name: models, profiles, ... */
  readonly records: Readonly<Record<string, number>>
}

export interface StoredIndex {
  readonly schemaVersion: number
  readonly compiledOn: string
  readonly parts: Readonly<Record<PartName, StoredPart>>
}

/** [id, kind, geography, routes, disputed source set, sources]: the last three are indices into their tables. */
export type StoredProfile = readonly [string, 'geo' | 'global', string | null, number, number, number]

/** [source set, destination set | null]: the sources that reach the same destinations. */
export type StoredRoutes = readonly (readonly [number, number | null])[]

export interface StoredModel {
  readonly id: string
  readonly name?: string
  readonly provider: string
  readonly listNames?: readonly string[]
  readonly aliasOf?: string
  readonly variants?: readonly string[]
  readonly input?: readonly string[]
  readonly output?: readonly string[]
  readonly context?: number
  readonly maxOutput?: number
  readonly streaming?: boolean
  readonly tools?: boolean
  readonly caching?: boolean
  readonly batch?: boolean
  readonly customizations?: readonly string[]
  readonly customizationRegions?: number
  readonly tiers?: readonly string[]
  readonly apis?: readonly string[]
  readonly endpoints?: readonly ('bedrock-runtime' | 'bedrock-mantle')[]
  readonly status: 'ACTIVE' | 'LEGACY' | 'EOL' | 'PREVIEW' | 'UNLISTED'
  readonly launched?: string
  readonly legacy?: string
  readonly extendedAccess?: string
  readonly endOfLife?: string
  readonly endOfLifeNoSoonerThan?: string
  readonly lastListed?: string
  readonly lifecycleSource?: number
  readonly inRegion?: number
  readonly inRegionDisputed?: number
  readonly geoDisputed?: number
  readonly govCloud?: number
  readonly mantle?: number
  readonly provisioned?: readonly (readonly [string, number])[]
  readonly profiles?: readonly StoredProfile[]
  readonly retention?: 'none' | 'default' | 'aws_review' | 'provider_data_share'
  readonly gated?: true
  readonly note?: string
  readonly asOf: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly sources: number
}

export interface StoredModels {
  readonly schemaVersion: number
  readonly sources: readonly string[]
  /** Indices into `sources`. */
  readonly sourceSets: readonly (readonly number[])[]
  /** Set 0 is the empty set. */
  readonly regionSets: readonly (readonly string[])[]
  readonly routes: readonly StoredRoutes[]
  readonly models: readonly StoredModel[]
}

/**
 * [id, profile, Region, routing, tier, provenance, input, output, cache read, cache write, 1 h cache write, meter,
 * price of its unit, note, variant]; trailing nulls are cut, no meter means tokens. Ids, profiles, Regions, routings,
 * tiers, meters, notes and variants are indices into `words`, the provenance into `provenance`. All are in USD.
 */
export type StoredPrice = readonly (number | null)[]

export interface StoredPrices {
  readonly schemaVersion: number
  readonly sources: readonly string[]
  /** [as of, confidence, sources]. */
  readonly provenance: readonly (readonly [string, 'high' | 'medium' | 'low', readonly number[]])[]
  readonly words: readonly string[]
  readonly prices: readonly StoredPrice[]
}

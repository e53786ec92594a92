import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {BedrockctlError} from '../core/errors.js'
import {packageRoot} from '../core/package-root.js'
import type {Catalog, ProfileMatch} from './catalog.js'
import type {CatalogBatch, CatalogFeature, CatalogModel, CatalogRegion, Geography} from './catalog.schema.js'
import type {CustomModelFacts} from './custom-models.schema.js'
import {decodeModels} from './decode-models.js'
import {decodePrices} from './decode-prices.js'
import {lifecycleAt} from './lifecycle-at.js'
import {DamagedPartError, entriesOf} from './part-entries.js'
import {CATALOG_SCHEMA_VERSION, type StoredIndex, type StoredModels, type StoredPrices} from './stored-catalog.js'

export interface OpenCatalogOptions {
  /** Where index.json and its parts lie; default is data/catalog of this installation. */
  readonly folder?: string
  /** The day on which the facts are read; an end of life that has come since they were compiled counts. */
  readonly now?: Date
}

interface StoredRegions {
  readonly schemaVersion: number
  readonly regions: readonly CatalogRegion[]
  readonly geographies: readonly Geography[]
}

interface StoredFeatures {
  readonly schemaVersion: number
  readonly features: readonly CatalogFeature[]
}

type StoredBatch = CatalogBatch & {readonly schemaVersion: number}

type StoredCustomModels = CustomModelFacts & {readonly schemaVersion: number}

/**
 * Reads models, Regions and geographies; the other parts follow when asked for. A part that is missing, unreadable
 * or of another layout is CATALOG_DAMAGED.
 */
export async function openCatalog(options: OpenCatalogOptions = {}): Promise<Catalog> {
  const folder = options.folder ?? join(packageRoot(), 'data', 'catalog')
  const compiledOn = readPart(join(folder, 'index.json'), readCompiledOn)
  const stored = readPart(join(folder, 'models.json'), (part: StoredModels) => decodeModels(part))
  const {geographies, regions} = readPart(join(folder, 'regions.json'), (part: StoredRegions) => ({
    geographies: entriesOf(part.geographies),
    regions: entriesOf(part.regions),
  }))
  const models = withStatusAt(stored, options.now ?? new Date())
  const byId = new Map(models.map((model) => [model.id, model]))
  const regionByName = new Map(regions.map((region) => [region.name, region]))
  const geographyById = new Map(geographies.map((geography) => [geography.id, geography]))
  const profiles = lazily(() => indexProfiles(models))
  return {
    compiledOn,
    models,
    regions,
    geographies,
    model: (id) => byId.get(id),
    profile: (id) => profiles().get(id),
    region: (name) => regionByName.get(name),
    geography: (id) => geographyById.get(id),
    batch: lazily(async () =>
      readPart(join(folder, 'batch.json'), ({schemaVersion: _, ...part}: StoredBatch) => ({
        ...part,
        models: entriesOf(part.models),
      })),
    ),
    customModels: lazily(async () =>
      readPart(join(folder, 'custom-models.json'), ({schemaVersion: _, ...part}: StoredCustomModels) => ({
        ...part,
        bases: entriesOf(part.bases),
      })),
    ),
    features: lazily(async () =>
      readPart(join(folder, 'features.json'), (part: StoredFeatures) => entriesOf(part.features)),
    ),
    prices: lazily(async () => readPart(join(folder, 'prices.json'), (part: StoredPrices) => decodePrices(part))),
  }
}

function readCompiledOn({compiledOn}: StoredIndex): string {
  if (typeof compiledOn !== 'string') throw new DamagedPartError('it does not say when it was compiled')
  return compiledOn
}

/** Dates that have come since the compilation move the status on, so that no dead model is offered by an old bundle. */
function withStatusAt(models: readonly CatalogModel[], now: Date): readonly CatalogModel[] {
  return models.map((model) => {
    const phase = lifecycleAt(model.lifecycle, now)
    const status = phase === 'EOL' ? 'EOL' : phase === 'LEGACY' || phase === 'EXTENDED_ACCESS' ? 'LEGACY' : undefined
    return status === undefined || status === model.lifecycle.status
      ? model
      : {...model, lifecycle: {...model.lifecycle, status}}
  })
}

function lazily<Value>(make: () => Value): () => Value {
  let made: {readonly value: Value} | undefined
  return () => {
    made ??= {value: make()}
    return made.value
  }
}

function indexProfiles(models: readonly CatalogModel[]): ReadonlyMap<string, ProfileMatch> {
  return new Map(models.flatMap((model) => model.profiles.map((profile) => [profile.id, {model, profile}] as const)))
}

/** Reads in one go: a hop through the thread pool costs more than the read of so small a file. */
function readPart<Stored extends {readonly schemaVersion: number}, Value>(
  file: string,
  decode: (stored: Stored) => Value,
): Value {
  try {
    const stored: Stored = JSON.parse(readFileSync(file, 'utf8'))
    if (stored.schemaVersion !== CATALOG_SCHEMA_VERSION) {
      throw new DamagedPartError(`layout ${stored.schemaVersion}, this program reads ${CATALOG_SCHEMA_VERSION}`)
    }
    return decode(stored)
  } catch (cause) {
    throw new BedrockctlError('CATALOG_DAMAGED', `The bundled catalog cannot be read: ${file}`, {
      fault: 'internal',
      why: cause instanceof Error ? cause.message : String(cause),
      hint: 'Install bedrockctl again; the file comes with it.',
      actions: ['npm install --global bedrockctl'],
      cause,
    })
  }
}

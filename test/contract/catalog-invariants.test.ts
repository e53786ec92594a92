import {createHash} from 'node:crypto'
import {readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {z} from 'zod'
import {
  catalogBatchSchema,
  catalogFeatureSchema,
  catalogModelSchema,
  catalogPriceSchema,
  catalogRegionSchema,
  geographySchema,
} from '../../src/lib/catalog/catalog.schema.js'
import {customModelsSchema} from '../../src/lib/catalog/custom-models.schema.js'
import {BILLED_SERVICES} from '../../src/lib/catalog/meters.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import type {StoredIndex} from '../../src/lib/catalog/stored-catalog.js'
import {packageRoot} from '../../src/lib/core/package-root.js'

const folder = join(packageRoot(), 'data', 'catalog')
const index: StoredIndex = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
// As compiled: dates that have come since would move some statuses on.
const catalog = await openCatalog({now: new Date((await openCatalog()).compiledOn)})
const prices = await catalog.prices()
const features = await catalog.features()
const batch = await catalog.batch()
const customModels = await catalog.customModels()
const profiles = catalog.models.flatMap((model) => model.profiles.map((profile) => ({...profile, model})))
const regionNames = new Set(catalog.regions.map(({name}) => name))
const unknownRegions = (names: Iterable<string>) => [...names].filter((name) => !regionNames.has(name))
const repeated = (texts: readonly string[]) => texts.filter((text, at) => texts.indexOf(text) !== at)

describe('files', () => {
  test('index.json names every file of the folder but itself', () => {
    const files = readdirSync(folder).filter((file) => file !== 'index.json')

    expect(
      Object.values(index.parts)
        .map(({file}) => file)
        .sort(),
    ).toEqual(files.sort())
  })

  test.each(Object.values(index.parts))('$file has the size and the sha256 the index says', ({bytes, file, sha256}) => {
    const content = readFileSync(join(folder, file))

    expect(content.length).toBe(bytes)
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
  })

  test('what every start reads stays under 200 KB', () => {
    const read = ['index.json', 'models.json', 'regions.json'].map((file) => statSync(join(folder, file)).size)

    expect(read.reduce((sum, size) => sum + size)).toBeLessThan(200_000)
  })

  test('the index counts what the parts hold', () => {
    const stored: {readonly prices: readonly unknown[]} = JSON.parse(readFileSync(join(folder, 'prices.json'), 'utf8'))

    expect(index.parts.models.records).toEqual({models: catalog.models.length, profiles: profiles.length})
    expect(index.parts.regions.records).toEqual({
      regions: catalog.regions.length,
      geographies: catalog.geographies.length,
    })
    expect(index.parts.features.records).toEqual({features: features.length})
    expect(index.parts.prices.records).toEqual({prices: stored.prices.length})
  })
})

describe('shape', () => {
  test.each([
    ['models', catalogModelSchema, catalog.models],
    ['regions', catalogRegionSchema, catalog.regions],
    ['geographies', geographySchema, catalog.geographies],
    ['features', catalogFeatureSchema, features],
    ['prices', catalogPriceSchema, prices],
  ] as const)('%s have the shape of their schema, no member more', (_, schema, records) => {
    expect(z.array(z.strictObject(schema.shape)).safeParse(records).error).toBeUndefined()
    expect(records.length).toBeGreaterThan(0)
  })
})

describe('identity', () => {
  test('model ids, profile ids, context variants, Regions, geographies and features are unique', () => {
    const ids = [
      ...catalog.models.flatMap(({id, contextVariants}) => [id, ...contextVariants]),
      ...profiles.map(({id}) => id),
    ]

    expect(repeated(ids)).toEqual([])
    expect(repeated(catalog.regions.map(({name}) => name))).toEqual([])
    expect(repeated(catalog.geographies.map(({id}) => id))).toEqual([])
    expect(repeated(features.map(({id}) => id))).toEqual([])
  })

  test('every profile is found by its id with the model that lists it', () => {
    for (const {id, model} of profiles) expect(catalog.profile(id)?.model.id).toBe(model.id)
  })

  test('every profile id ends in the id of its model', () => {
    expect(profiles.filter(({id, model}) => !id.endsWith(`.${model.id}`)).map(({id}) => id)).toEqual([])
  })

  test('aliases stand for a model that is no alias', () => {
    const aliases = catalog.models.filter(({aliasOf}) => aliasOf !== null)

    expect(aliases.length).toBeGreaterThan(0)
    for (const {aliasOf} of aliases) expect(catalog.model(aliasOf ?? '')?.aliasOf).toBeNull()
  })

  test('provisioned ids are the model or one of its context variants', () => {
    for (const {contextVariants, id, provisioned} of catalog.models) {
      for (const one of provisioned) expect([id, ...contextVariants]).toContain(one.id)
    }
  })
})

describe('places', () => {
  test('every Region a model names is known', () => {
    const named = catalog.models.flatMap((model) => [
      ...model.inRegion,
      ...model.inRegionDisputed,
      ...model.geoDisputed,
      ...model.govCloud,
      ...model.mantle,
      ...model.customizationRegions,
      ...model.provisioned.flatMap(({regions}) => regions),
    ])

    expect(unknownRegions(named)).toEqual([])
  })

  test('sources and destinations of every profile are known Regions', () => {
    for (const {disputedSources, routes} of profiles) {
      expect(unknownRegions([...Object.keys(routes), ...disputedSources])).toEqual([])
      for (const destinations of Object.values(routes)) expect(unknownRegions(destinations ?? [])).toEqual([])
    }
  })

  test('a known route has a destination, a Global profile names none', () => {
    for (const {kind, routes} of profiles) {
      for (const destinations of Object.values(routes)) {
        if (kind === 'global') expect(destinations).toBeNull()
        else expect(destinations).not.toEqual([])
      }
    }
  })

  test('a route never leaves the partition of its source', () => {
    const partition = (name: string) => catalog.region(name)?.partition
    for (const {routes} of profiles) {
      for (const [source, destinations] of Object.entries(routes)) {
        for (const destination of destinations ?? []) expect(partition(destination)).toBe(partition(source))
      }
    }
  })

  test('a geographic profile belongs to a known geography, a Global one to none', () => {
    for (const {geography, kind} of profiles) {
      if (kind === 'global') expect(geography).toBeNull()
      else expect(catalog.geography(geography ?? '')).toBeDefined()
    }
  })

  test('Regions and geographies name each other', () => {
    for (const region of catalog.regions) {
      const holding = catalog.geographies.filter(({regions}) => regions.includes(region.name)).map(({id}) => id)
      expect(region.geographies).toEqual(holding)
      expect(holding.length).toBeGreaterThan(0)
    }
    expect(unknownRegions(catalog.geographies.flatMap(({regions}) => regions))).toEqual([])
  })

  test('the geographies of a Region come narrowest first', () => {
    for (const {geographies} of catalog.regions) {
      const sizes = geographies.map((id) => catalog.geography(id)?.regions.length ?? 0)
      expect(sizes).toEqual([...sizes].sort((left, right) => left - right))
    }
  })

  test('what is disputed is not also seen', () => {
    for (const {inRegion, inRegionDisputed, mantle} of catalog.models) {
      expect(inRegionDisputed.filter((name) => inRegion.includes(name) || mantle.includes(name))).toEqual([])
    }
    for (const {disputedSources, routes} of profiles) {
      expect(disputedSources.filter((name) => name in routes)).toEqual([])
    }
  })

  test('a feature is not both offered and not offered in a Region', () => {
    for (const {models, notOffered, offered, routes} of features) {
      expect(offered.filter((name) => notOffered.includes(name))).toEqual([])
      expect(unknownRegions([...offered, ...notOffered, ...models.flatMap(({regions}) => regions)])).toEqual([])
      expect(unknownRegions(routes.flatMap(({destinations, source}) => [source, ...destinations]))).toEqual([])
    }
  })
})

describe('time', () => {
  const day = z.iso.date()

  test('every lifecycle date is a date', () => {
    for (const {lifecycle} of catalog.models) {
      const {endOfLife, endOfLifeNoSoonerThan, extendedAccess, lastListed, launched, legacy} = lifecycle
      for (const date of [endOfLife, endOfLifeNoSoonerThan, extendedAccess, lastListed, launched, legacy]) {
        if (date !== null) expect(day.safeParse(date).success).toBe(true)
      }
    }
  })

  test('launch, legacy, extended access and end of life follow each other', () => {
    for (const {id, lifecycle} of catalog.models) {
      const {endOfLife, extendedAccess, launched, legacy} = lifecycle
      const dates = [launched, legacy, extendedAccess, endOfLife].filter((date) => date !== null)
      expect([id, dates.every((date, at) => at === 0 || (dates[at - 1] ?? '') <= date)]).toEqual([id, true])
    }
  })

  test('a dead model was gone on the day of the compilation', () => {
    for (const {id, lifecycle} of catalog.models.filter(({lifecycle}) => lifecycle.status === 'EOL')) {
      const gone = lifecycle.endOfLife ?? lifecycle.lastListed
      expect([id, gone !== null && gone <= catalog.compiledOn]).toEqual([id, true])
    }
  })

  test('a living model had not reached its end of life on the day of the compilation', () => {
    const living = catalog.models.filter(
      ({lifecycle}) => lifecycle.status === 'ACTIVE' || lifecycle.status === 'LEGACY',
    )
    for (const {id, lifecycle} of living) {
      expect([id, (lifecycle.endOfLife ?? '9999-12-31') > catalog.compiledOn]).toEqual([id, true])
    }
  })
})

describe('prices', () => {
  test('every price belongs to a model or to a service that is billed beside models', () => {
    const ids = new Set(prices.map(({modelId}) => modelId))

    expect([...ids].filter((id) => catalog.model(id) === undefined && !Object.hasOwn(BILLED_SERVICES, id))).toEqual([])
  })

  test('a priced profile belongs to the priced model', () => {
    const wrong = prices.filter(({modelId, profileId}) => profileId && catalog.profile(profileId)?.model.id !== modelId)

    expect(wrong).toEqual([])
  })

  test('every price names a known Region, any Region, or none', () => {
    const named = prices.map(({region}) => region ?? '*').filter((region) => region !== '*')

    expect(unknownRegions(new Set(named))).toEqual([])
  })

  test('every price has an amount', () => {
    expect(prices.filter((price) => Object.values(price.amount).every((amount) => amount === null))).toEqual([])
  })

  test('a price per token has no amount per unit, and the other way round', () => {
    for (const {meter, amount: amounts} of prices) {
      const {unit: perUnit, ...perToken} = amounts
      expect(perUnit !== null).toBe(Object.values(perToken).every((amount) => amount === null))
      expect(perUnit === null).toBe(meter === 'tokens')
    }
  })
})

describe('facts of custom models', () => {
  const {bases, hyperparameters, imports} = customModels
  const tunings = bases.flatMap((base) => base.tunings.map((tuning) => ({...tuning, base: base.id})))

  test('they have the shape of their schema and the counts the index says', () => {
    expect(z.strictObject(customModelsSchema.shape).safeParse(customModels).error).toBeUndefined()
    expect(index.parts['custom-models'].records).toEqual({
      bases: bases.length,
      architectures: imports.architectures.length,
    })
  })

  test('every base and teacher is a model of the catalog, every table of hyperparameters is there', () => {
    const named = [...bases.map(({modelId}) => modelId), ...tunings.flatMap(({teachers}) => teachers)]
    const tables = tunings.flatMap((tuning) => tuning.hyperparameters ?? [])

    expect(named.filter((id) => catalog.model(id) === undefined)).toEqual([])
    expect(tables.filter((table) => hyperparameters[table] === undefined)).toEqual([])
  })

  test('every Region of them is known', () => {
    const regions = [...tunings.flatMap((tuning) => tuning.regions), ...bases.flatMap(({onDemand}) => onDemand)]

    expect(unknownRegions([...regions, ...imports.regions])).toEqual([])
  })

  test('a default lies between its bounds', () => {
    for (const {default: value, least, most, name} of Object.values(hyperparameters).flat()) {
      if (typeof value === 'number') expect([name, value >= least && value <= most]).toEqual([name, true])
    }
  })
})

describe('batch facts', () => {
  const listed = new Set(batch.models.map(({modelId}) => modelId))

  test('they have the shape of their schema and the count the index says', () => {
    expect(z.strictObject(catalogBatchSchema.shape).safeParse(batch).error).toBeUndefined()
    expect(index.parts.batch.records).toEqual({models: batch.models.length})
    expect(listed.size).toBe(batch.models.length)
    expect(listed.size).toBeGreaterThan(50)
  })

  test('every model of them is one of the catalog whose batch flag says yes', () => {
    for (const id of [...listed, ...Object.keys(batch.defaults.jobGigabytesOf)]) {
      expect([id, catalog.model(id)?.batch, catalog.model(id)?.aliasOf]).toEqual([id, true, null])
    }
  })

  test('every Region of them is known, and every model has one', () => {
    for (const {customModels, inRegion, profileSources} of batch.models) {
      expect(unknownRegions([...inRegion, ...profileSources, ...(customModels ?? [])])).toEqual([])
      expect(inRegion.length + profileSources.length).toBeGreaterThan(0)
    }
  })

  test('only a model with a profile has source Regions of one', () => {
    const without = batch.models.filter(({profileSources}) => profileSources.length > 0)

    expect(without.filter(({modelId}) => catalog.model(modelId)?.profiles.length === 0)).toEqual([])
  })

  test('Claude is a profile only, but for Sonnet 4.6 in London', () => {
    const inRegion = batch.models.filter(({modelId}) => modelId.startsWith('anthropic.'))

    expect(inRegion.flatMap((model) => model.inRegion.map((region) => [model.modelId, region]))).toEqual([
      ['anthropic.claude-sonnet-4-6', 'eu-west-2'],
    ])
  })
})

describe('what the fact files lack', () => {
  test.each(['anthropic.claude-fable-5', 'anthropic.claude-fable-5-1'])('%s asks for data retention', (id) => {
    expect(catalog.model(id)?.minimumDataRetention).toBe('aws_review')
  })

  test('the gated models are the Mythos ones', () => {
    expect(catalog.models.filter(({gated}) => gated).map(({id}) => id)).toEqual([
      'anthropic.claude-mythos-5',
      'anthropic.claude-mythos-preview',
    ])
  })

  test('a disputed lifecycle says so', () => {
    const model = catalog.model('anthropic.claude-sonnet-4-5-20250929-v1:0')

    expect(model?.lifecycle).toMatchObject({legacy: '2026-10-08', endOfLife: '2027-04-08'})
    expect(model?.note).toContain('one of two copies')
  })
})

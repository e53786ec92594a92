import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {compileCatalog} from '../../../scripts/catalog/compile-catalog.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {batchFacts, featureFact, modelFact, priceFact, profileFact, regionFact} from './build-facts.js'

const provenance = {asOf: '2026-08-22', confidence: 'high'}
const eu = ['eu-central-1', 'eu-west-1']
const models = [
  modelFact({
    modelId: 'amazon.two-v1:0',
    batch: true,
    onDemandRegions: ['us-east-1'],
    mantleRegions: ['eu-west-1'],
    docsAvailability: {
      inRegion: ['eu-central-1', 'eu-west-1', 'us-east-1'],
      geo: ['eu-central-1', 'us-east-1'],
      global: ['eu-west-1', 'us-east-1'],
      asOf: '2026-08-22',
      source: 'docs',
    },
    profiles: [
      profileFact({id: 'global.amazon.two-v1:0', kind: 'global', geography: 'Global', sourceRegions: ['eu-west-1']}),
      profileFact({
        id: 'eu.amazon.two-v1:0',
        sourceRegions: ['eu-west-2', ...eu],
        destinationRegions: eu,
        routes: {'eu-central-1': ['eu-central-1']},
        sourcesWithoutRoute: ['eu-west-2'],
      }),
      profileFact({id: 'us.amazon.two-v1:0', geography: 'US', sourceRegions: null}),
    ],
  }),
  modelFact({modelId: 'amazon.one-v1:0', aliasOf: 'amazon.two-v1:0'}),
]
const prices = [
  priceFact({
    modelId: 'amazon.two-v1:0',
    baseModelId: 'amazon.two-v1:0',
    region: 'eu-west-1',
    routing: 'in-region/geo',
  }),
  priceFact({modelId: 'eu.amazon.two-v1:0', baseModelId: 'amazon.two-v1:0', region: '*', routing: 'geo'}),
  priceFact({modelId: 'guardrails:denied-topics', region: 'unspecified', unit: '1,000 text units', pricePerUnit: 2}),
]

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'))
  write({models, prices})
})

afterEach(() => rmSync(folder, {recursive: true}))

function write(facts: {readonly models: readonly object[]; readonly prices: readonly object[]}): void {
  const regions = ['us-east-1', 'eu-west-2', ...eu].map(regionFact)
  writeFileSync(join(folder, 'models.json'), JSON.stringify(facts.models))
  writeFileSync(join(folder, 'prices.json'), JSON.stringify(facts.prices))
  writeFileSync(join(folder, 'regions.json'), JSON.stringify({regions, notes: [], cnRegions: []}))
  writeFileSync(join(folder, 'features.json'), JSON.stringify({features: [featureFact('flows', eu)], notes: []}))
  writeBatch({'amazon.two-v1:0': {inRegion: ['us-east-1'], profile: ['eu-west-1', 'eu-central-1']}})
  writeFileSync(join(folder, 'README.md'), 'Compiled 2026-11-21 by a test.')
}

function writeBatch(supported: Readonly<Record<string, object>>): void {
  writeFileSync(join(folder, 'batch.json'), JSON.stringify(batchFacts(supported)))
}

async function compiled(out: string): Promise<Readonly<Record<string, string>>> {
  const target = join(folder, out)
  await compileCatalog({facts: folder, out: target})
  return Object.fromEntries(readdirSync(target).map((file) => [file, readFileSync(join(target, file), 'utf8')]))
}

test('what is compiled can be opened', async () => {
  await compiled('out')
  const catalog = await openCatalog({folder: join(folder, 'out')})

  expect(catalog.compiledOn).toBe('2026-11-21')
  expect(catalog.models.map(({id}) => id)).toEqual(['amazon.one-v1:0', 'amazon.two-v1:0'])
  expect(catalog.model('amazon.one-v1:0')).toMatchObject({aliasOf: 'amazon.two-v1:0', ...provenance})
  expect((await catalog.features()).map(({id, offered}) => [id, offered])).toEqual([['flows', eu]])
})

test('batch facts are those of models that take batch, with the documented quotas', async () => {
  await compiled('out')
  const {defaults, models: listed} = await (await openCatalog({folder: join(folder, 'out')})).batch()

  expect(listed).toEqual([
    {modelId: 'amazon.two-v1:0', inRegion: ['us-east-1'], profileSources: eu, customModels: null},
  ])
  expect(defaults).toMatchObject({minRecords: 100, recordsPerJob: 2000, openJobs: 7})
})

test('batch facts of a model that is said to take none stop the compilation', async () => {
  writeBatch({'amazon.one-v1:0': {inRegion: [], profile: []}})

  await expect(compiled('out')).rejects.toThrow('listed for batch, not in the models: amazon.one-v1:0')
})

test('a route is what was seen from its source, the common set, or unknown', async () => {
  await compiled('out')
  const catalog = await openCatalog({folder: join(folder, 'out')})

  expect(catalog.profile('eu.amazon.two-v1:0')?.profile.routes).toEqual({
    'eu-central-1': ['eu-central-1'],
    'eu-west-1': eu,
    'eu-west-2': null,
  })
  expect(catalog.profile('us.amazon.two-v1:0')?.profile.routes).toEqual({})
  expect(catalog.profile('global.amazon.two-v1:0')?.profile).toMatchObject({
    geography: null,
    routes: {'eu-west-1': null},
    disputedSources: ['us-east-1'],
  })
})

test('what only the documentation says is disputed; Mantle explains its In-Region column', async () => {
  await compiled('out')
  const model = (await openCatalog({folder: join(folder, 'out')})).model('amazon.two-v1:0')

  expect(model?.inRegion).toEqual(['us-east-1'])
  expect(model?.inRegionDisputed).toEqual(['eu-central-1'])
  expect(model?.geoDisputed).toEqual(['us-east-1'])
})

test('a price of an In-Region and geo group is one for each mode', async () => {
  await compiled('out')
  const all = await (await openCatalog({folder: join(folder, 'out')})).prices()
  const found = all.filter(({modelId}) => modelId === 'amazon.two-v1:0')

  expect(found.map(({modelId, profileId, region, routing}) => [modelId, profileId, region, routing])).toEqual([
    ['amazon.two-v1:0', null, 'eu-west-1', 'in-region'],
    ['amazon.two-v1:0', null, 'eu-west-1', 'geo'],
    ['amazon.two-v1:0', 'eu.amazon.two-v1:0', '*', 'geo'],
  ])
})

test('a price of a unit has its meter and variant, and an unspecified Region stays unknown', async () => {
  await compiled('out')
  const all = await (await openCatalog({folder: join(folder, 'out')})).prices()

  expect(all.find(({amount}) => amount.unit === 2)).toMatchObject({
    modelId: 'guardrails',
    meter: 'guardrail-text-unit',
    variant: 'topic',
    region: null,
    amount: {input: null, unit: 2},
  })
})

test('the files are the same byte for byte, in whatever order the facts stand', async () => {
  const first = await compiled('first')

  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(models, {minLength: models.length}),
      fc.shuffledSubarray(prices, {minLength: prices.length}),
      async (someModels, somePrices) => {
        write({models: someModels, prices: somePrices})

        expect(await compiled('again')).toEqual(first)
      },
    ),
    {numRuns: 10},
  )
})

test('a field nobody has thought about stops the compilation', async () => {
  write({models: [{...models[0], surprise: true}], prices})

  await expect(compiled('out')).rejects.toThrow('surprise')
})

test('the report names what was left out', async () => {
  const report = await compileCatalog({facts: folder, out: join(folder, 'out')})

  expect(report.filter((line) => line.startsWith('left out: models.toolsSource'))).toHaveLength(1)
  expect(report).toContain('documented In-Region, not seen: 1 (amazon.two-v1:0)')
})

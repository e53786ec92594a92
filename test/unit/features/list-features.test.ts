import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {featuresListSchema} from '../../../src/lib/features/features-list.schema.js'
import {type ListFeaturesInput, listFeatures} from '../../../src/lib/features/list-features.js'
import {readBundledRoutes} from '../routing/read-bundled-routes.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

async function list(input: Partial<ListFeaturesInput>) {
  const catalog = await openCatalog()
  const regions = input.regions ?? catalog.regions.map(({name}) => name)
  const reading = input.sameAs === undefined ? undefined : await readBundledRoutes(regions, catalog)
  return listFeatures(
    {features: [], regions, namedRegions: input.regions !== undefined, sameAs: undefined, require: false, ...input},
    {catalog, reading},
  )
}

test('three values: offered, not offered, and unknown where the table names the Region in neither list', async () => {
  const {features} = await list({
    features: ['custom-model-import'],
    regions: ['us-east-1', 'eu-west-3', 'ap-southeast-6'],
  })

  expect(features[0]?.regions.map(({answer}) => answer)).toEqual(['offered', 'not-offered', 'unknown'])
  expect(features[0]).toMatchObject({asOf: '2026-01-25', confidence: 'high'})
})

test('every feature keeps its date, sources and one answer a Region', async () => {
  const result = await list({})

  expect(result.features.length).toBeGreaterThan(30)
  expect(result.features.filter(({regions}) => regions.length !== result.regions.length)).toEqual([])
  expect(featuresListSchema.safeParse(result).error).toBeUndefined()
})

test('a feature that has no table is unknown everywhere', async () => {
  const {features} = await list({features: ['model-distillation']})

  expect(new Set(features[0]?.regions.map(({answer}) => answer))).toEqual(new Set(['unknown']))
})

test('a feature is found by id and by name; a slip is told with what is near', async () => {
  const {features} = await list({features: ['Guardrails', 'guardrails', 'flows'], regions: ['eu-west-1']})

  expect(features.map(({id}) => id)).toEqual(['guardrails', 'flows'])
  await expect(list({features: ['guardrail']})).rejects.toMatchObject({
    code: 'UNKNOWN_FEATURE',
    exitCode: 2,
    why: expect.stringContaining('guardrails'),
  })
})

describe('--same-as', () => {
  test('best first: everything there In-Region, then by a geographic profile, then by Global', async () => {
    const {sameAs} = await list({features: ['guardrails', 'knowledge-base-query'], sameAs: SONNET})

    const good = sameAs?.regions.filter(({answer}) => answer === 'yes') ?? []
    expect(good[0]).toMatchObject({region: 'eu-west-2', route: {kind: 'in-region', id: SONNET}})
    const kinds = good.map(({route}) => route?.kind)
    expect(
      [...kinds].sort(
        (a, b) => ['in-region', 'geo', 'global'].indexOf(a ?? '') - ['in-region', 'geo', 'global'].indexOf(b ?? ''),
      ),
    ).toEqual(kinds)
    expect(sameAs?.regions.slice(0, good.length)).toEqual(good)
  })

  test('a feature with a table of models holds only for the models in it', async () => {
    const {sameAs} = await list({
      features: ['fine-tuning'],
      sameAs: 'amazon.nova-lite-v1:0',
      regions: ['us-east-1', 'us-west-2'],
    })

    expect(sameAs?.regions.map(({region, answer}) => [region, answer])).toEqual([
      ['us-east-1', 'yes'],
      ['us-west-2', 'no'],
    ])
    expect(sameAs?.regions[1]?.features[0]?.reason).toContain('us-east-1')
  })
})

describe('--require', () => {
  test.each([
    [{features: ['guardrails'], regions: ['eu-central-1']}, true],
    [{features: ['guardrails', 'custom-model-import'], regions: ['eu-west-3']}, false],
    [{features: ['data-automation'], regions: ['eu-north-1']}, false],
    [{features: ['model-distillation']}, false],
    [{features: ['custom-model-import']}, true],
    [{features: ['guardrails'], sameAs: SONNET, regions: ['eu-central-1', 'us-east-1']}, true],
    [{features: ['guardrails'], sameAs: SONNET, regions: ['eu-central-1', 'me-south-1']}, false],
    [{features: ['fine-tuning'], sameAs: SONNET}, false],
  ] as const)('%j: %s', async (input, passes) => {
    const {gate} = await list({...input, require: true})

    expect(gate?.passed).toBe(passes)
    expect((gate?.failures.length ?? 0) > 0).toBe(!passes)
  })

  test('the failure names what is lacking', async () => {
    const {gate} = await list({features: ['guardrails', 'data-automation'], regions: ['eu-north-1'], require: true})

    expect(gate?.failures).toEqual(['eu-north-1: data-automation not known'])
  })
})

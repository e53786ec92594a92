import {readFileSync} from 'node:fs'
import {beforeAll, describe, expect, test} from 'vitest'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import type {CatalogModel} from '../../../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {catalogOffer} from '../../../../src/lib/models/offers/catalog-offer.js'
import type {RegionOffer} from '../../../../src/lib/models/offers/offer.js'
import {judgeRoutes} from '../../../../src/lib/models/routes/route-verdicts.js'

interface Sheet {
  readonly model: string
  readonly profiles: Readonly<Record<string, string>>
  readonly destinations: Readonly<Record<string, readonly string[]>>
  readonly rows: readonly {
    readonly region: string
    readonly inRegion: boolean
    readonly from: Readonly<Record<string, string | null>>
  }[]
}

const sheet = JSON.parse(
  readFileSync(new URL('../../../cases/catalog/claude-sonnet-4-6.json', import.meta.url), 'utf8'),
) as Sheet

let catalog: Catalog

beforeAll(async () => {
  catalog = await openCatalog()
})

function judge(modelId: string, region: string, offer: RegionOffer | undefined = catalogOffer(catalog, region)) {
  return judgeRoutes({modelId, catalog, offer, region, unreadReason: undefined, isEnabled: undefined})
}

describe('Claude Sonnet 4.6, typed off the facts by hand', () => {
  test.each(sheet.rows)('from $region', ({region, inRegion, from}) => {
    const routes = judge(sheet.model, region)
    const callable = routes.filter(({mode, answer}) => (mode === 'geo' || mode === 'global') && answer === 'yes')

    expect(routes.find(({mode}) => mode === 'in-region')?.answer).toBe(inRegion ? 'yes' : 'no')
    expect(callable.map(({id}) => id).sort()).toEqual(
      Object.keys(from)
        .map((key) => sheet.profiles[key])
        .sort(),
    )
    for (const route of callable.filter(({mode}) => mode === 'geo')) {
      const key = Object.keys(from).find((name) => sheet.profiles[name] === route.id) ?? ''
      const named = from[key]
      expect(route.destinations).toEqual(
        named === null || named === undefined ? null : (sheet.destinations[named] ?? null),
      )
    }
  })
})

describe('every model and Region of the bundle', () => {
  const alive = (model: CatalogModel) =>
    model.aliasOf === null && model.lifecycle.status !== 'EOL' && model.lifecycle.status !== 'UNLISTED'

  /** Ids and Regions of every yes there should be, from the facts alone. */
  function expected(model: CatalogModel, region: string): readonly (string | null)[] {
    const mantle = catalog.models.find(({aliasOf, mantle}) => aliasOf === model.id && mantle.includes(region))
    return [
      model.inRegion.includes(region) ? model.id : null,
      ...model.profiles.filter(({routes}) => Object.hasOwn(routes, region)).map(({id}) => id),
      model.mantle.includes(region) ? `mantle ${mantle?.id ?? model.id}` : null,
      model.provisioned.some(({regions}) => regions.includes(region)) ? 'provisioned' : null,
    ]
      .filter((id) => id !== null)
      .sort()
  }

  function said(modelId: string, region: string, offer: RegionOffer): readonly string[] {
    return judge(modelId, region, offer)
      .filter(({answer}) => answer === 'yes')
      .map(({mode, id}) => (mode === 'mantle' ? `mantle ${id}` : mode === 'provisioned' ? mode : (id ?? '')))
      .sort()
  }

  test('a route is a yes exactly where the facts hold it, and nowhere else', () => {
    const models = catalog.models.filter(alive)
    const wrong = catalog.regions.flatMap(({name: region}) => {
      const offer = catalogOffer(catalog, region)
      return models
        .filter((model) => said(model.id, region, offer).join() !== expected(model, region).join())
        .map(({id}) => `${id} from ${region}`)
    })

    expect(models.length * catalog.regions.length).toBeGreaterThan(4000)
    expect(wrong).toEqual([])
  })

  test('every no and every unknown says why', () => {
    const silent = catalog.regions.flatMap(({name: region}) => {
      const offer = catalogOffer(catalog, region)
      return catalog.models.flatMap((model) =>
        judge(model.id, region, offer)
          .filter(({answer, reason}) => answer !== 'yes' && !reason)
          .map(({mode}) => `${model.id} ${region} ${mode}`),
      )
    })

    expect(silent).toEqual([])
  })
})

test('a model past its end of life is a no with the date', () => {
  expect(judge('amazon.nova-canvas-v1:0', 'us-east-1')[0]).toMatchObject({
    answer: 'no',
    reason: 'end of life on 2026-09-30',
  })
})

test('a model that only SDK lists name is unknown, not a no', () => {
  expect(judge('ai21.j2-grande-instruct', 'us-east-1')[0]?.answer).toBe('unknown')
})

test('a source Region on which sources disagree is unknown and says so', () => {
  expect(judge(sheet.model, 'me-central-1').find(({mode}) => mode === 'global')).toMatchObject({
    answer: 'unknown',
    reason: 'AWS’s model card lists me-central-1 as a source, API snapshots do not',
  })
})

test('a Region that could not be read leaves every on-demand route unknown with the cause', () => {
  const routes = judgeRoutes({
    modelId: sheet.model,
    catalog,
    offer: undefined,
    region: 'eu-west-1',
    unreadReason: 'denied',
    isEnabled: undefined,
  })

  expect(routes.filter(({mode}) => mode !== 'mantle').map(({answer, reason}) => [answer, reason])).toEqual(
    Array.from({length: 4}, () => ['unknown', 'denied']),
  )
})

test('a profile that the catalog has never seen takes its geography from its destinations, not from its name', () => {
  const offer: RegionOffer = {
    ...catalogOffer(catalog, 'eu-west-1'),
    origin: {kind: 'live', region: 'eu-west-1', asOf: '2026-11-21T00:00:00Z', source: 'test'},
    profiles: [
      {
        id: 'moon.anthropic.claude-sonnet-4-6',
        name: null,
        modelId: sheet.model,
        kind: 'geo',
        destinations: ['ap-northeast-1', 'ap-northeast-3'],
      },
    ],
  }

  expect(judge(sheet.model, 'eu-west-1', offer).find(({mode}) => mode === 'geo')).toMatchObject({
    id: 'moon.anthropic.claude-sonnet-4-6',
    geography: 'jp',
  })
})

test('destinations that the account has not enabled are marked, and still destinations', () => {
  const routes = judgeRoutes({
    modelId: sheet.model,
    catalog,
    offer: catalogOffer(catalog, 'eu-central-1'),
    region: 'eu-central-1',
    unreadReason: undefined,
    isEnabled: (region) => region !== 'eu-south-2',
  })

  expect(routes.find(({mode}) => mode === 'geo')).toMatchObject({
    notEnabledDestinations: ['eu-south-2'],
    destinations: expect.arrayContaining(['eu-south-2']),
  })
})

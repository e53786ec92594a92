import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {modelLifecycle} from '../../../../src/lib/models/lifecycle/model-lifecycle.js'
import type {OfferedLifecycle, RegionOffer} from '../../../../src/lib/models/offers/offer.js'

const OPUS = 'anthropic.claude-opus-4-1-20250805-v1:0'
const DEAD = 'anthropic.claude-3-haiku-20240307-v1:0'
const catalogAt = (day: string) => openCatalog({now: new Date(day)})

function liveOffer(region: string, id: string, lifecycle: Partial<OfferedLifecycle>): RegionOffer {
  return {
    region,
    origin: {kind: 'live', region, asOf: '2026-11-21T12:00:00Z', source: 'bedrock:ListFoundationModels'},
    profiles: [],
    models: [
      {
        id,
        name: null,
        provider: 'Anthropic',
        inRegion: false,
        provisionedIds: [],
        inputModalities: null,
        outputModalities: null,
        streaming: null,
        customizations: null,
        lifecycle: {status: 'ACTIVE', started: null, legacy: null, extendedAccess: null, endOfLife: null, ...lifecycle},
      },
    ],
  }
}

test.each([
  ['2026-07-07', 'ACTIVE', 'legacy', 1],
  ['2026-07-08', 'LEGACY', 'extendedAccess', 92],
  ['2026-10-08', 'EXTENDED_ACCESS', 'endOfLife', 92],
  ['2027-01-07', 'EXTENDED_ACCESS', 'endOfLife', 1],
  ['2027-01-08', 'EOL', undefined, undefined],
])('on %s Claude Opus 4.1 is %s, next %s in %s days', async (day, phase, event, daysLeft) => {
  const model = modelLifecycle(OPUS, {catalog: await catalogAt(day), offers: [], at: new Date(day)})

  expect({phase: model.phase, event: model.next?.event, daysLeft: model.next?.daysLeft}).toEqual({
    phase,
    event,
    daysLeft,
  })
  expect(model.dates.every(({origin}) => origin.kind === 'bundle' && origin.source !== '')).toBe(true)
})

test('a Region that still lists a model as active beats a bundled end that has passed', async () => {
  const at = new Date('2026-11-21')
  const offers = [liveOffer('us-east-1', DEAD, {})]

  const model = modelLifecycle(DEAD, {catalog: await catalogAt('2026-11-21'), offers, at})

  expect(model.phase).toBe('ACTIVE')
  expect(model.dates.map(({event}) => event)).toEqual(['launched'])
})

test('Regions that differ are told, and the furthest speaks for the model', async () => {
  const at = new Date('2026-11-21')
  const offers = [
    liveOffer('us-east-1', OPUS, {}),
    liveOffer('us-west-2', OPUS, {status: 'LEGACY', legacy: '2026-11-01', endOfLife: '2027-05-01'}),
  ]

  const model = modelLifecycle(OPUS, {catalog: await catalogAt('2026-11-21'), offers, at})

  expect(model.differs).toBe(true)
  expect(model.regions.map(({region, phase}) => [region, phase])).toEqual([
    ['us-east-1', 'ACTIVE'],
    ['us-west-2', 'LEGACY'],
  ])
  expect(model.dates.find(({event}) => event === 'endOfLife')).toMatchObject({
    date: '2027-05-01',
    origin: {kind: 'live'},
  })
})

test('a model that only a Region knows is told by what the Region says', async () => {
  const at = new Date('2026-11-21')
  const offers = [liveOffer('us-east-1', 'anthropic.claude-next-1', {status: 'LEGACY', endOfLife: '2026-12-21'})]

  const model = modelLifecycle('anthropic.claude-next-1', {catalog: await catalogAt('2026-11-21'), offers, at})

  expect(model).toMatchObject({phase: 'LEGACY', provider: 'Anthropic', next: {event: 'endOfLife', daysLeft: 30}})
})

test('the suggestion is a living, newer model of the same maker that produces the same', async () => {
  const at = new Date('2026-11-21')
  const catalog = await catalogAt('2026-11-21')

  const ids = catalog.models.filter(({lifecycle}) => lifecycle.status === 'LEGACY' || lifecycle.status === 'EOL')
  const suggested = ids.flatMap(({id}) => {
    const {successor} = modelLifecycle(id, {catalog, offers: [], at})
    return successor ? [{going: catalog.model(id), coming: catalog.model(successor.id)}] : []
  })

  expect(suggested.length).toBeGreaterThan(10)
  for (const {going, coming} of suggested) {
    expect(coming).toMatchObject({provider: going?.provider, lifecycle: {status: 'ACTIVE'}, gated: false})
    expect(coming?.outputModalities).toEqual(expect.arrayContaining([...(going?.outputModalities ?? [])]))
    expect((coming?.lifecycle.launched ?? '') > (going?.lifecycle.launched ?? '')).toBe(true)
  }
  expect(modelLifecycle('amazon.nova-lite-v1:0', {catalog, offers: [], at}).successor).toBeNull()
})

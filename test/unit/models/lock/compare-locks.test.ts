import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {compareLocks} from '../../../../src/lib/models/lock/compare-locks.js'
import {currentLock, formatLock} from '../../../../src/lib/models/lock/current-lock.js'
import type {LockedRoute, LockFile} from '../../../../src/lib/models/lock/lock-file.schema.js'
import {lockFileSchema} from '../../../../src/lib/models/lock/lock-file.schema.js'
import {catalogOffer} from '../../../../src/lib/models/offers/catalog-offer.js'
import type {RegionOffer} from '../../../../src/lib/models/offers/offer.js'

const AT = new Date('2026-11-21T12:00:00Z')
const catalog = await openCatalog({now: AT})
const SONNET = 'anthropic.claude-sonnet-4-6'
const EU = 'eu.anthropic.claude-sonnet-4-6'
const FROM = 'eu-central-1'

function live(region: string): RegionOffer {
  const offer = catalogOffer(catalog, region)
  return {...offer, origin: {kind: 'live', region, asOf: AT.toISOString(), source: 'bedrock:ListFoundationModels'}}
}

function lockOf(offers: readonly RegionOffer[], ids: readonly string[] = [SONNET], at = AT) {
  const regions = offers.map(({region}) => region)
  return currentLock(new Map(ids.map((id) => [id, regions])), {catalog, offers, simulated: false, at})
}

/** The lock as it would have been with other routes from Frankfurt. */
function withRoutes(lock: LockFile, change: (routes: readonly LockedRoute[]) => readonly LockedRoute[]): LockFile {
  const model = lock.models[SONNET]
  if (!model) throw new Error('no Sonnet in the lock')
  const routes = change(model.from[FROM]?.routes ?? [])
  return {...lock, models: {...lock.models, [SONNET]: {...model, from: {...model.from, [FROM]: {routes}}}}}
}

const wordsOf = (locked: LockFile, now = lockOf([live(FROM)])) =>
  compareLocks(locked, now).changes.map(({words}) => words)

describe('what changed is told in words', () => {
  const {lock} = lockOf([live(FROM)])

  test('nothing when nothing did', () => {
    expect(compareLocks(lock, lockOf([live(FROM)]))).toEqual({changes: [], undecided: []})
  })

  test('a destination more, a destination less', () => {
    const locked = withRoutes(lock, (routes) =>
      routes.map((route) => (route.id === EU ? {...route, destinations: ['eu-central-1', 'eu-west-2']} : route)),
    )

    const words = wordsOf(locked)

    expect(words).toContain(`${EU} from ${FROM}: destination added eu-north-1`)
    expect(words).toContain(`${EU} from ${FROM}: destination removed eu-west-2`)
  })

  test('a profile that is gone and a route that has come', () => {
    const gone = 'eu.anthropic.claude-sonnet-4-6-old'
    const locked = withRoutes(lock, (routes) => [
      ...routes.filter(({mode}) => mode !== 'global'),
      {mode: 'geo', id: gone, destinations: [FROM]},
      {mode: 'in-region', id: SONNET, destinations: [FROM]},
    ])

    const words = wordsOf(locked)

    expect(words).toEqual([
      `${gone} from ${FROM}: profile gone`,
      `${SONNET} from ${FROM}: In-Region no longer offered`,
      `global.${SONNET} from ${FROM}: profile now offered`,
    ])
  })

  test('In-Region that is offered now', () => {
    const london = lockOf([live('eu-west-2')])
    const locked = {
      ...london.lock,
      models: {[SONNET]: {...london.lock.models[SONNET], from: {'eu-west-2': {routes: []}}}},
    } as LockFile

    expect(wordsOf(locked, london)).toContain(`${SONNET} from eu-west-2: In-Region now offered`)
  })

  test('a model that became legacy, with its end', () => {
    const opus = 'anthropic.claude-opus-4-1-20250805-v1:0'
    const offers = [catalogOffer(catalog, 'us-east-1')]
    const before = lockOf(offers, [opus], new Date('2026-07-01'))

    const {changes} = compareLocks(before.lock, lockOf(offers, [opus], new Date('2026-08-01')))

    expect(changes.map(({words}) => words)).toEqual([`${opus} became LEGACY, end of life 2027-01-08`])
  })

  test('a date that moved', () => {
    const model = lock.models[SONNET]
    if (!model) throw new Error('no Sonnet in the lock')
    const dated = (endOfLife: string | null) => ({
      ...lock,
      models: {[SONNET]: {...model, lifecycle: {...model.lifecycle, endOfLife}}},
    })
    const now = (endOfLife: string | null) => ({...lockOf([live(FROM)]), lock: dated(endOfLife)})

    expect(wordsOf(dated('2027-04-08'), now('2027-05-08'))).toEqual([
      `${SONNET}: end of life moved from 2027-04-08 to 2027-05-08`,
    ])
    expect(wordsOf(dated(null), now('2027-05-08'))).toEqual([`${SONNET}: end of life set to 2027-05-08`])
    expect(wordsOf(dated('2027-05-08'), now(null))).toEqual([`${SONNET}: end of life 2027-05-08 is no longer given`])
  })
})

test('a Region that was not read is no change', () => {
  const both = lockOf([live(FROM), live('us-east-1')])
  const one = currentLock(new Map([[SONNET, [FROM, 'us-east-1']]]), {
    catalog,
    offers: [live(FROM)],
    simulated: false,
    at: AT,
  })

  expect(compareLocks(both.lock, one)).toEqual({changes: [], undecided: []})
})

test('what the bundle cannot tell is not compared', () => {
  const id = 'anthropic.claude-next-9'
  const {lock} = lockOf([live(FROM)])
  const locked = {...lock, models: {[id]: {...lock.models[SONNET]}}} as LockFile
  const now = currentLock(new Map([[id, [FROM]]]), {
    catalog,
    offers: [catalogOffer(catalog, FROM)],
    simulated: false,
    at: AT,
  })

  const {changes, undecided} = compareLocks(locked, now)

  expect(changes).toEqual([])
  expect(undecided.length).toBeGreaterThan(1)
})

test('the text of a lock does not depend on the order of models, Regions and destinations', () => {
  const ids = catalog.models.filter(({aliasOf}) => aliasOf === null).map(({id}) => id)
  const regions = ['eu-central-1', 'us-east-1', 'ap-northeast-1', 'eu-west-2']
  fc.assert(
    fc.property(
      fc.shuffledSubarray(ids, {minLength: 1, maxLength: 8}),
      fc.shuffledSubarray(regions, {minLength: 1}),
      (some, from) => {
        const text = formatLock(lockOf(from.map(live), some).lock)
        const again = formatLock(lockOf(from.toSorted().map(live), some.toSorted()).lock)

        expect(text).toBe(again)
        expect(lockFileSchema.parse(JSON.parse(text))).toEqual(JSON.parse(text))
      },
    ),
    {numRuns: 50},
  )
})

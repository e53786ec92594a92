import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {KEPT_MINUTES} from '../../../../../src/lib/monitor/board/traffic/plan-look.js'
import type {TrafficMinute, TrafficSeries} from '../../../../../src/lib/monitor/board/traffic/traffic.schema.js'
import {MOST_ROWS, mergeMinutes, trafficSlice} from '../../../../../src/lib/monitor/board/traffic/traffic-slice.js'
import {minuteWith, SONNET, seriesWith} from '../../../../support/traffic-row.js'

const AT = 29_000_000
const reading = (rows: readonly TrafficSeries[], minute = AT, place: string | null = 'eu-central-1') =>
  ({topic: 'traffic', place, atMs: minute * 60_000, tookMs: 1, calls: 1, metrics: 1, rows}) as const
const fold = trafficSlice.fold
const minutesAfter = (...looks: readonly (readonly TrafficMinute[])[]) => {
  const kept = looks.reduce((all, minutes) => fold(all, reading([seriesWith(minutes)])), trafficSlice.initial)
  return [...kept.values()][0]?.minutes
}

describe('minutes', () => {
  test('a minute that is read again replaces what was, and what was not asked again stays', () => {
    const first = [minuteWith(AT - 1, {invocations: 5, quotaTokens: 7}), minuteWith(AT, {invocations: 1})]
    const second = [minuteWith(AT, {invocations: 3, throttles: null, output: null})]

    expect(minutesAfter(first, second)).toEqual([first[0], minuteWith(AT, {invocations: 3})])
  })

  test('looks at parts of the same minutes come to the same, in whatever order', () => {
    const truth = Array.from({length: 30}, (_, at) => minuteWith(AT - 29 + at, {invocations: at, latencyP50: at * 10}))
    const part = fc
      .tuple(fc.nat(29), fc.integer({min: 1, max: 12}))
      .map(([from, count]) => truth.slice(from, from + count))
    fc.assert(
      fc.property(fc.array(part, {minLength: 1, maxLength: 8}), fc.infiniteStream(fc.nat()), (parts, dice) => {
        const shuffled = parts.map((one) => ({one, by: dice.next().value ?? 0})).toSorted((a, b) => a.by - b.by)
        const merged = minutesAfter(...parts)

        expect(minutesAfter(...shuffled.map(({one}) => one))).toEqual(merged)
        expect(merged).toEqual(truth.filter((minute) => parts.some((one) => one.includes(minute))))
      }),
      {numRuns: 100},
    )
  })

  test('what did not change is the same object, to the list itself', () => {
    const known = [minuteWith(AT - 1, {invocations: 5}), minuteWith(AT, {invocations: 1})]

    const same = mergeMinutes(known, [minuteWith(AT, {invocations: 1})])
    const grown = mergeMinutes(known, [minuteWith(AT, {invocations: 2})])

    expect(same).toBe(known)
    expect(grown[0]).toBe(known[0])
    expect(grown[1]).toEqual(minuteWith(AT, {invocations: 2}))
  })
})

describe('rows', () => {
  test('a reading that tells nothing new leaves all as it was', () => {
    const kept = fold(trafficSlice.initial, reading([seriesWith([minuteWith(AT, {invocations: 1})])]))

    expect(fold(kept, reading([seriesWith([minuteWith(AT, {invocations: 1})])]))).toBe(kept)
    expect(fold(kept, reading([]))).toBe(kept)
  })

  test('endpoints, tiers and Regions are rows of their own', () => {
    const minutes = [minuteWith(AT, {invocations: 1})]
    const here = fold(
      trafficSlice.initial,
      reading([seriesWith(minutes), seriesWith(minutes, {tier: 'flex'}), seriesWith(minutes, {endpoint: 'mantle'})]),
    )
    const both = fold(here, reading([seriesWith(minutes)], AT, 'us-east-1'))

    expect([...both.keys()]).toEqual([
      `eu-central-1 runtime ${SONNET} *`,
      `eu-central-1 runtime ${SONNET} flex`,
      `eu-central-1 mantle ${SONNET} *`,
      `us-east-1 runtime ${SONNET} *`,
    ])
    expect(trafficSlice.keep(both, new Set(['us-east-1'])).size).toBe(1)
    expect(trafficSlice.keep(both, new Set(['us-east-1', 'eu-central-1']))).toBe(both)
  })

  test('minutes go after three hours, and a row with them', () => {
    const kept = fold(trafficSlice.initial, reading([seriesWith([minuteWith(AT - 1), minuteWith(AT)])]))

    const later = fold(kept, reading([], AT + KEPT_MINUTES))
    const gone = fold(kept, reading([], AT + KEPT_MINUTES + 1))

    expect([...later.values()].map(({minutes}) => minutes.map(({minute}) => minute))).toEqual([[AT]])
    expect(gone.size).toBe(0)
  })

  test('however many ids are called, the memory is bounded, and those called last stay', () => {
    const many = Array.from({length: MOST_ROWS + 50}, (_, at) =>
      seriesWith([minuteWith(AT - (at < 50 ? 9 : 0), {invocations: 1})], {modelId: `model-${at}`}),
    )

    const kept = fold(trafficSlice.initial, reading(many))

    expect(kept.size).toBe(MOST_ROWS)
    expect([...kept.values()].some(({modelId}) => modelId === 'model-0')).toBe(false)
    expect([...kept.values()].some(({modelId}) => modelId === 'model-1049')).toBe(true)
  })
})

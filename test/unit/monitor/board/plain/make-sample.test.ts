import {expect, test} from 'vitest'
import {makeSample} from '../../../../../src/lib/monitor/board/plain/make-sample.js'
import {boardReducer, initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import type {BoardEvent} from '../../../../../src/lib/monitor/board/state.js'
import {seenRows} from '../../../../../src/lib/monitor/board/traffic/seen.js'
import {LAST, lastMinutes, NOW, quotaLimit, ratePrice, trafficRow} from '../../../../support/board-money.js'

const {about, endpoint, modelId, region, tier} = trafficRow()
const STOPPED = 'stopped'
const minutesUntil = (last: number) => lastMinutes().map((one) => ({...one, minute: one.minute - LAST + last}))
const LOOK = {place: region, tookMs: 1, calls: 1, metrics: 1}

/** A board at `nowMs` that read, at `readAtMs`, of a model that is called until `last` and one that stopped 2 minutes before. */
function sampleOf(last: number, {nowMs = NOW, readAtMs = NOW} = {}) {
  const series = [
    {endpoint, modelId, tier, about, minutes: minutesUntil(last)},
    {endpoint, modelId: STOPPED, tier, about, minutes: minutesUntil(last - 2)},
  ]
  const prices = [ratePrice(), ratePrice({modelId: STOPPED})]
  const readings = [
    {...LOOK, atMs: readAtMs, topic: 'traffic', rows: series},
    {...LOOK, atMs: readAtMs, topic: 'prices', rows: prices},
    {...LOOK, atMs: readAtMs, topic: 'quotas', rows: [quotaLimit()]},
  ] as const
  const subject = {account: '1', profile: null, regions: [region], simulated: false, replayed: false}
  const feeds = readings.map(({topic}) => [topic, region] as const)
  const events: BoardEvent[] = [
    {type: 'watching', subject, feeds},
    ...readings.map((reading): BoardEvent => ({type: 'read', reading, nextAtMs: readAtMs + 30_000})),
    {type: 'ticked', nowMs},
  ]
  const start = initialBoardState({size: {columns: 80, rows: 24}, nowMs: readAtMs, intervalMs: 30_000, subject})
  const state = events.reduce(boardReducer([]), start)
  const {quotas, traffic} = makeSample(state, new Set())
  const [busy, stopped] = traffic
  return {busy, stopped, quota: quotas[0], table: seenRows(state)}
}

test('a model that stopped is silent at once, and costs what its last minutes come to, while others are counted', () => {
  const {busy, quota, stopped} = sampleOf(LAST)

  expect([busy?.minute, busy?.input, stopped?.minute, stopped?.input]).toEqual([
    ...['2026-11-21T11:59:00.000Z', 1000, '2026-11-21T11:59:00.000Z', null],
  ])
  expect(Number(stopped?.perHour)).toBeCloseTo((Number(busy?.perHour) * 3) / 5, 9)
  expect(quota?.used).toBe(2700)
})

test.each([
  ['CloudWatch is late by two minutes', sampleOf(LAST - 2)],
  ['a Region was read an hour ago', sampleOf(LAST, {nowMs: NOW + 3_600_000})],
])(
  'where %s, figures are of the last minute that is known, in samples as in tables',
  (_, {busy, quota, stopped, table}) => {
    expect([busy?.input, quota?.used]).toEqual([1000, 2700])
    expect(table.map(({rate}) => rate.perHour?.toFixed())).toEqual([busy?.perHour, stopped?.perHour])
  },
)

test('once nothing was counted for five minutes, nothing is called', () => {
  const {busy, quota} = sampleOf(LAST - 5)

  expect([busy?.input, busy?.perHour, quota?.used]).toEqual([null, '0', 0])
})

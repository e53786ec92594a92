import {describe, expect, test} from 'vitest'
import type {BoardCapacity} from '../../../../../src/lib/monitor/board/capacity/capacity.schema.js'
import type {TrafficRow} from '../../../../../src/lib/monitor/board/data.js'
import type {JobRow} from '../../../../../src/lib/monitor/board/jobs/jobs.schema.js'
import {dayUse} from '../../../../../src/lib/monitor/board/quotas/day-use.js'
import {heldUse} from '../../../../../src/lib/monitor/board/quotas/held-use.js'
import {quotaRows} from '../../../../../src/lib/monitor/board/quotas/quota-rows.js'
import type {QuotaLimit} from '../../../../../src/lib/monitor/board/quotas/quotas.schema.js'
import {quotasView} from '../../../../../src/lib/monitor/board/quotas/quotas-view.js'
import {initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../../../../src/lib/monitor/board/state.js'
import {
  costRow,
  LAST,
  lastMinutes,
  NOW,
  quotaLimit,
  trafficMinute,
  trafficRow,
} from '../../../../support/board-money.js'
import {SUBJECT} from '../../../../support/board-stage.js'

const REGION = 'us-east-1'
const ROOM = {columns: 80, rows: 24, color: false, unicode: true}

function stateOf(rows: readonly TrafficRow[], limits: readonly QuotaLimit[] | undefined): BoardState {
  const size = {columns: 80, rows: 24}
  const state = initialBoardState({subject: SUBJECT, nowMs: NOW, intervalMs: 30_000, size})
  const traffic = new Map(rows.map((row) => [row.key, row]))
  const quotas = new Map(limits === undefined ? [] : [[REGION, {atMs: NOW, rows: limits}] as const])
  return {...state, data: {...state.data, traffic, quotas}}
}

describe('the table', () => {
  const us = trafficRow({key: 'us'})
  const profile = trafficRow({key: 'own', modelId: 'arn:own', about: {kind: 'application-profile', name: 'checkout'}})
  const limit = quotaLimit({value: 6000})

  test('adds up minute by minute what several ids take of one quota', () => {
    const [row] = quotaRows(stateOf([us, profile], [limit]))

    // Twice 1000 + 200 + 300 × 5.
    expect(row).toMatchObject({used: 5400, share: 0.9, peak: 5400, value: 6000})
    expect(row?.callers.map(({modelId}) => modelId)).toEqual([us.modelId, 'arn:own'])
  })

  test('counts a call once where CloudWatch tells tiers beside their sum', () => {
    const flex = trafficRow({key: 'flex', tier: 'flex'})

    expect(quotaRows(stateOf([us, flex], [limit]))[0]?.used).toBe(2700)
  })

  test('says how full each is, in words and a bar, and shows no quota that nothing takes of', () => {
    const idle = quotaLimit({code: 'L-IDLE', model: 'amazon.nova-lite-v1:0'})
    const {rows, sortedBy} = quotasView.table(stateOf([us, profile], [limit, idle]))
    const texts = rows.map(({cells}) => Object.values(cells).map(({text}) => text))

    expect(sortedBy).toBe('-share')
    expect(texts).toEqual([
      [limit.model, 'TPM geo', REGION, '90 %', '[||||||||| ]', '5.4k', '6k', '5.4k', '-', limit.code, 'yes'],
    ])
    expect(rows[0]?.cells['share']?.tone).toBe('bad')
  })

  test('calls without a known quota are told last, with the reason', () => {
    const row = trafficRow({about: {model: 'anthropic.claude-opus-5'}})
    const [unknown] = quotasView.table(stateOf([row], [limit])).rows

    expect([unknown?.cells['share'], unknown?.cells['kind']?.text]).toEqual([{text: '?', sort: undefined}, 'unknown'])
    expect(quotasView.describe(stateOf([row], [limit]), unknown?.key ?? '')).toContainEqual([
      'unknown',
      'no quota of tokens by the minute is known for anthropic.claude-opus-5, called geo',
    ])
  })

  test('names the right that is missing', () => {
    const trouble = {
      kind: 'denied',
      code: 'ACCESS_DENIED',
      message: 'no',
      action: 'servicequotas:ListServiceQuotas',
    } as const
    const feed = {
      status: 'denied',
      readAtMs: undefined,
      nextAtMs: undefined,
      trouble: {...trouble, hint: null},
    } as const
    const state = {...stateOf([us], undefined), feeds: new Map([[`quotas ${REGION}`, feed]])}

    expect(quotaRows(state)[0]?.why).toBe('quotas may not be read: servicequotas:ListServiceQuotas')
  })

  test('what is old is told of its own minute', () => {
    const feed = {status: 'stale', readAtMs: NOW, nextAtMs: undefined, trouble: undefined} as const
    const later = {...stateOf([us], [limit]), nowMs: NOW + 1_200_000, feeds: new Map([[`traffic ${REGION}`, feed]])}

    expect(quotaRows(later)[0]?.used).toBe(2700)
  })

  test('the page shows the last hour, what calls it, and how to ask for more', () => {
    const estimated = {...us, minutes: lastMinutes({quotaTokens: 2500})}
    const state = stateOf([estimated, profile], [limit])
    const page = quotasView.page?.(state, `${REGION} ${limit.code}`, {...ROOM, columns: 200})
    const text = page?.lines.map((line) => line.map((span) => span.text).join('')).join('\n') ?? ''

    expect(text).toContain('counted     input, cache writes, and output × 5; cache reads take nothing')
    expect(text).toContain('estimate    2.5k at 11:59, as EstimatedTPMQuotaUsage says')
    expect(text).toContain('checkout  app geo  2.7k at 11:59, busiest minute 2.7k')
    expect(text).toContain(
      `aws service-quotas request-service-quota-increase --service-code bedrock --region ${REGION} --quota-code ${limit.code} --desired-value 9000`,
    )
  })
})

describe('a quota by the day', () => {
  const name = 'Model invocation max tokens per day for Anthropic Claude Sonnet 4.6 (doubled for cross-region calls)'
  const tpd = quotaLimit({kind: 'tpd', route: null, name, value: 1_000_000})
  const tokensToday = {input: 100_000, output: 50_000, cacheRead: 9, cacheWrite: 10_000}
  // Read five minutes ago: 100,000 + 10,000 + 50,000 × 5.
  const counted = {atMs: NOW - 300_000, rows: [costRow({tokensToday})]}

  test('is what was counted until the last look, and the minutes since', () => {
    const {used, value} = dayUse(tpd, [trafficRow()], counted, NOW)

    expect([used, value]).toEqual([360_000 + 5 * 2700, 2_000_000])
  })

  test('is doubled only where all of it is called cross-Region', () => {
    const inRegion = trafficRow({about: {kind: 'model', route: 'in-region'}})

    expect(dayUse(tpd, [trafficRow(), inRegion], counted, NOW).value).toBe(1_000_000)
    expect(dayUse({...tpd, name: 'tokens per day'}, [trafficRow()], counted, NOW).value).toBe(1_000_000)
  })

  test('tells how long what is left will do, at the pace of a quarter of an hour', () => {
    const minutes = Array.from({length: 15}, (_, at) =>
      trafficMinute(LAST - 14 + at, {input: 0, cacheWrite: 0, output: 10_000}),
    )
    const left = dayUse({...tpd, value: 1_500_000}, [trafficRow({minutes})], counted, NOW)

    // 3,000,000 less 360,000 and five minutes of 50,000, at 50,000 a minute.
    expect(left.leftMs).toBe(((3_000_000 - 360_000 - 250_000) / 50_000) * 60_000)
    expect(left.assumes).toContain('time left: at the mean of the last 15 minutes')
  })

  test('does not end where it lasts until midnight, and nothing is said before the day was counted', () => {
    expect(dayUse(tpd, [trafficRow()], counted, NOW).leftMs).toBeNull()
    expect(dayUse(tpd, [trafficRow()], undefined, NOW)).toMatchObject({used: null, leftMs: null})
  })

  test('begins anew with the day', () => {
    const midnight = Date.parse('2026-11-22T00:02:30Z')
    const minutes = [trafficMinute(midnight / 60_000 - 5.5), trafficMinute(midnight / 60_000 - 1.5)]

    expect(dayUse(tpd, [trafficRow({minutes})], counted, midnight).used).toBe(2700)
  })

  test('is that of the new day as soon as it was read, though the minutes of the old one are the last told', () => {
    const lastOfDay = Date.parse('2026-11-22T00:00:00Z') - 60_000
    const minutes = [trafficMinute(lastOfDay / 60_000 - 1)]
    const after = {...counted, atMs: lastOfDay + 120_000}

    expect(dayUse(tpd, [trafficRow({minutes})], after, lastOfDay).used).toBe(360_000)
  })

  test('of all models takes every call, and is said to be at least', () => {
    const all = quotaLimit({
      kind: 'tpd',
      route: null,
      model: null,
      named: null,
      outputBurndown: null,
      value: 700_000_000,
    })
    const row = trafficRow({about: {model: null, kind: 'unknown'}})
    const [found] = quotaRows({...stateOf([row], [all])}).filter(({limit}) => limit !== undefined)

    expect(found?.per).toBe('day')
    expect(dayUse(all, [row], counted, NOW)).toMatchObject({used: 160_000 + 5 * 1500, value: 700_000_000})
    expect(dayUse(all, [row], counted, NOW).assumes[0]).toContain('at least')
  })
})

describe('what is held', () => {
  const job = (name: string, model: string, live = true) => ({kind: 'batch', name, model, live}) as JobRow
  const units = (name: string, own: Partial<BoardCapacity>) =>
    ({
      kind: 'provisioned',
      name,
      units: 2,
      commitment: 'none',
      modelArn: ':foundation-model/x',
      ...own,
    }) as BoardCapacity

  test('open batch jobs of the model, however it is called', () => {
    const limit = quotaLimit({kind: 'batch-jobs', route: null, model: 'amazon.nova-lite-v1:0'})
    const jobs = [
      job('a', 'amazon.nova-lite-v1:0'),
      job('b', 'us.amazon.nova-lite-v1:0'),
      job('c', 'arn:x::foundation-model/amazon.nova-lite-v1:0'),
      job('done', 'amazon.nova-lite-v1:0', false),
      job('other', 'amazon.nova-pro-v1:0'),
    ]

    expect(heldUse(limit, {jobs, capacity: []})).toEqual({used: 3, holders: ['a', 'b', 'c']})
    expect(heldUse(limit, {jobs: undefined, capacity: []}).used).toBeNull()
  })

  test('model units: the largest of a model, and together where none is committed', () => {
    const capacity = [
      units('a', {baseModelId: 'm'}),
      units('b', {baseModelId: 'm', units: 3}),
      units('kept', {baseModelId: 'm', units: 9, commitment: '1-month', modelArn: ':custom-model/y'}),
      units('own', {baseModelId: 'n', modelArn: 'arn:x:custom-model/y'}),
    ]
    const perModel = quotaLimit({kind: 'model-units', model: 'm', named: 'M'})
    const across = (what: string) =>
      quotaLimit({
        ...{kind: 'model-units', model: null, named: null},
        name: `Model units no-commitment Provisioned Throughputs across ${what} models`,
      })

    expect(heldUse(perModel, {jobs: [], capacity})).toEqual({used: 9, holders: ['a', 'b', 'kept']})
    expect(heldUse(across('base'), {jobs: [], capacity})).toEqual({used: 5, holders: ['a', 'b']})
    expect(heldUse(across('custom'), {jobs: [], capacity})).toEqual({used: 2, holders: ['own']})
  })
})

test('a quota of nothing that holds something is over', () => {
  const limit = quotaLimit({code: 'L-0', kind: 'imported-models', model: null, named: null, value: 0})
  const state = stateOf([], [limit])
  const capacity = new Map([[REGION, {atMs: NOW, rows: [{kind: 'imported', name: 'house'} as BoardCapacity]}]])
  const [row] = quotasView.table({...state, data: {...state.data, capacity}}).rows

  expect([row?.cells['share']?.text, row?.cells['used']?.text]).toEqual(['over', '1'])
})

test('minutes without any metric leave a quota unknown', () => {
  const minutes = lastMinutes({input: null, output: null})

  expect(quotaRows(stateOf([trafficRow({minutes})], [quotaLimit()]))[0]).toMatchObject({used: null, share: null})
})

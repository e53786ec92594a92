import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import type {JournalEvent} from '../../../../src/lib/batch/group/journal.schema.js'
import {RecordTally} from '../../../../src/lib/batch/plan/record-tally.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {standingOfGroup} from '../../../../src/lib/batch/progress/group-standing.js'
import {hopelessShards} from '../../../../src/lib/batch/retry/hopeless-shards.js'
import {makeRound} from '../../../../src/lib/batch/retry/make-round.js'
import {INCLUDABLE, isRetried} from '../../../../src/lib/batch/retry/retry-classes.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import {NO_TEXT} from '../../../../src/lib/jsonl/text-measure.js'
import {createdEvents, jobOf, NOON, planOf} from '../../../support/batch-case.js'

const NO_STATS = {...NO_TEXT, images: 0, maxOutputTokens: undefined, s3Media: 0}
const signal = new AbortController().signal

describe('classes', () => {
  test('what passes is tried again by itself, what would fail again only when asked for', () => {
    const alone = (['missing', 'throttled', 'timeout', 'model-error'] as const).map((one) => isRetried(one, []))
    const asked = (['validation', 'content-filter', 'other', 'failed-job'] as const).map((one) => [
      isRetried(one, []),
      isRetried(one, INCLUDABLE),
    ])

    expect(alone).toEqual([true, true, true, true])
    expect(asked).toEqual(Array(4).fill([false, true]))
  })
})

describe('records of a job that failed', () => {
  const plans = [planOf([200, 300])]

  function shardAt(offset: number, jobs: readonly BatchJob[], more: readonly JournalEvent[] = [], rounds = plans) {
    const made = rounds.flatMap(({round, shards}) =>
      createdEvents(
        shards.map(({number}) => number),
        round,
      ),
    )
    const state = foldJournal(rounds, [...made, ...more])
    return hopelessShards(standingOfGroup(state, jobs))(offset)?.shard
  }

  const failed = (message: string | null) => [jobOf(1, {state: 'Completed'}), jobOf(2, {state: 'Failed', message})]

  test.each([
    ['malformed JSON in line 7', 2],
    ['nobody has seen this before', 2],
    [null, 2],
    ["Customer doesn't have permissions to invokeModel", undefined],
    ['An internal error, please try again', undefined],
  ])('are hopeless by the message %s in shard %s', (message, shard) => {
    expect(shardAt(2000, failed(message))).toBe(shard)
  })

  test('are those of its segments and no others', () => {
    const jobs = failed('malformed')

    expect([0, 1999, 2000, 4999, 5000].map((offset) => shardAt(offset, jobs))).toEqual([
      undefined,
      undefined,
      2,
      2,
      undefined,
    ])
  })

  test('are judged by the last round that tried them', () => {
    const again = planOf([300], {round: 2})
    const [shard] = again.shards
    const later = {...again, shards: shard ? [{...shard, segments: [[2000, 5000] as const]}] : []}
    const jobs = [...failed('malformed'), jobOf(1, {round: 2, state: 'Expired'})]

    expect(shardAt(2000, jobs, [], [...plans, later])).toBeUndefined()
  })
})

/** A source whose bytes are their own offsets, by 256. */
function sourceOf(bytes: number): ByteSource {
  const whole = Buffer.from(Array.from({length: bytes}, (_, index) => index % 256))
  return {
    name: '/data/prompts.jsonl',
    bytes,
    revision: 'r1',
    async *read({start, end} = {start: 0, end: bytes}) {
      yield whole.subarray(start, end)
    },
  } as ByteSource
}

describe('the next round', () => {
  const first = planOf([1000])
  const source = sourceOf(10_000)

  function tallyOf(records: readonly number[]): RecordTally {
    const tally = new RecordTally()
    for (const record of records) tally.add(record * 10, 10, NO_STATS)
    return tally
  }

  const roundOf = (records: readonly number[], plans = [first]) =>
    makeRound({plans, tally: tallyOf(records), source, now: new Date(NOON), signal})

  test('has the chosen records as byte ranges of the same input, their digest and their share of the price', async () => {
    const plan = await roundOf(Array.from({length: 250}, (_, index) => index * 2))

    expect(plan).toMatchObject({round: 2, group: 'pile', input: first.input})
    expect(plan.shards).toHaveLength(1)
    expect(plan.shards[0]?.segments.slice(0, 2)).toEqual([
      [0, 10],
      [20, 30],
    ])
    expect(plan.price).toMatchObject({input: '2.5', outputAtMost: '10', inputTokens: 250})
  })

  test('is refused where fewer records are left than a job takes, with what to do instead', async () => {
    await expect(roundOf([1, 2, 3])).rejects.toMatchObject({
      code: 'TOO_FEW_RECORDS',
      actions: ['bedrockctl batch retry pile --on-demand', 'bedrockctl batch collect pile --failed failed.jsonl'],
    })
  })

  test('holds each chosen record once and nothing else, within the limits', async () => {
    const limits = {...first.limits, recordsPerFile: {...first.limits.recordsPerFile, value: 150}}
    const chosen = fc.uniqueArray(fc.integer({min: 0, max: 999}), {minLength: 100, maxLength: 600})
    await fc.assert(
      fc.asyncProperty(chosen, async (records) => {
        const sorted = records.toSorted((a, b) => a - b)
        // 151 to 199 records make no two jobs of 100 to 150.
        fc.pre(sorted.length <= 150 || sorted.length >= 200)
        const {shards} = await roundOf(sorted, [{...first, limits}])
        const covered = shards.flatMap(({segments}) =>
          segments.flatMap(([start, end]) => Array.from({length: (end - start) / 10}, (_, at) => start / 10 + at)),
        )

        expect(covered).toEqual(sorted)
        expect(shards.every((shard) => shard.records >= 100 && shard.records <= 150)).toBe(true)
        const [shard] = shards
        const bytes = Buffer.concat((shard?.segments ?? []).map(([start, end]) => bytesOf(start, end)))
        expect(shard?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      }),
      {numRuns: 40},
    )
  })
})

function bytesOf(start: number, end: number): Buffer {
  return Buffer.from(Array.from({length: end - start}, (_, index) => (start + index) % 256))
}

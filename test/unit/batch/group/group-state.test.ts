import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import type {JournalEvent} from '../../../../src/lib/batch/group/journal.schema.js'
import {batchPlan} from '../../../support/batch-plan.js'

const first = {at: '2026-11-21T12:00:00.000Z', round: 1, shard: 1}
const counts = {total: 100, processed: 100, succeeded: 97, failed: 3}
const STEPS: readonly (readonly [JournalEvent, string])[] = [
  [{kind: 'upload-started', ...first, uploadId: 'u', partBytes: 8}, 'uploading'],
  [{kind: 'uploaded', ...first, etag: 'e', bytes: 1000}, 'uploaded'],
  [{kind: 'job-asked', ...first, name: 'nightly-r1-0001', token: 't'}, 'asked'],
  [{kind: 'job-refused', ...first, code: 'VALIDATION', said: 'no'}, 'refused'],
  [{kind: 'job-asked', ...first, name: 'nightly-r1-0001', token: 't'}, 'asked'],
  [{kind: 'job-created', ...first, arn: 'arn:x'}, 'created'],
  [{kind: 'stop-asked', ...first, arn: 'arn:x'}, 'created'],
  [{kind: 'job-ended', ...first, arn: 'arn:x', state: 'Stopped', said: null, ...counts}, 'ended'],
]

describe('the fold of a journal', () => {
  test('begins with every shard planned', () => {
    const {name, rounds} = foldJournal([batchPlan()], [])

    expect(name).toBe('nightly')
    expect(rounds.map(({shards}) => shards.map(({number, state}) => [number, state]))).toEqual([
      [
        [1, 'planned'],
        [2, 'planned'],
      ],
    ])
  })

  test.each(STEPS.map(([event, state], index) => [index, event.kind, state] as const))(
    'after event %i, %s, the shard is %s',
    (index, _, state) => {
      const events = STEPS.slice(0, index + 1).map(([event]) => event)

      const shards = foldJournal([batchPlan()], events).rounds[0]?.shards

      expect(shards?.map((shard) => shard.state)).toEqual([state, 'planned'])
    },
  )

  test('keeps what is known of a job to its end', () => {
    const [shard] = foldJournal(
      [batchPlan()],
      STEPS.map(([event]) => event),
    ).rounds[0]?.shards ?? [undefined]

    expect(shard).toMatchObject({
      upload: undefined,
      object: {etag: 'e', bytes: 1000},
      job: {arn: 'arn:x'},
      refusal: undefined,
      stopAskedAt: first.at,
      end: {state: 'Stopped', records: counts},
    })
  })

  test('keeps rounds apart', () => {
    const plans = [batchPlan(), batchPlan({round: 2})]

    const {rounds} = foldJournal(plans, [{kind: 'uploaded', ...first, round: 2, etag: 'e', bytes: 1000}])

    expect(rounds.map(({shards}) => shards[0]?.state)).toEqual(['planned', 'uploaded'])
  })

  test('refuses an event of a shard that no plan has', () => {
    expect(() => foldJournal([batchPlan()], [{kind: 'uploaded', ...first, shard: 9, etag: 'e', bytes: 1}])).toThrow(
      'tells of a shard that no plan has',
    )
  })
})

import {describe, expect, test} from 'vitest'
import type {CustomizationRow, PhaseRow} from '../../../../src/lib/customizations/customization.schema.js'
import {jobRow} from '../../../../src/lib/customizations/job-row.js'
import type {CustomizationJob, Phase} from '../../../../src/lib/customizations/ports.js'
import {changeLine} from '../../../../src/lib/customizations/watch/render-watch.js'
import {watchChanges} from '../../../../src/lib/customizations/watch/watch-changes.js'
import {watchFrame} from '../../../../src/lib/customizations/watch/watch-frame-words.js'
import type {JobLook} from '../../../../src/lib/customizations/watch/watch-job.js'
import {bodyOf} from '../../../../src/lib/monitor/job/state.js'
import {widthOf} from '../../../../src/lib/monitor/text-width.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const PLAIN = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

function phase(name: PhaseRow['name'], state: string, seconds: number | null = null): PhaseRow {
  return {name, state, startedAt: null, endedAt: null, seconds}
}

function look(phases: readonly PhaseRow[], steps = 0, over: Partial<CustomizationRow> = {}): JobLook {
  const points = Array.from({length: steps}, (_, step) => ({step, epoch: 0, value: 2 - step / 100}))
  return {
    row: {
      name: 'tone',
      id: 'abcdefghijkl',
      arn: 'arn',
      region: 'us-east-1',
      type: 'FINE_TUNING',
      baseModel: 'amazon.nova-lite-v1:0:300k',
      state: 'InProgress',
      queued: false,
      message: null,
      modelName: 'tone',
      modelArn: null,
      createdAt: '2026-11-21T11:00:00Z',
      endedAt: null,
      ageSeconds: 3600,
      phases,
      ...over,
    },
    metrics: {files: [], unread: [], series: steps === 0 ? [] : [{name: 'training_loss', of: 'training', points}]},
    epochs: 2,
  }
}

const VALIDATING = look([phase('validation', 'InProgress'), phase('training', 'NotStarted')])
const TRAINING = look([phase('validation', 'Completed', 180), phase('training', 'InProgress')], 40)

describe('what is told of a watch', () => {
  test('the first look tells the state and what has begun, not what has not', () => {
    expect(watchChanges(undefined, VALIDATING).map(({kind}) => kind)).toEqual(['state', 'phase'])
  })

  test('each change is told once, phases before the end of the job', () => {
    const done = look([phase('validation', 'Completed', 180), phase('training', 'Completed', 600)], 40, {
      state: 'Completed',
    })

    const lines = [
      ...watchChanges(VALIDATING, TRAINING),
      ...watchChanges(TRAINING, TRAINING),
      ...watchChanges(TRAINING, done),
    ].map((change) => changeLine(change, '2026-11-21T12:00:00Z', PLAIN).split('  tone  ')[1])

    expect(lines).toEqual([
      'validation: InProgress → Completed after 3m 00s',
      'training: NotStarted → InProgress',
      'step 39, epoch 0: training_loss 1.61',
      'training: InProgress → Completed after 10m 00s',
      'InProgress → Completed',
    ])
  })

  test('a job that waits for capacity is said to be queued, once', () => {
    const queued = look(VALIDATING.row.phases, 0, {queued: true})

    expect(watchChanges(VALIDATING, queued)).toEqual([{kind: 'queued', name: 'tone'}])
    expect(watchChanges(queued, queued)).toEqual([])
  })
})

describe('the live view', () => {
  const frameOf = (seen: JobLook) => watchFrame({seen, atMs: NOW, nextAtMs: NOW + 5000}, true, {unicode: true})

  test.each([
    [80, 24],
    [100, 40],
    [60, 18],
  ])('of %d × %d draws the losses within the terminal', (columns, rows) => {
    const {chart} = bodyOf({frame: frameOf(TRAINING), size: {columns, rows}})

    expect(chart.join('\n')).toContain('A  training_loss')
    expect(Math.max(...chart.map(widthOf))).toBeLessThanOrEqual(columns)
    expect(chart.length).toBeLessThan(rows)
  })

  test('leaves the chart out where it could not be read', () => {
    expect(bodyOf({frame: frameOf(TRAINING), size: {columns: 80, rows: 12}}).chart).toEqual([])
  })

  test('tells why a job failed and what mends it, and why one waits', () => {
    const failed = frameOf(look([], 0, {state: 'Failed', message: 'Unable to parse Amazon S3 file: x'}))
    const queued = frameOf(look([phase('training', 'NotStarted')], 0, {queued: true}))

    expect(failed.notes(200).join('\n')).toContain('bedrockctl customizations check DATA')
    expect(queued.notes(200).join('\n')).toContain('waits for training capacity')
    expect(queued.phases[0]?.state).toBe('queued for capacity')
  })
})

test('the time of a phase is from its start to its last change, or to now', () => {
  const phases: readonly Phase[] = [
    {name: 'validation', state: 'Completed', startedAt: '2026-11-21T11:00:00Z', modifiedAt: '2026-11-21T11:03:00Z'},
    {
      name: 'data-processing',
      state: 'Completed',
      startedAt: '2026-11-21T11:03:00Z',
      modifiedAt: '2026-11-21T11:04:00Z',
    },
    {name: 'training', state: 'NotStarted', startedAt: '2026-11-21T11:04:00Z', modifiedAt: null},
  ]
  const job = {phases, state: 'InProgress', baseModelArn: '', createdAt: '2026-11-21T11:00:00Z', endedAt: null}

  const row = jobRow(job as unknown as CustomizationJob, NOW)

  expect(row.phases.map(({seconds}) => seconds)).toEqual([180, 60, null])
  expect(row.queued).toBe(true)
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {mainChart, metricCharts} from '../../../../src/lib/customizations/metrics/metric-charts-words.js'
import {parseTable} from '../../../../src/lib/customizations/metrics/parse-table.js'
import {metricsReader} from '../../../../src/lib/customizations/metrics/read-metrics.js'
import {summarise} from '../../../../src/lib/customizations/metrics/summarise.js'
import {toSeries} from '../../../../src/lib/customizations/metrics/to-series.js'
import type {CustomizationJob} from '../../../../src/lib/customizations/ports.js'
import type {ObjectStore} from '../../../../src/lib/jobs/ports.js'

const TRAINING =
  'step_number,epoch_number,training_loss,perplexity\n0,0,2.5,12.18\n1,0,1.5,4.48\n1,0,2.5,12.18\n2,1,1,2.72\n'
const VALIDATION = 'step_number,epoch_number,validation_loss,perplexity\n2,1,1.25,3.49\n'

describe('a file of metrics', () => {
  test('is read by the names of its columns, and a step with several rows has their mean', () => {
    const series = toSeries(parseTable(TRAINING), 'training')

    expect(series.map(({name}) => name)).toEqual(['training_loss', 'perplexity'])
    expect(series[0]?.points).toEqual([
      {step: 0, epoch: 0, value: 2.5},
      {step: 1, epoch: 0, value: 2},
      {step: 2, epoch: 1, value: 1},
    ])
  })

  test('may have its columns in another order, more of them, quotes, a BOM and the line ends of Windows', () => {
    const text = '\uFEFF"grad_norm",training_loss,step_number\r\n0.5,2.25,7\r\n,1.5,8\r\n'

    const series = toSeries(parseTable(text), 'training')

    expect(series).toEqual([
      {name: 'grad_norm', of: 'training', points: [{step: 7, epoch: null, value: 0.5}]},
      {
        name: 'training_loss',
        of: 'training',
        points: [
          {step: 7, epoch: null, value: 2.25},
          {step: 8, epoch: null, value: 1.5},
        ],
      },
    ])
  })

  test('loses a last line that is still being written', () => {
    expect(parseTable('step_number,training_loss\n0,2.5\n1,1.').rows).toEqual([[0, 2.5]])
  })

  test.each(['', '\n', 'step_number,training_loss\n', 'no table at all'])('may hold nothing: %j', (text) => {
    expect(toSeries(parseTable(text), 'training')).toEqual([])
  })

  test('never makes a point that is not a number, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string()), {maxLength: 20}), (rows) => {
        const text = `step_number,loss\n${rows.map((row) => row.join(',')).join('\n')}\n`

        const points = toSeries(parseTable(text), 'training').flatMap((series) => series.points)

        expect(points.every(({step, value}) => Number.isFinite(step) && Number.isFinite(value))).toBe(true)
      }),
    )
  })
})

const series = [...toSeries(parseTable(TRAINING), 'training'), ...toSeries(parseTable(VALIDATION), 'validation')]

test('losses of training and validation are one chart, the first', () => {
  const charts = metricCharts(series, {job: 'tone'})

  expect(charts.map(({title}) => title)).toEqual(['loss of tone by step', 'perplexity of tone by step'])
  expect(charts[0]?.series.map(({dashed, name}) => [name, dashed])).toEqual([
    ['training_loss', false],
    ['validation_loss', true],
  ])
  expect(charts[0]?.x).toMatchObject({min: 0, max: 2})
})

test('rewards are drawn where there are no losses, and a single step has some width', () => {
  const rewards = toSeries(parseTable('step_number,actor/entropy,critic/rewards/mean\n4,1.2,0.3\n'), 'training')

  expect(mainChart(rewards, {job: 'tone'})).toMatchObject({title: 'rewards of tone by step', x: {min: 4, max: 5}})
  expect(mainChart([], {job: 'tone'})).toBeUndefined()
})

test('a summary has the first, last, least and most of each', () => {
  expect(summarise(series)[0]).toEqual({
    name: 'training_loss',
    of: 'training',
    points: 3,
    first: {step: 0, value: 2.5},
    last: {step: 2, value: 1},
    least: {step: 2, value: 1},
    most: {step: 0, value: 2.5},
  })
})

const JOB = {id: 'abcdefghijkl', region: 'us-east-1', outputUri: 's3://data/out', endedAt: null} as CustomizationJob
const FOLDER = 'out/model-customization-job-abcdefghijkl'

function storeOf(files: Record<string, {text: string; etag: string}>) {
  const reads: string[] = []
  const store: Pick<ObjectStore, 'list' | 'read'> = {
    async *list(bucket, prefix) {
      for (const [key, {etag, text}] of Object.entries(files)) {
        if (key.startsWith(prefix)) yield {bucket, key, bytes: text.length, etag, modifiedAt: '2026-11-21T12:00:00Z'}
      }
    },
    async *read({key}) {
      reads.push(key)
      yield Buffer.from(files[key]?.text ?? '')
    },
  }
  return {store, reads, files}
}

describe('reading what a job has written', () => {
  test('finds files by prefix and name, at whatever depth, and those of this job alone', async () => {
    const {store} = storeOf({
      [`${FOLDER}/training_artifacts/step_wise_training_metrics.csv`]: {text: TRAINING, etag: '1'},
      [`${FOLDER}/validation_artifacts/post_fine_tuning_validation/validation/validation_metrics.csv`]: {
        text: VALIDATION,
        etag: '2',
      },
      [`${FOLDER}/training_artifacts/samples.csv`]: {text: 'a\n1\n', etag: '3'},
      'out/model-customization-job-other/training_artifacts/step_wise_training_metrics.csv': {
        text: TRAINING,
        etag: '4',
      },
    })

    const {files, series: read, unread} = await metricsReader(store).read(JOB)

    expect(files.map(({of, rows}) => [of, rows])).toEqual([
      ['training', 4],
      ['validation', 1],
    ])
    expect(read.map(({name, of}) => `${of} ${name}`)).toEqual([
      'training training_loss',
      'training perplexity',
      'validation validation_loss',
      'validation perplexity',
    ])
    expect(unread).toEqual([])
  })

  test('reads each version once', async () => {
    const key = `${FOLDER}/training_artifacts/step_wise_training_metrics.csv`
    const {files, reads, store} = storeOf({[key]: {text: TRAINING, etag: '1'}})
    const reader = metricsReader(store)

    await reader.read(JOB)
    await reader.read(JOB)
    files[key] = {text: `${TRAINING}3,1,0.5,1.6\n`, etag: '2'}
    const {series: read} = await reader.read(JOB)

    expect(reads).toHaveLength(2)
    expect(read[0]?.points.at(-1)).toEqual({step: 3, epoch: 1, value: 0.5})
  })

  test('keeps nothing of a job that has ended', async () => {
    const key = `${FOLDER}/training_artifacts/step_wise_training_metrics.csv`
    const {reads, store} = storeOf({[key]: {text: TRAINING, etag: '1'}})
    const reader = metricsReader(store)

    await reader.read(JOB)
    await reader.read({...JOB, endedAt: '2026-11-21T12:00:00Z'})
    await reader.read(JOB)

    expect(reads).toHaveLength(2)
  })

  test('takes no file for an error, and a refusal for one', async () => {
    const none = await metricsReader(storeOf({}).store).read(JOB)
    const refused = await metricsReader({
      // biome-ignore lint/correctness/useYield: it fails before its first object.
      async *list() {
        throw new BedrockctlError('ACCESS_DENIED', 'no', {fault: 'access', action: 's3:ListBucket'})
      },
      read: () => {
        throw new Error('not read')
      },
    }).read(JOB)

    expect(none).toEqual({files: [], series: [], unread: []})
    expect(refused.unread).toMatchObject([{action: 's3:ListBucket', code: 'ACCESS_DENIED'}])
  })
})

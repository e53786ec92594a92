import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  trainingRows,
  validationRows,
} from '../../../../../src/lib/sandbox/fakes/bedrock/customizations/metrics/loss-curve.js'
import {aTuningJob} from '../../../../support/tuning-job.js'

const shares = fc.double({min: 0, max: 1, noNaN: true})

test('what is there of a training is the beginning of what there will be', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 30_000}), fc.integer({min: 1, max: 10}), shares, (records, epochs, share) => {
      const job = aTuningJob({
        hyperparameters: {epochCount: String(epochs)},
        intake: {failure: undefined, records, tokens: 1, validation: [1]},
      })
      const whole = trainingRows(job, 1)
      const part = trainingRows(job, share)
      const steps = whole.map((row) => row['step_number'] ?? -1)
      expect(whole.length).toBeLessThanOrEqual(1000)
      expect(part).toEqual(whole.slice(0, part.length))
      expect(new Set(steps).size).toBe(steps.length)
      expect(steps).toEqual(steps.toSorted((a, b) => a - b))
      expect(Math.max(...whole.map((row) => row['epoch_number'] ?? -1))).toBeLessThan(epochs)
    }),
    {numRuns: 30},
  )
})

test('the loss falls, and perplexity is its exponential', () => {
  const rows = trainingRows(aTuningJob(), 1)
  const losses = rows.map((row) => row['training_loss'] ?? 0)

  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2)
  for (const row of rows) expect(row['perplexity']).toBeCloseTo(Math.exp(row['training_loss'] ?? 0), 4)
})

test('a validation set is looked at after each epoch, each set with a loss of its own', () => {
  const job = aTuningJob({hyperparameters: {epochCount: '4'}})

  expect(validationRows(job, 0.5, 0).map((row) => row['epoch_number'])).toEqual([0, 1])
  expect(validationRows(job, 1, 0)).toHaveLength(4)
  expect(validationRows(job, 1, 0)).not.toEqual(validationRows(job, 1, 1))
})

test('images are trained by steps', () => {
  const job = aTuningJob({hyperparameters: {stepCount: '500', batchSize: '8'}})
  const auto = aTuningJob({hyperparameters: {stepCount: 'auto', batchSize: '8'}})

  expect(trainingRows(job, 1)).toHaveLength(500)
  expect(trainingRows(auto, 1)).toHaveLength(10)
})

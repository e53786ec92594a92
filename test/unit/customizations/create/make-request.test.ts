import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {makeRequest, type RequestWords} from '../../../../src/lib/customizations/create/make-request.js'
import {differences} from '../../../../src/lib/customizations/create/same-request.js'
import type {CustomizationJob} from '../../../../src/lib/customizations/ports.js'

const WORDS: RequestWords = {
  jobName: undefined,
  modelName: undefined,
  roleArn: 'arn:aws:iam::111122223333:role/Tuning',
  baseModel: 'amazon.nova-lite-v1:0:300k',
  type: 'FINE_TUNING',
  trainingUri: 's3://data/train.jsonl',
  validationUris: [],
  outputUri: 's3://data/out',
  hyperparameters: {epochCount: '2', learningRate: '0.00001'},
}

test('the same words make the same name and token, in whatever order they are said', () => {
  const other = makeRequest({...WORDS, hyperparameters: {learningRate: '0.00001', epochCount: '2'}})

  expect(makeRequest(WORDS)).toEqual(other)
  expect(makeRequest(WORDS).jobName).toMatch(/^nova-lite-v1-[0-9a-f]{8}$/)
})

test('another word makes another name and another token', () => {
  const [one, two] = [makeRequest(WORDS), makeRequest({...WORDS, hyperparameters: {epochCount: '3'}})]

  expect(two.jobName).not.toBe(one.jobName)
  expect(two.clientRequestToken).not.toBe(one.clientRequestToken)
})

test('names and tokens are such as the service takes, whatever the base is called', () => {
  fc.assert(
    fc.property(fc.string({minLength: 1}), (base) => {
      const {clientRequestToken, jobName, modelName} = makeRequest({...WORDS, baseModel: base})

      expect(jobName).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9+\-.])*$/)
      expect(modelName).toMatch(/^([0-9a-zA-Z][_-]?){1,63}$/)
      expect(Math.max(jobName.length, modelName.length)).toBeLessThanOrEqual(63)
      expect(clientRequestToken).toMatch(/^[a-zA-Z0-9]([-a-zA-Z0-9]{0,254}[a-zA-Z0-9])?$/)
    }),
  )
})

test.each(['-tone', 'tone_1', 'a b', '', 'x'.repeat(64)])('%j is no name of a job', (jobName) => {
  expect(() => makeRequest({...WORDS, jobName})).toThrow('is no name that --name can give')
})

test('a name with a dot makes a model of the same name without it', () => {
  expect(makeRequest({...WORDS, jobName: 'tone-1.2'}).modelName).toBe('tone-1-2')
})

describe('a job of the same name', () => {
  const request = makeRequest({...WORDS, jobName: 'tone'})
  const job: CustomizationJob = {
    arn: 'arn:aws:bedrock:us-east-1:111122223333:model-customization-job/amazon.nova-lite-v1:0:300k/abcdefghijkl',
    id: 'abcdefghijkl',
    region: 'us-east-1',
    name: 'tone',
    modelName: 'tone',
    modelArn: null,
    baseModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k',
    type: 'FINE_TUNING',
    state: 'InProgress',
    message: null,
    phases: [],
    createdAt: '2026-11-21T12:00:00Z',
    modifiedAt: null,
    endedAt: null,
    roleArn: WORDS.roleArn,
    trainingUri: 's3://data/train.jsonl',
    validationUris: [],
    outputUri: 's3://data/out/',
    hyperparameters: {epochCount: '2', learningRate: '1.0E-5', learningRateWarmupSteps: '10'},
    trainingLoss: null,
    validationLosses: [],
    kmsKeyArn: null,
    teacher: null,
    graderArn: null,
    clientRequestToken: null,
  }

  test('is the same job by its token alone', () => {
    expect(differences({...job, roleArn: 'x', clientRequestToken: request.clientRequestToken}, request)).toEqual([])
  })

  test('is the same job by all that is told of it, defaults of the service aside', () => {
    expect(differences(job, request)).toEqual([])
  })

  test('is another job by a digest of other words, though what differs is not told back', () => {
    const {clientRequestToken} = makeRequest({...WORDS, jobName: 'tone', tags: {team: 'a'}})

    expect(differences({...job, clientRequestToken}, request)).toEqual([expect.stringContaining('tags')])
    expect(differences({...job, clientRequestToken: 'of-another-program'}, request)).toEqual([])
  })

  test('is another job by what differs', () => {
    const other = {
      ...job,
      trainingUri: 's3://data/other.jsonl',
      hyperparameters: {epochCount: '5'},
      kmsKeyArn: 'arn:key',
    }

    expect(differences(other, request)).toEqual(['training data', 'hyperparameters', 'key'])
  })
})

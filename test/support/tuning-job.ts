import type {TuningJob} from '../../src/lib/sandbox/world/tuning-state.js'

export const START = Date.parse('2026-11-21T12:00:00Z')

/** A job whose data has been checked: a second each of validation, processing and queue, ten of training. */
export function aTuningJob(over: Partial<TuningJob> = {}): TuningJob {
  return {
    arn: 'arn:aws:bedrock:us-east-1:111122223333:model-customization-job/amazon.nova-lite-v1:0:300k/abcdefghijkl',
    id: 'abcdefghijkl',
    name: 'job',
    request: {
      jobName: 'job',
      customModelName: 'model',
      roleArn: '',
      baseModelIdentifier: 'amazon.nova-lite-v1:0:300k',
      trainingDataConfig: {s3Uri: 's3://in/a.jsonl'},
      outputDataConfig: {s3Uri: 's3://out/'},
    },
    base: 'amazon.nova-lite-v1:0:300k',
    baseModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k',
    type: 'FINE_TUNING',
    keyArn: undefined,
    hyperparameters: {epochCount: '2'},
    createdAt: START,
    listedAt: START,
    pace: {
      validationMs: 1000,
      processingMs: 1000,
      queueMs: 1000,
      trainingMs: 10_000,
      tokensPerSecond: 5000,
      stoppingMs: 1000,
    },
    end: undefined,
    modelArn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.nova-lite-v1:0:300k/mnopqrstuvwx',
    intake: {failure: undefined, records: 80, tokens: 4000, validation: [20]},
    stopAskedAt: undefined,
    written: 0,
    delivered: false,
    working: Promise.resolve(),
    ...over,
  }
}

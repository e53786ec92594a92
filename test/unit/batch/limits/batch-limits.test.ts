import {describe, expect, test} from 'vitest'
import {batchLimits, DOCUMENTED} from '../../../../src/lib/batch/limits/batch-limits.js'
import {openJobsOf} from '../../../../src/lib/batch/limits/open-jobs.js'
import {parseBatchQuota} from '../../../../src/lib/batch/limits/quota-name.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'

const catalog = await openCatalog({now: new Date('2026-11-21')})
const facts = await catalog.batch()
const NOVA = 'amazon.nova-pro-v1:0'
const readAt = '2026-11-21T09:00:00.000Z'

function quota(name: string, value: number | null) {
  return {code: 'L-1', name, value, unit: null, adjustable: null, global: null}
}

function limitsOf(
  modelId: string,
  rows: readonly (readonly [string, number | null])[],
  model: 'base' | 'custom' = 'base',
) {
  const quotas = rows.map(([name, value]) => quota(name, value))
  return batchLimits({modelId, model}, {quotas, readAt}, catalog, facts)
}

describe('names of quotas', () => {
  test.each([
    ['Minimum number of records per batch inference job for Claude Sonnet 4.5.', 'minRecords', 'Claude Sonnet 4.5'],
    ['Minimum number of records per batch inference job for Nova Pro V1', 'minRecords', 'Nova Pro V1'],
    ['Records per input file per batch inference job for Qwen3 32B', 'recordsPerFile', 'Qwen3 32B'],
    ['Records per batch inference job for Mistral Large 2 (24.07)', 'recordsPerJob', 'Mistral Large 2 (24.07)'],
    ['Batch inference input file size (in GB) for Nova Lite V1', 'fileBytes', 'Nova Lite V1'],
    ['Batch inference input file size for Qwen3 235B (in GB)', 'fileBytes', 'Qwen3 235B'],
    ['Batch inference job size (in GB) for Nova Lite V1', 'jobBytes', 'Nova Lite V1'],
    ['Batch inference job size for DeepSeek v3 (in GB)', 'jobBytes', 'DeepSeek v3'],
  ])('%s', (name, kind, model) => {
    expect(parseBatchQuota(name)).toEqual({kind, model, of: undefined})
  })

  test('open jobs are counted apart for base and custom models', () => {
    const name = (of: string) =>
      `Sum of in-progress and submitted batch inference jobs using a ${of} model for Nova Pro V1`

    expect([parseBatchQuota(name('base'))?.of, parseBatchQuota(name('custom'))?.of]).toEqual(['base', 'custom'])
  })

  test('other quotas are none of batch inference', () => {
    expect(parseBatchQuota('Cross-region model inference tokens per minute for Amazon Nova Pro')).toBeUndefined()
  })
})

describe('limits', () => {
  test('an applied quota of the model holds, with its code and the moment it was read', () => {
    const limits = limitsOf(NOVA, [['Records per batch inference job for Nova Pro V1', 40_000]])

    expect(limits.recordsPerJob).toEqual({value: 40_000, source: 'Service Quotas L-1', asOf: readAt})
    expect(limits.recordsPerFile).toEqual({value: 100_000, source: DOCUMENTED, asOf: '2026-10'})
  })

  test('a gigabyte is the smaller one', () => {
    const limits = limitsOf(NOVA, [['Batch inference input file size for Nova Pro V1 (in GB)', 1]])

    expect(limits.fileBytes.value).toBe(1_000_000_000)
    expect(limits.jobBytes.value).toBe(100_000_000_000)
    expect(limitsOf('amazon.nova-lite-v1:0', []).jobBytes.value).toBe(5_000_000_000)
  })

  test.each([
    ['of another model', 'Records per batch inference job for Nova Lite V1', 7],
    ['whose model is only a part of the name', 'Records per batch inference job for Nova', 7],
    ['without a value', 'Records per batch inference job for Nova Pro V1', null],
  ] as const)('a quota %s changes nothing', (_, name, value) => {
    expect(limitsOf(NOVA, [[name, value]])).toEqual(limitsOf(NOVA, []))
  })

  test('what was not read is documented and says so', () => {
    const limits = batchLimits({modelId: 'example.new-v1:0', model: 'base'}, undefined, catalog, facts)

    expect(new Set(Object.values(limits).map(({source}) => source))).toEqual(new Set([DOCUMENTED]))
    expect(limits.minRecords.value).toBe(100)
  })

  test('a custom model has its own quota of open jobs', () => {
    const rows = ['base', 'custom'].map(
      (of, index) =>
        [
          `Sum of in-progress and submitted batch inference jobs using a ${of} model for Nova Pro V1`,
          index + 3,
        ] as const,
    )

    expect([limitsOf(NOVA, rows).openJobs.value, limitsOf(NOVA, rows, 'custom').openJobs.value]).toEqual([3, 4])
  })
})

describe('open jobs', () => {
  const job = (modelId: string, state: string) => ({modelId, state}) as BatchJob

  test('jobs of the model in any form count until they end', () => {
    const jobs = [
      job(NOVA, 'Submitted'),
      job(`eu.${NOVA}`, 'InProgress'),
      job(`arn:aws:bedrock:us-east-1::foundation-model/${NOVA}`, 'Stopping'),
      job(`arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.${NOVA}`, 'SomethingNew'),
      job(NOVA, 'Completed'),
      job(NOVA, 'Expired'),
      job('amazon.nova-lite-v1:0', 'Submitted'),
    ]

    expect(openJobsOf(NOVA, jobs, catalog)).toEqual(jobs.slice(0, 4))
  })
})

import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {fileFindings} from '../../../../src/lib/customizations/check/file-findings.js'
import {FileTally} from '../../../../src/lib/customizations/check/file-tally.js'
import {rowLimits} from '../../../../src/lib/customizations/check/row-limits.js'
import {RowOffsets} from '../../../../src/lib/customizations/check/row-offsets.js'
import {rulesOf} from '../../../../src/lib/customizations/datasets/dataset-rules.js'
import {findBase} from '../../../../src/lib/customizations/find-base.js'
import {ProblemGroups} from '../../../../src/lib/jsonl/problem-groups.js'
import {checkData, goodRows, jsonl} from '../../../support/dataset-case.js'
import {memorySource} from '../../../support/memory-source.js'

const catalog = await openCatalog()
const facts = await catalog.customModels()
const quota = (name: string, value: number) => ({code: 'L-1', name, value, unit: null, adjustable: true, global: false})

test('a quota of the account bounds the rows in place of what is documented', async () => {
  const name = '(Model customization) Sum of training and validation records for a Nova Lite Fine-tuning job'
  const quotas = {quotas: [quota(name.replace('Lite', 'Pro'), 1), quota(name, 50)], readAt: '2026-11-21T00:00:00Z'}

  const result = await checkData(jsonl(goodRows('converse', 51)), {ports: {quotas}})

  expect(result.limits).toMatchObject({mostRows: 50, rowsFrom: 'quota L-1 of the account', asOf: quotas.readAt})
  expect(result.findings).toMatchObject([{code: 'count-max', severity: 'error'}])
})

test('quotas that name other models bound nothing', () => {
  const base = findBase('amazon.nova-lite-v1:0', facts)
  const [tuning] = base.tunings
  const name = 'Sum of training and validation records for an Unknown Model Fine-tuning job'

  const limits = rowLimits(base, tuning, facts, {quotas: [quota(name, 5)], readAt: 'now'}, catalog)

  expect(limits).toMatchObject({least: 8, most: 20_000, from: 'documented default'})
})

test('a file that is larger than is taken is told, of each kind by its own bound', () => {
  const base = findBase('anthropic.claude-3-haiku-20240307-v1:0:200k', facts)
  const [tuning] = base.tunings
  const rules = rulesOf(base, tuning, undefined, facts, undefined)
  const reading = (role: 'training' | 'validation', bytes: number) => ({
    role,
    source: {...memorySource('', {name: 'data.jsonl'}), bytes},
    ...{tally: new FileTally(), groups: new ProblemGroups(), offsets: new RowOffsets(), linesBefore: 0},
  })

  expect(fileFindings(reading('training', 2_000_000_000), rules, tuning)).toEqual([])
  expect(fileFindings(reading('training', 10_000_000_001), rules, tuning)).toMatchObject([{code: 'file-size'}])
  expect(fileFindings(reading('validation', 1_000_000_001), rules, tuning)).toMatchObject([
    {code: 'file-size', file: 'validation'},
  ])
})

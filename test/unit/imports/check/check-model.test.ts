import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {checkModel} from '../../../../src/lib/imports/check/check-model.js'
import type {ImportCheckResult} from '../../../../src/lib/imports/check/import-check.schema.js'
import {importCheckSchema} from '../../../../src/lib/imports/check/import-check.schema.js'
import {accountNotAsked} from '../../../../src/lib/imports/check/judge-account.js'
import {createPriceBook} from '../../../../src/lib/prices/price-book.js'
import {BROKEN_MODELS, type BrokenModel, SINGLE_FILE} from '../../../support/broken-models.js'
import {memoryFolder} from '../../../support/memory-folder.js'
import {type TinyModelOptions, tinyModel} from '../../../support/tiny-model.js'

const catalog = await openCatalog()
const [{imports: facts}, prices] = await Promise.all([catalog.customModels(), catalog.prices()])
const book = Promise.resolve(createPriceBook(prices))

function check(options: TinyModelOptions, {converse, region}: Partial<BrokenModel> = {}): Promise<ImportCheckResult> {
  return checkModel(
    {
      folder: memoryFolder(tinyModel(options)),
      region: region ?? 'us-east-1',
      converse: converse ?? false,
      addressProblems: [],
      deep: false,
      account: Promise.resolve({verdicts: accountNotAsked('not judged: offline'), unread: []}),
      simulated: () => false,
    },
    {facts, book},
  )
}

test.each([
  ['two shards with an index', {}],
  ['one file without one', SINGLE_FILE],
] as const)('a tiny model of %s passes', async (_, options) => {
  const result = await check(options)

  expect(result.findings).toEqual([])
  expect(result.gate.passed).toBe(true)
  expect(result.model).toMatchObject({architecture: {modelType: 'llama'}, parameters: 6736})
  expect(importCheckSchema.parse(result)).toEqual(result)
})

test.each(BROKEN_MODELS.map((one) => [one.says, one.check, one] as const))(
  '%s is told by %s alone',
  async (_, id, one) => {
    const result = await check(one.options, one)

    expect(
      result.findings.filter(({verdict}) => verdict === 'fail').map(({check: by, severity}) => [by, severity]),
    ).toEqual([[id, one.severity]])
    expect(result.findings[0]?.said).toMatch(one.words)
    expect(result.findings[0]?.why).not.toBe('')
    expect(result.findings[0]?.fix ?? 'told').not.toBe('')
    expect(result.gate.passed).toBe(one.severity !== 'blocker')
  },
)

test('every check of files that a folder in memory can break has a broken model', async () => {
  const {checks} = await check({})
  const tried = new Set(BROKEN_MODELS.map((one) => one.check))
  const elsewhere = ['IMP-13', 'IMP-38', 'IMP-41', 'IMP-51']

  const missing = checks.filter(({id, said}) => said !== 'not judged: offline' && !tried.has(id)).map(({id}) => id)
  expect(missing).toEqual(elsewhere)
})

test('an index of more tensors than any model has is left before objects are made of it', async () => {
  const names = Array.from({length: 270_000}, (_, layer) => `"${layer}":"a.safetensors"`)
  const result = await check({files: {'model.safetensors.index.json': `{"weight_map":{${names.join(',')}}}`}})

  expect(result.findings.map(({check: by, said}) => [by, said])).toEqual([
    ['IMP-35', 'model.safetensors.index.json has more than 524,288 values.'],
  ])
})

import {describe, expect, test} from 'vitest'
import {TERMS} from '../../../src/lib/capacity/commitment.js'
import {chooseBase} from '../../../src/lib/capacity/create/choose-model.js'
import {type CreateGrounds, judgeCreate} from '../../../src/lib/capacity/create/judge-create.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {provisioned} from '../../support/capacity-case.js'

const catalog = await openCatalog()
const BASE = 'meta.llama3-1-8b-instruct-v1:0'

const quota = (code: string, name: string, value: number) => ({
  code,
  name,
  value,
  unit: null,
  adjustable: true,
  global: false,
})
const QUOTAS = [
  quota('L-FE44174A', 'Model units no-commitment Provisioned Throughputs across base models', 2),
  quota('L-BE77399C', 'Model units no-commitment Provisioned Throughputs across custom models', 1),
  quota('L-3632DE15', 'Model units per provisioned model for Meta Llama 3.1 8B Instruct', 2),
]

function judge(change: Partial<CreateGrounds> = {}) {
  const model = {modelId: `${BASE}:128k`, baseModelId: BASE, isCustom: false, lifecycle: 'ACTIVE'}
  return judgeCreate({
    model,
    units: 1,
    term: TERMS.none,
    region: 'us-west-2',
    quotas: QUOTAS,
    existing: [],
    catalog,
    ...change,
  })
}

const verdicts = (change: Partial<CreateGrounds> = {}) => judge(change).map(({id, verdict}) => `${id} ${verdict}`)

test('what the quotas allow may be bought', () => {
  expect(verdicts()).toEqual(['model ok', 'commitment ok', 'units ok', 'units-of-model ok'])
})

test('units in use count, those of custom models and committed ones do not', () => {
  const existing = [
    provisioned({modelUnits: 2}),
    provisioned({modelArn: 'arn:aws:bedrock:us-west-2:1:custom-model/x', modelUnits: 5}),
    provisioned({commitment: 'OneMonth', modelUnits: 5}),
  ]

  expect(verdicts({existing})).toContain('units blocker')
  expect(judge({existing})[2]?.said).toContain('2 in use')
})

test('each quota blocks by itself', () => {
  expect(verdicts({units: 3})).toEqual(['model ok', 'commitment ok', 'units blocker', 'units-of-model blocker'])
  expect(judge({units: 3})[2]?.fix).toContain('L-FE44174A')
})

test('what was not read is unknown, not fine', () => {
  expect(verdicts({quotas: 'denied'})).toContain('units unknown')
  expect(verdicts({existing: 'denied'})).toContain('units unknown')
  expect(verdicts({quotas: []})).toContain('units unknown')
})

test('units with a commitment are in no quota that can be read', () => {
  expect(verdicts({term: TERMS['6-month']})).toEqual(['model ok', 'commitment ok', 'units unknown'])
})

test.each([
  ['LEGACY', 'model blocker'],
  ['EOL', 'model blocker'],
  ['UNLISTED', 'model unknown'],
])('a model that is %s', (lifecycle, verdict) => {
  const model = {modelId: BASE, baseModelId: BASE, isCustom: false, lifecycle}

  expect(verdicts({model})).toContain(verdict)
})

test('what is sold with a commitment alone, or without one alone, says so', () => {
  const titan = {modelId: 't', baseModelId: 'amazon.titan-image-generator-v2:0', isCustom: false, lifecycle: 'ACTIVE'}

  expect(verdicts({model: titan})).toContain('commitment blocker')
  expect(verdicts({region: 'us-gov-west-1'})).toContain('commitment blocker')
})

describe('a model by what it is called', () => {
  test.each([
    `${BASE}:128k`,
    BASE,
    'Llama 3.1 8B Instruct',
    `arn:aws:bedrock:us-west-2::foundation-model/${BASE}:128k`,
  ])('%s is what is sold there', (text) => {
    expect(chooseBase(text, 'us-west-2', catalog)).toMatchObject({modelId: `${BASE}:128k`, baseModelId: BASE})
  })

  test('in another Region is refused with where it is sold', () => {
    expect(() => chooseBase(BASE, 'eu-north-1', catalog)).toThrow(
      expect.objectContaining({code: 'NOT_PROVISIONED_THERE', why: expect.stringContaining('us-west-2')}),
    )
  })

  test('of several contexts has to say which', () => {
    expect(() => chooseBase('amazon.nova-lite-v1:0', 'us-east-1', catalog)).toThrow(
      expect.objectContaining({why: expect.stringContaining('amazon.nova-lite-v1:0:24k')}),
    )
  })

  test('nobody knows may be a custom model', () => {
    expect(chooseBase('support-tone', 'us-west-2', catalog)).toBeUndefined()
  })
})

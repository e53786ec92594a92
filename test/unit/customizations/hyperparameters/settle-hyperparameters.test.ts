import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {settleHyperparameters} from '../../../../src/lib/customizations/hyperparameters/settle-hyperparameters.js'

const facts = await (await openCatalog()).customModels()

function settle(base: string, type: string, given: Readonly<Record<string, string>>) {
  const tuning = facts.bases.find(({id}) => id === base)?.tunings.find((one) => one.type === type)
  const {note, rows} = settleHyperparameters(given, tuning, facts)
  return {note, problems: rows.flatMap(({problem}) => problem ?? []), rows}
}

test('what is not given is told with the default that the service takes', () => {
  const {note, problems, rows} = settle('meta.llama3-1-8b-instruct-v1:0:128k', 'FINE_TUNING', {epochCount: '3'})

  expect(problems).toEqual([])
  expect(note).toBeNull()
  expect(rows.map(({from, name, value}) => [name, value, from])).toContainEqual(['epochCount', '3', 'given'])
  expect(rows.find(({name}) => name === 'learningRate')).toMatchObject({from: 'default', value: '0.0001'})
})

test.each([
  ['1e-5', true],
  ['0.00001', true],
  ['1', false],
  ['one', false],
  ['', false],
  ['NaN', false],
  ['0x1', false],
])('a learning rate of %j of Nova is taken: %j', (value, isTaken) => {
  const {problems} = settle('amazon.nova-lite-v1:0:300k', 'FINE_TUNING', {learningRate: value})

  expect(problems.length === 0).toBe(isTaken)
})

test.each([
  ['learningRate', '1E-05', '0.00001'],
  ['learningRate', '+.000015', '0.000015'],
  ['learningRate', '0.1e-3', '0.0001'],
  ['epochCount', '2.0', '2'],
  ['learningRateWarmupSteps', '-0', '0'],
])('%s=%s is sent as %s, so that one request has one digest', (name, value, sent) => {
  const {rows} = settle('amazon.nova-lite-v1:0:300k', 'FINE_TUNING', {[name]: value})

  expect(rows.find((row) => row.name === name)).toMatchObject({value: sent, from: 'given', problem: null})
})

test('what is required must be given, as a number or the word for it', () => {
  const base = 'amazon.titan-image-generator-v2:0'

  expect(settle(base, 'FINE_TUNING', {}).problems).toEqual(['stepCount must be given: 10 to 40000, or auto.'])
  expect(settle(base, 'FINE_TUNING', {stepCount: 'auto'}).problems).toEqual([])
  expect(settle(base, 'FINE_TUNING', {stepCount: '9'}).problems).toHaveLength(1)
})

test('a base without a published table takes everything, and says so', () => {
  const {note, problems, rows} = settle('amazon.nova-2-lite-v1:0:256k', 'FINE_TUNING', {anything: 'goes'})

  expect(problems).toEqual([])
  expect(rows).toEqual([{name: 'anything', value: 'goes', from: 'given', range: null, problem: null}])
  expect(note).toContain('No table of hyperparameters is published')
})

test('those of reinforcement have the bounds of the API, no defaults, and one word', () => {
  const {note, problems, rows} = settle('amazon.nova-2-lite-v1:0:256k', 'REINFORCEMENT_FINE_TUNING', {
    epochCount: '51',
    reasoningEffort: 'much',
    trainingSamplePerPrompt: '4',
  })

  expect(problems).toEqual([
    'epochCount must be a whole number, 1 to 50, not 51.',
    'reasoningEffort must be one of low, medium, high, not much.',
  ])
  expect(rows.filter(({from}) => from === 'default')).toEqual([])
  expect(note).toContain("AWS's example")
})

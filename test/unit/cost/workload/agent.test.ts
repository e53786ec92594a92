import fc from 'fast-check'
import {expect, test} from 'vitest'
import {estimateCase, monthOf, readWorkload, type ShortPrice} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const MODEL = 'amazon.nova-lite-v1:0'
const prices: readonly ShortPrice[] = [{modelId: MODEL, amount: {input: 0.06, output: 0.24, cacheRead: 0.015}}]
const planner = {model: MODEL, instructionTokens: 2000, outputTokens: 100, toolTokens: 900}
const agent = (fields: object = {}) => ({
  ...{kind: 'agent', queries: 1000, queryTokens: 100, answerTokens: 400, steps: 4, planner},
  ...fields,
})

test('amplification is what is billed over the query and the answer', () => {
  const {workloads} = estimateCase([agent()], prices)

  // 14,400 in and 700 out for 100 and 400 that are seen.
  expect(workloads[0]?.amplification).toBe(30.2)
  expect(workloads[0]?.tokens).toBe(500_000)
  expect(workloads[0]?.assumptions).toContain(
    'planner: the history is sent again with each step, 2,100 tokens in the first and 5,100 in the last',
  )
})

test('a month without queries has no amplification and no price a request', () => {
  const {workloads} = estimateCase([agent({queries: 0})], prices)

  expect(workloads[0]).toMatchObject({amplification: null, perRequest: null, requests: null})
})

test('caching does not change how many tokens are billed', () => {
  const cache = {ttl: '5m', hitRate: '100%'}

  const {workloads} = estimateCase([agent({planner: {...planner, cache}})], prices)

  expect(workloads[0]?.amplification).toBe(30.2)
})

test('cached steps of which no time to live is given are all found, and the writes are named as missing', () => {
  const {workloads} = estimateCase([agent({planner: {...planner, cache: {}}})], prices)

  expect(workloads[0]?.lines.map(({kind, quantity}) => [kind, quantity])).toEqual([
    ['input', 6_400_000],
    ['cacheRead', 8_000_000],
    ['output', 700_000],
  ])
  expect(workloads[0]?.excluded).toContain('cache writes (no time to live is given)')
})

test('where all tokens cost the same, it does not matter what of the history is cached', () => {
  const same = [{modelId: MODEL, amount: {input: 1, output: 1, cacheRead: 1, cacheWrite: 1, cacheWrite1h: 1}}]
  const cache = fc.record(
    {
      ttl: fc.constantFrom('5m', '1h'),
      hitRate: fc.integer({min: 0, max: 100}).map((percent) => `${percent}%`),
      history: fc.boolean(),
    },
    {requiredKeys: []},
  )
  fc.assert(
    fc.property(anAgent, cache, (one, plan) => {
      const cached = {...one, planner: {...one.planner, cache: plan}}

      expect(monthOf([cached], same).eq(monthOf([one], same))).toBe(true)
    }),
  )
})

test('a cached history begins with all of the instructions', () => {
  const cache = {share: '50%', history: true}

  expect(() => readWorkload(agent({planner: {...planner, cache}}))).toThrow('leave share out')
})

test('grounding of an agent counts the query and the answer; that its source is missing is said', () => {
  const [workload] = estimateCase([agent({guardrails: {policies: ['grounding']}})], prices).workloads

  expect(workload?.lines.find(({component}) => component === 'guardrail')?.quantity).toBe(3000)
  expect(workload?.excluded).toContain('the source that grounding is checked against')
})

test('batch does not use the prompt cache', () => {
  const batch = {...planner, tier: 'batch', cache: {ttl: '5m'}}

  expect(whyRefused(() => estimateCase([agent({planner: batch})], prices))).toContain('does not use the prompt cache')
})

test('every model that is not known is told, wherever it stands', () => {
  const subAgents = [
    {name: 'search', ...planner, model: 'nova-tiny', calls: 1, steps: 1, taskTokens: 1, resultTokens: 1},
  ]

  const why = whyRefused(() => estimateCase([agent({planner: {...planner, model: 'clod'}, subAgents})], prices))

  expect(why).toContain('no model or profile is called “clod”')
  expect(why).toContain('no model or profile is called “nova-tiny”')
})

test('less than one step, and memory below what is billed, are refused', () => {
  const runtime = {vcpuSeconds: 1, gigabytes: 0.1, sessionSeconds: 1}

  expect(() => readWorkload(agent({steps: 0.5}))).toThrow('at least one step')
  expect(() => readWorkload(agent({runtime}))).toThrow('at least 0.125')
})

const tokens = fc.integer({min: 0, max: 20_000})
const anAgent = fc
  .record({
    queries: fc.integer({min: 0, max: 1_000_000}),
    queryTokens: tokens,
    answerTokens: tokens,
    steps: fc.integer({min: 4, max: 80}).map((quarters) => quarters / 4),
    planner: fc
      .record({instructionTokens: tokens, outputTokens: tokens, toolTokens: tokens})
      .map((counts) => ({model: MODEL, ...counts})),
  })
  .map((fields) => agent(fields))

test('more steps never cost less, and twice the queries cost twice as much', () => {
  fc.assert(
    fc.property(anAgent, fc.integer({min: 0, max: 12}), (one, more) => {
      const {queries, steps} = readAgent(one)
      const month = monthOf([one], prices)

      expect(monthOf([{...one, steps: steps + more / 4}], prices).gte(month)).toBe(true)
      expect(monthOf([{...one, queries: queries * 2}], prices).eq(month.times(2))).toBe(true)
    }),
  )
})

test('the planner’s input is the sum over its steps', () => {
  fc.assert(
    fc.property(anAgent, fc.integer({min: 1, max: 12}), (one, steps) => {
      const {planner: counts, queryTokens} = readAgent(one)
      const {workloads} = estimateCase([{...one, queries: 1, steps}], prices)
      let input = 0
      let context = Number(counts.instructionTokens) + Number(queryTokens)
      for (let step = 1; step <= steps; step += 1) {
        input += context
        context += Number(counts.outputTokens) + Number(counts.toolTokens)
      }

      expect(workloads[0]?.lines.find(({kind}) => kind === 'input')?.quantity ?? 0).toBe(input)
    }),
  )
})

function readAgent(one: object) {
  const workload = readWorkload(one)
  if (workload.kind !== 'agent') throw new Error('no agent')
  return {...workload, queries: workload.queries.toNumber(), steps: workload.steps.toNumber()}
}

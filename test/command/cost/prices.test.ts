import {describe, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

async function ask(...words: readonly string[]) {
  const {stdout, ...rest} = await runCli(['cost', 'prices', ...words, '--offline', '--json'])
  return {...rest, answer: JSON.parse(stdout)}
}

describe('offline', () => {
  test('a model by its display name has every price with its source and date', async () => {
    const {answer, exitCode} = await ask('Claude Sonnet 4.6', '--route', 'global', '--tier', 'standard')

    expect(exitCode).toBe(0)
    expect(answer.id).toBe(SONNET)
    expect(answer.prices).toMatchObject({kind: 'bundle', why: null})
    const input = answer.rows.filter((row: {kind: string}) => row.kind === 'input')
    expect(new Set(input.map((row: {amount: number}) => row.amount))).toEqual(new Set([3]))
    for (const row of answer.rows)
      expect([row.asOf, row.sources.length > 0]).toEqual([expect.stringMatching(/^20/), true])
  })

  test('Claude has a second opinion, other models none', async () => {
    expect((await ask(SONNET)).answer.secondOpinion).toMatchObject({disagreements: []})
    expect((await ask('amazon.nova-lite-v1:0')).answer.secondOpinion).toBeNull()
  })

  test('a service by id or name', async () => {
    expect((await ask('guardrails')).answer.rows.map(({variant}: {variant: string}) => variant)).toContain('grounding')
    expect((await ask('Custom Model Import', '--region', 'eu-central-1')).answer.rows).toMatchObject([
      {meter: 'custom-model-unit-minute', amount: 0.07144, confidence: 'low'},
      {meter: 'custom-model-unit-storage', amount: 1.95},
    ])
  })

  test('without a known price it says so and exits with 6', async () => {
    const {answer, exitCode} = await ask('prompt-routing')

    expect(exitCode).toBe(6)
    expect(answer.unread).toMatchObject([{code: 'NO_PRICE', reason: 'no price of prompt-routing is known'}])
  })

  test('for people equal prices are one line', async () => {
    const {stdout} = await runCli(['cost', 'prices', SONNET, '--tier', 'batch', '--offline'])

    expect(stdout).toMatch(/^in-region, geo +batch +\$1\.65 +\$8\.25 +\d+ Regions/m)
  })

  test('CSV has a row for each price', async () => {
    const {stdout} = await runCli(['cost', 'prices', 'guardrails', '--offline', '-o', 'csv'])

    expect(stdout.split('\n')[0]).toBe(
      'route,profile,tier,meter,kind,variant,region,amount,currency,unit,sku,offer,as-of,sources,confidence,note',
    )
  })
})

describe('refused', () => {
  test.each([
    [['claude-sonet-4-6'], 'NOTHING_PRICED', SONNET],
    [['guardrail'], 'NOTHING_PRICED', 'guardrails'],
    [[], 'NOTHING_NAMED', 'guardrails'],
    [[SONNET, '--meter', 'token'], 'UNKNOWN_METER', 'tokens'],
    [[SONNET, '--tier', 'bach'], 'UNKNOWN_TIER', 'batch'],
    [[SONNET, '--region', 'xx-nowhere-1'], 'UNKNOWN_REGION', 'regions'],
  ])('%j: %s, with %s', async (words, code, near) => {
    const {exitCode, stdout} = await runCli(['cost', 'prices', ...words, '--offline', '--json'])

    expect(exitCode).toBe(2)
    const {error} = JSON.parse(stdout)
    expect(error.code).toBe(code)
    expect(error.hint).toContain(near)
  })
})

describe('on the sandbox', () => {
  test('live prices have SKUs, and what is not understood is listed', async () => {
    const {exitCode, stdout} = await runCli([
      ...['cost', 'prices', SONNET, '--region', 'eu-central-1', '--unparsed', '--sandbox', '--json'],
    ])
    const answer = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(answer).toMatchObject({simulated: true, prices: {kind: 'live', why: null}})
    const geo = answer.rows.filter((row: {route: string; offer: string | null}) => row.route === 'geo' && row.offer)
    expect(geo.length).toBeGreaterThan(0)
    for (const row of geo) expect(row.sku).toMatch(/^[A-Z0-9]+$/)
    expect(Array.isArray(answer.unparsed)).toBe(true)
  })
})

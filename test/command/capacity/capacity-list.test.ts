import {expect, test} from 'vitest'
import {capacityListSchema} from '../../../src/lib/capacity/list/capacity-list.schema.js'
import {capacityStage, SOLD} from '../../support/capacity-stage.js'
import {runCli} from '../../support/run-cli.js'

const LIST = ['capacity', 'list', '--sandbox', '--region', 'us-east-1'] as const

async function listOf(...words: readonly string[]) {
  const {exitCode, stdout} = await runCli([...LIST, ...words, '--json'])
  return {exitCode, ...capacityListSchema.parse(JSON.parse(stdout))}
}

test('what serves the account is listed with its state, cost and load', async () => {
  const {exitCode, reserved, rows} = await listOf()

  expect(exitCode).toBe(0)
  expect(rows).toMatchObject([
    {kind: 'provisioned', name: 'nova-lite-night-batch', units: 1, commitment: '1-month', utilisation: null},
    {kind: 'deployment', name: 'support-tone-live', state: 'Active', hourly: null, units: null},
    {kind: 'imported', name: 'house-llama'},
  ])
  expect(rows[0]?.commitmentEndsAt).toContain('2026-12-01')
  expect(rows[0]?.load?.mean).toBeGreaterThan(0)
  expect(reserved).toMatchObject({known: false})
})

test('with what a unit serves, the share that is used is known', async () => {
  const {rows} = await listOf('--tokens-per-minute-per-unit', '60k')
  const [provisioned] = rows

  expect(provisioned?.utilisation?.mean).toBeCloseTo((provisioned?.load?.mean ?? 0) / 60_000, 9)
})

test('what nobody calls is flagged, and what is new is not', async () => {
  const at = await capacityStage()
  await at.run(['create', '--model', SOLD, '--model-units', '1', '--name', 'night', '--yes'])
  await at.pass(5)
  const {rows} = JSON.parse((await at.run(['list'])).stdout)
  const idle = JSON.parse((await at.run(['list', '--idle'])).stdout)

  expect(rows).toMatchObject([
    {
      name: 'night',
      calls: 0,
      lastCallAt: null,
      load: {mean: 0},
      idle: false,
      idleWhy: 'it is new',
      hourly: {amount: 24},
    },
  ])
  expect(idle.rows).toEqual([])
})

test('all Regions are asked', async () => {
  const {stdout} = await runCli(['capacity', 'list', '--sandbox', '--region', 'all', '--json'])
  const {regions, rows} = capacityListSchema.parse(JSON.parse(stdout))

  expect(regions.length).toBeGreaterThan(20)
  expect(rows.map(({name}) => name)).toContain('nova-lite-night-batch')
})

test('is a table for people, with its sum and what is not known below', async () => {
  const {stdout} = await runCli([...LIST, '--columns', 'name,hourly,idle'], {tty: {columns: 100}})

  expect(stdout).toContain('house-llama')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Reserved tier: unknown from the API')
})

test.each([
  [['--idle-after', '5m'], 'DURATION_INVALID'],
  [['--idle-after', 'long'], 'DURATION_INVALID'],
  [['--tokens-per-minute-per-unit', 'many'], 'TOKENS_INVALID'],
])('%j is refused', async (words, code) => {
  const {exitCode, stdout} = await runCli([...LIST, ...words, '--json'])

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code])
})

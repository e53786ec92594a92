import {expect, test} from 'vitest'
import {catalogShowSchema} from '../../../src/lib/catalog/catalog-show.schema.js'
import {runCli} from '../../support/run-cli.js'

test('--json prints the document of its schema, and nothing else', async () => {
  const {exitCode, stderr, stdout} = await runCli(['catalog', 'show', '--json'])

  expect(catalogShowSchema.safeParse(JSON.parse(stdout)).error).toBeUndefined()
  expect([exitCode, stderr]).toEqual([0, ''])
})

test('off a terminal it prints full names without colour', async () => {
  const {exitCode, stdout} = await runCli(['catalog', 'show'])

  expect(stdout).toMatch(/^bundled catalog {2}\d{4}-\d{2}-\d{2}, /)
  expect(stdout).toContain('mirai, probe of the Bedrock API in each Region, 2026-08-21')
  expect(exitCode).toBe(0)
})

test('CSV has one row a source', async () => {
  const {stdout} = await runCli(['catalog', 'show', '--output', 'csv'])
  const [head, ...rows] = stdout.trim().split(/\r?\n/)

  expect(head).toBe('source,newest,age-days,models,profiles,regions,prices,features')
  expect(rows.length).toBeGreaterThan(10)
})

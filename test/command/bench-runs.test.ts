import {afterAll, beforeAll, expect, test} from 'vitest'
import {benchCompareSchema} from '../../src/lib/bench/compare/bench-compare.schema.js'
import {benchListSchema} from '../../src/lib/bench/list/bench-list.schema.js'
import {runSummarySchema} from '../../src/lib/bench/metrics/summary.schema.js'
import {type KeptRuns, keepRun, keepRuns} from '../support/kept-runs.js'
import {runCli} from '../support/run-cli.js'

let runs: KeptRuns

beforeAll(async () => {
  runs = await keepRuns()
  await keepRun(runs.store, {id: '20261119-080000-aaaa', name: 'nightly'}, [{requests: 1500}])
  await keepRun(runs.store, {id: '20261120-080000-bbbb'}, [{requests: 300, seed: 5}])
  await keepRun(runs.store, {id: '20261121-080000-cccc'}, [{requests: 60}], {finish: false})
})

afterAll(() => runs.remove())

const bench = (...words: readonly string[]) => runCli(['bench', ...words], {env: runs.env})

test('runs are listed newest first, killed ones too, in every format', async () => {
  const [text, json, csv] = [await bench('list'), await bench('list', '--json'), await bench('list', '-o', 'csv')]
  const {rows} = benchListSchema.parse(JSON.parse(json.stdout))

  expect(rows.map(({id, requests, state, verdict}) => [id, state, verdict, requests])).toEqual([
    ['20261121-080000-cccc', 'unfinished', null, null],
    ['20261120-080000-bbbb', 'complete', 'usable-with-warnings', 300],
    ['20261119-080000-aaaa', 'complete', 'usable', 1500],
  ])
  expect(text.stdout).toMatch(/20261119-080000-aaaa +nightly +local +1 +1,500 +0 +- +complete +USABLE/)
  expect(csv.stdout.split('\n')[0]).toContain('id,name,targets')
  expect([text.exitCode, text.stderr]).toEqual([0, ''])
})

test('a run is shown by name, as text and as the document that is kept', async () => {
  const [text, json] = [await bench('show', 'nightly'), await bench('show', 'nightly', '--json')]

  expect(runSummarySchema.parse(JSON.parse(json.stdout))).toMatchObject({id: '20261119-080000-aaaa', ended: 'complete'})
  expect(text.stdout).toContain('USABLE')
  expect(text.exitCode).toBe(0)
})

test('a killed run is summarised from what it left', async () => {
  const {stdout} = await bench('show', '--json')

  expect(JSON.parse(stdout)).toMatchObject({id: '20261121-080000-cccc', ended: 'partial', cells: [{counts: {ok: 60}}]})
})

test('runs are compared with intervals, and what is not alike is said first', async () => {
  await keepRun(runs.store, {id: '20261118-080000-dddd', data: 'other'}, [{requests: 1500, ttftMs: 300, seed: 8}])
  const [alike, slower] = [await bench('compare', 'nightly', '20261120'), await bench('compare', 'nightly', '20261118')]
  const {differences, rows} = benchCompareSchema.parse(
    JSON.parse((await bench('compare', 'nightly', '20261118', '--json')).stdout),
  )

  expect(alike.stdout).toMatch(/ttft\.p50 .* no difference/)
  expect(slower.stdout).toMatch(/^not alike +20261118-080000-dddd: data: synthetic.* against other/)
  expect(slower.stdout).toMatch(/ttft\.p50 .*\+\d+\.\d % .* WORSE/)
  expect(differences).toHaveLength(1)
  expect(rows.find(({metric}) => metric === 'ttft.p50')).toMatchObject({verdict: 'worse', better: 'less'})
  expect((await bench('compare', 'nightly')).stderr).toContain('has one target')
  await runs.store.remove('20261118-080000-dddd')
})

test('shards in folders are merged into a run of their own', async () => {
  const shard = {of: 2, host: null, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0}
  const places = await Promise.all(
    [0, 1].map((index) =>
      keepRun(
        runs.store,
        {id: `2026111${index}-080000-eeee`, shard: {...shard, index}},
        [{requests: 200, shard: {index, of: 2}}],
        {shard: index},
      ),
    ),
  )
  const {exitCode, stdout} = await bench('merge', ...places, '--json')
  const merged = runSummarySchema.parse(JSON.parse(stdout))

  expect(exitCode).toBe(0)
  expect(merged).toMatchObject({ended: 'complete', cells: [{counts: {ok: 200}}], shards: [{index: 0}, {index: 1}]})
  for (const id of [merged.id, '20261110-080000-eeee', '20261111-080000-eeee']) await runs.store.remove(id)
})

test('deleting names whole ids, is confirmed, and leaves the rest', async () => {
  const guessed = await bench('delete', '20261121', '--yes')
  const unasked = await bench('delete', '20261121-080000-cccc')
  const dry = await bench('delete', '20261121-080000-cccc', '--dry-run')
  const done = await bench('delete', '20261121-080000-cccc', '--yes', '--json')

  expect([guessed.exitCode, unasked.exitCode, dry.exitCode, done.exitCode]).toEqual([2, 2, 0, 0])
  expect(guessed.stderr).toContain('the beginning of 20261121-080000-cccc')
  expect(unasked.stderr).toContain('Delete 1 run')
  expect(dry.stdout).toContain('Would delete 1 run')
  expect(JSON.parse(done.stdout)).toMatchObject({outcome: 'deleted', rows: [{id: '20261121-080000-cccc'}]})
  expect((await runs.store.list()).map(({id}) => id)).toEqual(['20261120-080000-bbbb', '20261119-080000-aaaa'])
})

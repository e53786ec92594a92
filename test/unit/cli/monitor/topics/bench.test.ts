import {readdir, stat, utimes, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import type {LoadTick} from '../../../../../src/lib/bench/load/load.js'
import type {RunFollower} from '../../../../../src/lib/bench/run/follower.js'
import {openLiveNotes} from '../../../../../src/lib/cli/bench-live.js'
import {benchReader} from '../../../../../src/lib/cli/monitor/topics/bench.js'
import {benchRowsSchema} from '../../../../../src/lib/monitor/board/bench/bench.schema.js'
import {makeCellHead, makeHead} from '../../../../support/bench-samples.js'
import {type KeptRuns, keepRun, keepRuns} from '../../../../support/kept-runs.js'

const SILENT: RunFollower = {
  begin: () => undefined,
  phase: () => undefined,
  cell: () => undefined,
  tick: () => undefined,
  telemetry: () => undefined,
  end: () => undefined,
}

let runs: KeptRuns

beforeEach(async () => {
  runs = await keepRuns()
})
afterEach(() => runs.remove())

async function look(reader = benchReader({stateFolder: runs.folder}), nowMs = Date.now()) {
  const {rows} = await reader.look({place: null, nowMs, signal: new AbortController().signal, intervalMs: 2000})
  benchRowsSchema.parse(rows)
  return rows
}

const tick = (atMs: number, done: number): LoadTick => ({
  ...{cell: 1, atMs, sent: done + 2, inFlight: 2, done, ok: done - 1, errors: [0, 1], tokenEvents: done * 10},
  usage: {input: done * 100, output: done * 10, cacheRead: 0, cacheWrite: 0},
  recent: {ttftP50: 38, ttftP99: 121, tpotP50: 6, tpotP99: 9, lagMax: 0.4},
})

test('there are no runs where nothing was kept', async () => {
  expect(await look()).toEqual([])
})

test('a run that ended has its levels as bench show has them; the one with the most tokens stands for it', async () => {
  const cells = [makeCellHead(0, 0, {label: '2 users'}), makeCellHead(1, 0, {label: '8 users'})]
  await keepRun(runs.store, {name: 'nightly', cells}, [
    {cell: 0, requests: 100, perSecond: 10},
    {cell: 1, requests: 400, perSecond: 40, failEvery: 10, error: 1},
  ])

  const [row] = await look()

  expect(row).toMatchObject({
    ...{name: 'nightly', state: 'complete', live: false, requests: 500, failed: 40, numbersOf: 'local, 8 users'},
    levels: [
      {target: 'local', label: '2 users', requests: 100, failed: 0},
      {target: 'local', label: '8 users', requests: 400, failed: 40},
    ],
  })
  expect(row?.tokensPerSecond).toBe(row?.levels[1]?.tokensPerSecond)
  expect(row?.ttftP50).toBeGreaterThan(0)
})

test('a run under way tells how it goes; what it said is gone when it is over', async () => {
  const writer = await runs.store.create(makeHead({cells: [makeCellHead(0), makeCellHead(1)]}))
  const {place} = writer
  const notes = await openLiveNotes(place, SILENT)
  const {follower} = notes
  const cells = [0, 1].map((cell) => ({cell, target: 0, label: `${cell + 1} users`, block: 0}))
  follower.begin({targets: ['local'], cells, estimate: {usd: 1, requests: 400, seconds: 60}})
  follower.cell(1)
  for (const [at, done] of [50, 100].entries()) follower.tick(tick(at * 5000, done), {usd: 0.25})
  await notes.write()
  const [row] = await look()
  const [later] = await look(benchReader({stateFolder: runs.folder}), Date.now() + 60_000)
  await notes.close()
  await writer.abandon()
  const [over] = await look()

  expect(row).toMatchObject({
    ...{state: 'running', live: true, requests: 100, failed: 1, asked: 400, usd: 0.25, perSecond: 10},
    ...{tokensPerSecond: 100, ttftP50: 38, ttftP99: 121, numbersOf: 'local, 2 users (2 of 2)'},
  })
  expect(row?.leftMs).toBeGreaterThanOrEqual(0)
  expect([later?.state, over?.state, over?.live]).toEqual(['unfinished', 'unfinished', false])
  expect(await readdir(place)).not.toContain('live.json')
})

test('what a run says is for its owner alone', async () => {
  const writer = await runs.store.create(makeHead())
  const notes = await openLiveNotes(writer.place, SILENT)
  await notes.write()

  expect((await stat(join(writer.place, 'live.json'))).mode & 0o777).toBe(0o600)
  await notes.close()
  await writer.abandon()
})

test('a run that ended is read once, and again when it was written anew; one that cannot be read says why', async () => {
  const place = await keepRun(runs.store, {}, [{requests: 20}])
  const reader = benchReader({stateFolder: runs.folder})
  const [first] = await look(reader)
  const [second] = await look(reader)
  await writeFile(join(place, 'summary.json'), '{}')
  await utimes(join(place, 'summary.json'), 1, 1)
  const [damaged] = await look(reader)

  expect(second).toBe(first)
  expect(damaged).toMatchObject({state: 'unreadable', verdict: expect.stringContaining('summary.json')})
})

test('the newest fifty runs are told, newest first', async () => {
  for (let at = 0; at < 52; at += 1) {
    const writer = await runs.store.create(makeHead({id: `20261121-1900${String(at).padStart(2, '0')}-abcd`}))
    await writer.abandon()
  }

  const rows = await look()

  expect([rows.length, rows[0]?.id, rows.at(-1)?.id]).toEqual([50, '20261121-190051-abcd', '20261121-190002-abcd'])
})

import {mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {mergeRuns} from '../../../src/lib/bench/merge/merge-runs.js'
import {mergeTelemetry} from '../../../src/lib/bench/merge/merge-telemetry.js'
import {summarise} from '../../../src/lib/bench/metrics/summarise.js'
import type {RunHead} from '../../../src/lib/bench/metrics/summary.schema.js'
import {createRunStore} from '../../../src/lib/bench/runs/folder-store.js'
import {fetchFromBucket, publishToBucket} from '../../../src/lib/bench/runs/results-bucket.js'
import {makeRunId} from '../../../src/lib/bench/runs/run-id.js'
import type {RunStore} from '../../../src/lib/bench/runs/run-store.js'
import {findRunFolders, publishToFolder} from '../../../src/lib/bench/runs/shard-folders.js'
import {summaryOfRun} from '../../../src/lib/bench/runs/summary-of-run.js'
import {makeCellHead, makeEnd, makeHead, makeSamples} from '../../support/bench-samples.js'
import {keepRun} from '../../support/kept-runs.js'

let folder: string
let store: RunStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runs-'))
  store = createRunStore(folder)
})

afterEach(() => rm(folder, {recursive: true}))

async function made(over: Partial<RunHead> = {}, {finish = true} = {}): Promise<string> {
  const head = makeHead(over)
  const writer = await store.create(head)
  const {columns, gaps} = makeSamples({requests: 300})
  await writer.samples(columns)
  await writer.cellEnded(makeEnd(0), gaps)
  if (!finish) {
    await writer.abandon()
    return writer.place
  }
  const run = await store.open(head.id)
  const facts = {head, samples: run.samples(), gaps: await run.gaps(), ends: await run.ends()}
  await writer.finish(
    await summarise({...facts, ended: 'complete', endedWhy: null, endedAt: '2026-11-21T19:05:00.000Z'}),
  )
  return writer.place
}

describe('runs that are kept', () => {
  test('come back as they were written, for their owner alone', async () => {
    const place = await made({name: 'nightly'})
    const run = await store.open('latest')

    expect(run.summary?.cells[0]?.counts.ok).toBe(300)
    expect(run.summary?.cells[0]?.icl?.n).toBe(300 * 63)
    expect(run.head?.name).toBe('nightly')
    expect((await stat(place)).mode & 0o777).toBe(0o700)
    expect((await stat(join(place, 'summary.json'))).mode & 0o777).toBe(0o600)
  })

  test('are found by id, its beginning, name, latest and path', async () => {
    const older = await made({id: '20261120-080000-aaaa', name: 'before'})
    await made({id: '20261121-080000-bbbb'})
    const idOf = async (reference: string) => (await store.open(reference)).id

    expect(await idOf('latest')).toBe('20261121-080000-bbbb')
    for (const reference of ['20261120', 'before', '20261120-080000-aaaa', older, join(older, 'summary.json')]) {
      expect(await idOf(reference)).toBe('20261120-080000-aaaa')
    }
    await expect(idOf('202611')).rejects.toMatchObject({code: 'RUN_AMBIGUOUS'})
    await expect(idOf('befor')).rejects.toMatchObject({code: 'RUN_UNKNOWN', why: 'Did you mean before?'})
    await expect(idOf('/nowhere/at/all')).rejects.toMatchObject({code: 'RUN_UNKNOWN'})
  })

  test('are listed newest first, with why one cannot be read, and what is no run left out', async () => {
    await made({id: '20261120-080000-aaaa'})
    const harmed = await made({id: '20261121-080000-bbbb'})
    await writeFile(join(harmed, 'summary.json'), '{"schemaVersion": 1, "id": 7}')
    await mkdir(join(folder, 'bench', 'notes'))
    await mkdir(join(folder, 'bench', '20261122-080000-cccc'))

    const found = await store.list()

    expect(found.map(({id, problem}) => [id, problem?.includes('summary.json') ?? false])).toEqual([
      ['20261122-080000-cccc', true],
      ['20261121-080000-bbbb', true],
      ['20261120-080000-aaaa', false],
    ])
    await expect(store.open('20261121')).rejects.toMatchObject({
      code: 'RUN_DAMAGED',
      why: expect.stringContaining('id:'),
    })
  })

  test('that were killed are summarised from what is whole, and say so', async () => {
    const place = await made({}, {finish: false})
    const {size} = await stat(join(place, 'cells.ndjson'))
    await truncate(join(place, 'cells.ndjson'), size - 10)

    const summary = await summaryOfRun(await store.open('latest'))

    expect(summary).toMatchObject({ended: 'partial', endedWhy: expect.stringContaining('killed')})
    expect(summary.cells[0]).toMatchObject({ended: 'interrupted', icl: null, counts: {ok: 300}})
    expect(summary.verdict.reasons.map(({code}) => code)).toContain('PARTIAL')
  })

  test('take cells that come up while they run', async () => {
    const writer = await store.create(makeHead({cells: []}))
    await writer.addCells([makeCellHead(0, 0, {label: '80/s'})])
    await writer.samples(makeSamples({requests: 50}).columns)
    await writer.telemetry([{atEpochMs: 1, source: 'nvidia-smi', device: '0', values: {power: 300}}])
    await writer.texts([{cell: 0, k: 1, text: 'an answer'}])
    await writer.abandon()
    const run = await store.open('latest')
    const rows: unknown[] = []
    for await (const row of run.telemetry()) rows.push(row)

    expect((await summaryOfRun(run)).cells.map(({label}) => label)).toEqual(['80/s'])
    expect(rows).toHaveLength(1)
    expect(await readFile(join(run.place, 'texts.ndjson'), 'utf8')).toContain('an answer')
  })

  test('that are removed are gone, and an id is never made twice in a second by chance alone', async () => {
    await made()
    await store.remove('20261121-190000-abcd')

    expect(await store.list()).toEqual([])
    await expect(store.open('latest')).rejects.toMatchObject({code: 'RUN_UNKNOWN'})
    const now = new Date('2026-11-21T19:04:05Z')
    expect(makeRunId(now, () => 0.999)).toBe('20261121-190405-zzzz')
  })
})

describe('shards of a run', () => {
  const shard = (index: number, over: Partial<RunHead> = {}) =>
    keepRun(
      store,
      {
        id: `20261121-19000${index}-abcd`,
        shard: {index, of: 3, host: `m${index}`, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0},
        ...over,
      },
      [{requests: 600, warmUp: 30, failEvery: 17, shard: {index, of: 3}}],
      {shard: index},
    )
  const merged = async (places: readonly string[]) =>
    mergeRuns(await Promise.all(places.map((place) => store.open(place))), {store, id: '20261121-200000-mmmm'})

  test('put together, in any order and from any folder, are the run of one machine', async () => {
    const places = [await shard(2), await shard(0), await shard(1)]
    const results = join(folder, 'results')
    for (const place of places) {
      const {head} = await store.open(place)
      if (head !== undefined) await publishToFolder(place, results, head)
    }
    await keepRun(store, {id: '20261121-180000-abcd'}, [{requests: 600, warmUp: 30, failEvery: 17}])
    const whole = (await store.open('20261121-180000-abcd')).summary

    const found = await merged(await findRunFolders(results))

    expect(found.cells).toEqual(whole?.cells)
    expect(found).toMatchObject({ended: 'complete', shards: [{host: 'm0'}, {host: 'm1'}, {host: 'm2'}]})
    expect((await store.open('20261121-200000-mmmm')).summary).toEqual(found)
  })

  test('of which one is missing are a partial run that says which', async () => {
    const found = await merged([await shard(0), await shard(2)])

    expect(found).toMatchObject({ended: 'partial', endedWhy: '1 shard missing (1)'})
    expect(found.verdict.reasons.map(({code}) => code)).toEqual(expect.arrayContaining(['PARTIAL', 'SHARDS_MISSING']))
  })

  test('of different plans, of no plan, or twice the same, are refused with what differs', async () => {
    const [one, other] = [await shard(0), await shard(1, {planDigest: 'd2', seed: 7})]
    const twin = await shard(0, {id: '20261121-190009-abcd'})
    const unsplit = await made({id: '20261121-190008-abcd'})
    const why = (text: string) => ({code: 'SHARDS_DIFFER', why: expect.stringContaining(text)})

    await expect(merged([one, other])).rejects.toMatchObject(why('plan is d2, not d1'))
    await expect(merged([one, other])).rejects.toMatchObject(why('seed is 7, not 1'))
    await expect(merged([one, twin])).rejects.toMatchObject(why('are both shard 0'))
    await expect(merged([one, unsplit])).rejects.toMatchObject(why('it was not split'))
  })

  test('travel through a bucket, and are taken once they are whole', async () => {
    const objects = new Map<string, Uint8Array>()
    const bucket = {
      put: async ({key}: {key: string}, body: Uint8Array) => {
        objects.set(key, body)
        return 'etag'
      },
      async *list() {
        for (const [key, body] of objects) yield {bucket: 'b', key, bytes: body.length, etag: '', modifiedAt: ''}
      },
      async *read({key}: {key: string}) {
        yield objects.get(key) ?? new Uint8Array(0)
      },
    }
    const at = {store: bucket, place: {bucket: 'b', key: 'p'}, owner: {region: 'x'}, signal: AbortSignal.timeout(9000)}
    for (const place of [await shard(0), await shard(1), await shard(2)]) {
      const {head} = await store.open(place)
      if (head !== undefined) await publishToBucket(place, head, at)
    }
    objects.delete('p/d1/shard-1-of-3/done')

    await fetchFromBucket(join(folder, 'fetched'), at)

    expect((await findRunFolders(join(folder, 'fetched'))).map((path) => path.split('/').at(-1))).toEqual([
      'shard-0-of-3',
      'shard-2-of-3',
    ])
    objects.clear()
    await expect(fetchFromBucket(join(folder, 'none'), at)).rejects.toMatchObject({code: 'SHARDS_MISSING'})
  })
})

test('a GPU that several shards read is told once, with its energy over the tokens of all', () => {
  const lanes = [{metric: 'power', unit: 'W', mean: 300, p50: 300, p95: 300, max: 300, n: 20}] as const
  const told = {device: '0', name: 'H200', facts: [], absent: null, notes: [], lanes, idleWatts: null}
  const gpu = {...told, source: 'nvidia-smi on gpu', joules: 6000, throttledShare: 0, throttledBy: []}
  const of = (host: string, source: string, joulesPerOutputToken: number | null) => ({
    host,
    telemetry: [{...gpu, source, joulesPerOutputToken}],
  })

  expect(mergeTelemetry([of('a', gpu.source, 6), of('b', gpu.source, 3)])).toMatchObject([{joulesPerOutputToken: 2}])
  expect(mergeTelemetry([of('a', 'nvidia-smi', 6), of('b', 'nvidia-smi', 3)])).toHaveLength(2)
  expect(mergeTelemetry([of('a', 'nvidia-smi', 6), of('a', 'nvidia-smi', null)])).toMatchObject([
    {joulesPerOutputToken: null},
  ])
})

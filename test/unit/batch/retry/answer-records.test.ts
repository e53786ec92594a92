import {createHash} from 'node:crypto'
import {appendFile, mkdtemp, readFile, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {openAnswerLog} from '../../../../src/lib/batch/retry/answer-log.js'
import {answerRecords} from '../../../../src/lib/batch/retry/answer-records.js'
import {onDemandPrice} from '../../../../src/lib/batch/retry/make-on-demand-round.js'
import type {RecordReply} from '../../../../src/lib/batch/retry/ports.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import type {PriceBook} from '../../../../src/lib/prices/price-book.js'
import {NOON, planOf} from '../../../support/batch-case.js'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const LINES = IDS.map((id) => `{"recordId":"${id}","modelInput":{"of" : "${id}", "n":9007199254740993}}\r\n`).join('')
const BYTES = Buffer.from(LINES)
const SOURCE: ByteSource = {
  name: '/data/prompts.jsonl',
  bytes: BYTES.length,
  revision: 'r1',
  async *read(range) {
    yield BYTES.subarray(range?.start, range?.end)
  },
}
const SHARD = {
  number: 1,
  records: IDS.length,
  bytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  segments: [[0, BYTES.length] as const],
}
const PLAN = {...planOf([IDS.length], {round: 2}), way: 'on-demand' as const, shards: [SHARD]}

interface Stage extends AsyncDisposable {
  readonly folder: string
  readonly file: string
  /** Ids in the order in which they were asked for. */
  readonly asked: string[]
  /** Waits, in milliseconds. */
  readonly pauses: number[]
  run(reply: (id: string) => RecordReply): Promise<void>
}

async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'answers-'))
  const asked: string[] = []
  const pauses: number[] = []
  const clock = {
    now: () => new Date(NOON),
    pause: async (ms: number) => void pauses.push(ms),
    random: () => 0,
  }
  return {
    folder,
    file: join(folder, 'answers-r2.jsonl'),
    asked,
    pauses,
    async run(reply) {
      const log = await openAnswerLog(folder, 2)
      const answerer = {
        answer: async ({body}: {readonly body: Uint8Array}) => {
          const text = Buffer.from(body).toString('utf8')
          const {of: id} = JSON.parse(text) as {readonly of: string}
          expect(text).toBe(`{"of" : "${id}", "n":9007199254740993}`)
          asked.push(id)
          return reply(id)
        },
      }
      const {signal} = new AbortController()
      const told = {onProgress: () => undefined, onRetry: () => undefined}
      try {
        await answerRecords({plan: PLAN, shard: SHARD, source: SOURCE, log, signal, ...told}, {answerer, clock})
      } finally {
        await log.close()
      }
    },
    [Symbol.asyncDispose]: () => rm(folder, {recursive: true}),
  }
}

const says = (id: string): RecordReply => ({output: Buffer.from(`{"said":\n"${id}","n":1.0}`)})

test('answers are kept as they are sent, a line each, beside the input as it is written', async () => {
  await using stage = await openStage()
  await stage.run(says)
  const lines = (await readFile(stage.file, 'utf8')).trimEnd().split('\n')

  expect(lines.toSorted()[0]).toBe(
    '{"recordId":"a","modelInput":{"of" : "a", "n":9007199254740993},"modelOutput":{"said": "a","n":1.0}}',
  )
  expect(lines).toHaveLength(IDS.length)
  expect((await stat(stage.file)).mode & 0o777).toBe(0o600)
})

test('what was stopped goes on with what has no whole line yet', async () => {
  await using stage = await openStage()
  const denied = new BedrockctlError('ACCESS_DENIED', 'no', {fault: 'access'})
  const stopped = stage.run((id) => {
    if (id === 'e') throw denied
    return says(id)
  })
  await expect(stopped).rejects.toBe(denied)
  const kept = (await readFile(stage.file, 'utf8')).trimEnd().split('\n').length
  await appendFile(stage.file, '{"recordId":"e","modelInput":{},"modelOutput":{"sa')
  const before = stage.asked.splice(0)
  await stage.run(says)
  const ids = (await readFile(stage.file, 'utf8')).trimEnd().split('\n').map(idOf)

  expect(before).toContain('e')
  expect(stage.asked).toHaveLength(IDS.length - kept)
  expect(ids.toSorted()).toEqual(IDS)
})

test('throttling is waited for, and in the end it is the fate of its record alone', async () => {
  await using stage = await openStage()
  const throttled = new BedrockctlError('THROTTLED', 'slow down', {fault: 'service'})
  await stage.run((id) => {
    if (id === 'c') throw throttled
    return id === 'd' ? {output: Buffer.from('<html>')} : says(id)
  })
  const lines = (await readFile(stage.file, 'utf8')).trimEnd().split('\n')

  expect(stage.pauses.length).toBeGreaterThan(1)
  expect(lines.find((line) => idOf(line) === 'c')).toContain('"error":{"errorCode":429,"errorMessage":"slow down"}')
  expect(lines.find((line) => idOf(line) === 'd')).toContain('"errorCode":424')
  expect(lines).toHaveLength(IDS.length)
})

test('an answered round has ended without a job', () => {
  const counts = {total: 7, succeeded: 6, failed: 1}
  const first = planOf([7])
  const state = foldJournal([first, PLAN], [{kind: 'answered', at: NOON, round: 2, shard: 1, ...counts}])
  const shard = state.rounds[1]?.shards[0]

  expect(shard).toMatchObject({state: 'ended', end: {state: 'Completed', records: {processed: 7, ...counts}}})
  expect(shard?.job).toBeUndefined()
})

test('the price is that of the standard tier, and none stands in where there is none', () => {
  const tiers: string[] = []
  const rate = {amount: '2', per: 1000, currency: 'USD', sources: ['list'], asOf: '2026-10-01'}
  const book = {
    rate: ({tier}: {readonly tier: string}) => {
      tiers.push(tier)
      return rate
    },
  } as unknown as PriceBook
  const billed = {modelId: 'm', profileId: undefined, route: 'in-region', region: 'us-east-1'} as const
  const price = {...PLAN.price, inputTokens: 500, outputTokensAtMost: 2000}

  expect(onDemandPrice(price, {book, billed})).toMatchObject({input: '1', outputAtMost: '4', asOf: '2026-10-01'})
  expect(new Set(tiers)).toEqual(new Set(['standard']))
  expect(onDemandPrice(price, {book, billed: undefined})).toMatchObject({input: null, outputAtMost: null})
})

function idOf(line: string): string {
  return (JSON.parse(line) as {readonly recordId: string}).recordId
}

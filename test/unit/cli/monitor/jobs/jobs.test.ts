import {expect, test} from 'vitest'
import type {JobKind} from '../../../../../src/lib/cli/monitor/jobs/job-kind.js'
import {jobsReader} from '../../../../../src/lib/cli/monitor/jobs/jobs.js'
import {BedrockctlError} from '../../../../../src/lib/core/errors.js'
import type {JobRow} from '../../../../../src/lib/monitor/board/jobs/jobs.schema.js'
import {aJob, NOW} from '../../../../support/board-jobs.js'

const INTERVAL_MS = 30_000

/** A kind that answers, look by look, with rows or an error, and again with the last of them; it notes when it was asked. */
function kindOf(kind: JobRow['kind'], ...answers: readonly (readonly JobRow[] | BedrockctlError)[]) {
  const askedAt: number[] = []
  const one: JobKind = {
    kind,
    action: `bedrock:List-${kind}`,
    async look({nowMs}) {
      const answer = answers[Math.min(askedAt.length, answers.length - 1)] ?? []
      askedAt.push((nowMs - NOW) / 1000)
      if (answer instanceof BedrockctlError) throw answer
      return {rows: answer, isWhole: true}
    },
  }
  return {...one, askedAt}
}

const failure = (code: string, fault: 'access' | 'service' = 'service') =>
  new BedrockctlError(code, `It failed: ${code}.`, {fault, hint: 'Wait a little.'})

async function looking(kinds: readonly JobKind[], intervalMs = INTERVAL_MS) {
  const reader = await jobsReader(kinds)
  const {signal} = new AbortController()
  return (seconds: number, place = 'us-east-1') => reader.look({place, nowMs: NOW + seconds * 1000, signal, intervalMs})
}

test('kinds with live jobs are listed at every look, others every fifth, and all of them when somebody asks', async () => {
  const live = kindOf('batch', [aJob()])
  const ended = kindOf('import', [aJob({kind: 'import', live: false, endedAtMs: NOW})])
  const look = await looking([live, ended])

  for (const seconds of [0, 30, 60, 90, 120, 150, 180, 185]) await look(seconds)

  expect(live.askedAt).toEqual([0, 30, 60, 90, 120, 150, 180, 185])
  expect(ended.askedAt).toEqual([0, 150, 185])
})

test('however short the interval, a list without live jobs is asked for every 20 s, and one with them at every look', async () => {
  const live = kindOf('batch', [aJob()])
  const ended = kindOf('import', [])
  const look = await looking([live, ended], 2000)

  for (let seconds = 0; seconds <= 44; seconds += 2) await look(seconds)

  expect(live.askedAt).toHaveLength(23)
  expect(ended.askedAt).toEqual([0, 20, 40])
})

test('rows of a kind stay when it fails, with a row that says so; it is asked less and less often', async () => {
  const batch = kindOf('batch', [aJob()])
  const copies = kindOf('copy', [aJob({kind: 'copy', name: 'tone-west'})], failure('THROTTLED'))
  const look = await looking([batch, copies])

  await look(0)
  const {rows} = await look(30)
  for (let seconds = 60; seconds <= 600; seconds += 30) await look(seconds)

  expect(rows.map(({name}) => name)).toEqual(['nightly', 'tone-west', 'bedrock:List-copy'])
  expect(rows.at(-1)).toMatchObject({
    ...{kind: 'copy', state: 'unread', tone: 'warn', live: false, message: 'It failed: THROTTLED.'},
    remedy: 'Wait a little.',
    facts: [['last listed', '2026-11-21T12:00:00.000Z']],
  })
  expect(copies.askedAt).toEqual([0, 30, 90, 210, 450])
})

test('a service without such jobs has none; nothing is told of it, and it is asked again in ten minutes', async () => {
  const batch = kindOf('batch', [aJob()])
  const none = kindOf('evaluation', failure('NOT_IMPLEMENTED'))
  const look = await looking([batch, none])

  const {rows} = await look(0)
  for (let seconds = 30; seconds <= 630; seconds += 30) await look(seconds)

  expect(rows.map(({name}) => name)).toEqual(['nightly'])
  expect(none.askedAt).toEqual([0, 600])
})

test('a Region where nothing could be read fails as the first list did; others know nothing of it', async () => {
  const denied = kindOf('batch', failure('ACCESS_DENIED', 'access'), [aJob()])
  const look = await looking([denied])

  await expect(look(0)).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  expect((await look(0, 'eu-west-1')).rows).toHaveLength(1)
})

test('a kind that some Regions lack is not asked for there', async () => {
  const batch = kindOf('batch', [aJob()])
  const imports = {...kindOf('import', []), regions: ['us-east-1']}
  const look = await looking([batch, imports])

  await look(0, 'eu-west-1')

  expect([batch.askedAt, imports.askedAt]).toEqual([[0], []])
})

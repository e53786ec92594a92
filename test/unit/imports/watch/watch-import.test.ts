import {expect, test} from 'vitest'
import type {ImportJob} from '../../../../src/lib/imports/ports.js'
import {importPace} from '../../../../src/lib/imports/watch/import-pace.js'
import {changeLine} from '../../../../src/lib/imports/watch/render-watch.js'
import {watchChanges} from '../../../../src/lib/imports/watch/watch-changes.js'
import {type ImportLook, type WatchImportInput, watchImport} from '../../../../src/lib/imports/watch/watch-import.js'
import {paceWords, watchFrame} from '../../../../src/lib/imports/watch/watch-words.js'
import {importedModel, importJob} from '../../../support/import-case.js'
import {movingClock} from '../../../support/moving-clock.js'
import {PIPE} from '../../../support/terminals.js'

const ENDED = '2026-11-21T12:10:00.000Z'
const FAILED = {
  state: 'Failed',
  endedAt: ENDED,
  message: 'Amazon bedrock could not find the expected file s3://m/config.json.',
}

/** Watches a job that looks like these, the last one for ever. */
async function play(jobs: readonly ImportJob[], input: Partial<WatchImportInput> = {}) {
  const clock = movingClock()
  const lines: string[] = []
  let before: ImportLook | undefined
  let looked = 0
  const result = await watchImport(
    {
      region: 'us-east-1',
      arn: importJob().arn,
      pace: null,
      intervalMs: 60_000,
      timeoutMs: undefined,
      signal: new AbortController().signal,
      onLook: ({atMs, seen}) => {
        const at = new Date(atMs).toISOString()
        lines.push(...watchChanges(before, seen).map((change) => changeLine(change, at, PIPE)))
        before = seen
      },
      onTrouble: () => undefined,
      ...input,
    },
    {
      clock,
      source: {
        job: async () => jobs[Math.min(looked++, jobs.length - 1)],
        model: async (_, arn) => (arn === importedModel().arn ? importedModel() : undefined),
      },
    },
  )
  return {lines, result}
}

test('each change is one line, and an import that completed passes', async () => {
  const done = importJob({state: 'Completed', modelArn: importedModel().arn, endedAt: ENDED})
  const {lines, result} = await play([importJob(), importJob(), done])

  expect(lines).toEqual([
    '2026-11-21T12:00:00.000Z  tiny  InProgress  0s',
    '2026-11-21T12:02:00.000Z  tiny  InProgress → Completed  10m 00s',
  ])
  expect(result).toMatchObject({
    end: 'ended',
    looks: 3,
    gate: {passed: true},
    import: {state: 'Completed', seconds: 600},
    next: ['bedrockctl imports invoke tiny --prompt "Say hello." --region us-east-1'],
  })
})

test('an import that failed says why and what to do', async () => {
  const {lines, result} = await play([importJob(FAILED)])

  expect(lines[0]).toContain('Failed  10m 00s: Amazon bedrock could not find')
  expect(result).toMatchObject({
    end: 'ended',
    gate: {passed: false, failures: ['tiny: Failed']},
    failure: {kind: 'place', remedy: expect.stringContaining('config.json')},
    next: ['bedrockctl imports check s3://models/tiny/ --region us-east-1'],
  })
})

test('a model that was deleted since is no failure of its import', async () => {
  const {result} = await play([importJob({state: 'Completed', modelArn: 'gone', endedAt: ENDED})])

  expect(result).toMatchObject({gate: {passed: true}, import: {state: 'Deleted'}})
})

test('time that is up leaves the import going on', async () => {
  const {result} = await play([importJob()], {timeoutMs: 90_000})

  expect(result).toMatchObject({end: 'timed-out', gate: {passed: false}, next: [expect.stringContaining('watch')]})
})

test('time is told only by imports that completed here, and not at all where none did', () => {
  const nowMs = Date.parse(ENDED)
  const took = (minutes: number) =>
    importJob({
      state: 'Completed',
      endedAt: new Date(Date.parse('2026-11-21T12:00:00Z') + minutes * 60_000).toISOString(),
    })
  const old = importJob({state: 'Completed', createdAt: '2025-01-01T00:00:00Z', endedAt: '2025-01-01T09:00:00Z'})
  const pace = importPace([took(12), took(20), importJob(FAILED), importJob(), old], nowMs)

  expect(pace).toEqual({imports: 2, leastSeconds: 720, mostSeconds: 1200})
  expect(paceWords(pace)).toBe('2 earlier imports here took 12m 00s to 20m 00s; models differ in size')
  expect(importPace([importJob()], nowMs)).toBeNull()
  expect(paceWords(null)).toContain('not known')
})

test('the live view shows no share of progress, for the service tells none', () => {
  const seen = {row: {...rowOf(), endedAt: null}, failure: null, s3Uri: 's3://m/', pace: null}
  const frame = watchFrame({seen, atMs: 0, nextAtMs: 1}, true)

  expect(frame).toMatchObject({title: 'tiny', state: 'InProgress', where: 's3://m/  us-east-1', simulated: true})
  expect(frame.progress?.share).toBeUndefined()
})

function rowOf(): ImportLook['row'] {
  return {
    name: 'tiny',
    region: 'us-east-1',
    state: 'InProgress',
    architecture: null,
    converse: null,
    createdAt: '2026-11-21T12:00:00.000Z',
    endedAt: null,
    seconds: 60,
    jobName: 'tiny-0001',
    jobArn: importJob().arn,
    modelArn: null,
  }
}

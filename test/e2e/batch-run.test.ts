import {spawn} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {foldJournal} from '../../src/lib/batch/group/group-state.js'
import {readGroup} from '../../src/lib/batch/group/group-store.js'
import {openBatchRun} from '../support/batch-run.js'
import {ROOT} from '../support/command-classes.js'
import {compileSchema} from '../support/json-schema.js'
import {startKillingProxy} from '../support/killing-proxy.js'

// A pile of prompts from plan to one joined result, by the built program: some records throttled, one job failed, one
// expired, and a submit that is killed.

/** 100,000 take half a minute. */
const RECORDS = Number(process.env['BATCH_RUN_RECORDS'] ?? 5000)
const SHARDS = 10
const TIMEOUT = 180_000

test(
  'every record is answered once in the end, and journal and cost agree',
  async () => {
    await using run = await openBatchRun(RECORDS, SHARDS)
    await using proxy = await startKillingProxy(run.sandbox)

    const planned = await run.cli('plan', run.input, ...run.planFlags)
    expect(planned, planned.text).toMatchObject({code: 0, answer: {saved: 'pile.plan.json'}})

    const killed = spawn(
      process.execPath,
      [join(ROOT, 'bin', 'run.js'), 'batch', 'submit', 'pile.plan.json', '--yes'],
      {
        cwd: run.folder,
        env: {...run.env, AWS_ENDPOINT_URL: proxy.url},
        stdio: 'ignore',
      },
    )
    const end = new Promise((resolve) => killed.on('close', (_, signal) => resolve(signal)))
    proxy.stopAt({
      when: 'after',
      matches: ({method, path}) => method === 'POST' && path.startsWith('/model-invocation-job'),
      hold: async () => {
        killed.kill('SIGKILL')
        await end
      },
    })
    expect(await end).toBe('SIGKILL')

    const submitted = await run.cli('submit', 'pile', '--yes', '--wait', '--interval', '1s')
    expect(submitted, submitted.text).toMatchObject({code: 3, answer: {outcome: 'ended'}})
    const watched = await run.cli('watch', 'pile')
    expect(watched, watched.text).toMatchObject({
      code: 3,
      answer: {
        end: 'ended',
        summary: {state: 'PartiallyCompleted', states: {Completed: SHARDS - 2, Failed: 1, Expired: 1}},
      },
    })
    const {failed: unanswered = 0} = (watched.answer as {summary: {records: {failed: number}}}).summary.records

    const looked = await run.cli('retry', 'pile', '--dry-run')
    expect(looked, looked.text).toMatchObject({
      code: 0,
      answer: {outcome: 'would-retry', round: 2, retried: unanswered},
    })
    const again = await run.cli('retry', 'pile', '--yes', '--wait', '--interval', '1s')
    expect(again, again.text).toMatchObject({code: 0, answer: {outcome: 'ended', retried: unanswered}})
    expect(compileSchema(schemaFile('batch:retry')).validate(again.answer)).toEqual([])
    const nothing = await run.cli('retry', 'pile', '--yes')
    expect(nothing, nothing.text).toMatchObject({code: 0, answer: {outcome: 'nothing-to-retry', answered: RECORDS}})

    const collected = await run.cli('collect', 'pile', '--out', 'answers.jsonl')
    expect(collected.code, collected.text).toBe(0)
    const lines = (await readFile(join(run.folder, 'answers.jsonl'), 'utf8')).trimEnd().split('\n')
    const ids = lines.map((line) => (JSON.parse(line) as {readonly recordId: string}).recordId)
    expect(ids).toEqual(Array.from({length: RECORDS}, (_, index) => `r${index}`))

    const shown = await run.cli('show', 'pile')
    expect(shown, shown.text).toMatchObject({
      code: 0,
      answer: {
        summary: {state: 'Completed', records: {total: RECORDS, succeeded: RECORDS, failed: 0}},
        folder: run.groupFolder,
      },
    })
    const {cost: paid} = collected.answer as {readonly cost: {readonly amount: number}}
    const {cost: told} = shown.answer as {readonly cost: {readonly soFar: {readonly atLeast: number}}}
    expect(paid.amount).toBeGreaterThan(0)
    expect(told).toMatchObject({
      how: 'tokens that the service counted',
      soFar: {atLeast: paid.amount, atMost: paid.amount},
    })

    const group = await readGroup(run.stateFolder, 'pile')
    const {rounds} = foldJournal(group?.plans ?? [], group?.events ?? [])
    const shards = rounds.flatMap((round) => round.shards)
    const created = group?.events.filter(({kind}) => kind === 'job-created') ?? []
    expect(created).toHaveLength(shards.length)
    expect(new Set(shards.map(({job}) => job?.arn)).size).toBe(shards.length)
    expect(shards.reduce((sum, {end}) => sum + (end?.records.succeeded ?? 0), 0)).toBe(RECORDS)
  },
  TIMEOUT,
)

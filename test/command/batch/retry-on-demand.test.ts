import {readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import BatchRetry from '../../../src/commands/batch/retry.js'
import type {BatchCollect} from '../../../src/lib/batch/collect/batch-collect.schema.js'
import {readGroup} from '../../../src/lib/batch/group/group-store.js'
import type {BatchRetryResult} from '../../../src/lib/batch/retry/batch-retry.schema.js'
import {SERVICES} from '../../../src/lib/sandbox/services.js'
import {type CollectStage, openCollectStage} from '../../support/collect-stage.js'
import {runCli} from '../../support/run-cli.js'

/** Prices are read from the lists of the sandbox. */
const TIMEOUT = {timeout: 120_000}
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const USAGE = '"usage":{"inputTokens":7,"outputTokens":3,"totalTokens":10}'

function inputOf(id: string): string {
  return `{"messages":[{"role":"user","content":[{"text":"${id} 9007199254740993"}]}],"inferenceConfig":{"maxTokens":20}}`
}

function record(id: string): string {
  return `{"recordId":"${id}","modelInput":${inputOf(id)}}\n`
}

function answered(id: string): string {
  const message = `{"role":"assistant","content":[{"text":"says ${id}"}]}`
  return `{"recordId":"${id}","modelInput":{},"modelOutput":{"output":{"message":${message}},"stopReason":"end_turn",${USAGE}}}\n`
}

function throttled(id: string): string {
  return `{"recordId":"${id}","modelInput":{},"error":{"errorCode":429,"errorMessage":"Too many requests"}}\n`
}

/** Eight records of which a job answered the first; the other seven were throttled. */
async function sevenFailed(records: readonly string[] = IDS.map(record)): Promise<CollectStage> {
  const stage = await openCollectStage([records.join('')])
  const [first = '', ...others] = IDS
  await stage.output(1, 1, '0001.jsonl.out', [answered(first), ...others.map(throttled)].join(''))
  await jobEnded(stage)
  return stage
}

/** The service knows no job of the stage: its end stands in the journal. */
async function jobEnded(stage: CollectStage): Promise<void> {
  const group = await readGroup(stateOf(stage), 'nightly')
  const [arn = ''] = group?.events.flatMap((event) => (event.kind === 'job-created' ? [event.arn] : [])) ?? []
  const counts = {total: 8, processed: 8, succeeded: 1, failed: 7}
  const end = {kind: 'job-ended', at: new Date().toISOString(), round: 1, shard: 1, arn, state: 'Completed', said: null}
  await writeFile(join(folderOf(stage), 'journal.jsonl'), `${JSON.stringify({...end, ...counts})}\n`, {flag: 'a'})
}

const stateOf = ({env}: CollectStage) => String(env['BEDROCKCTL_STATE_DIR'])
const folderOf = (stage: CollectStage) => join(stateOf(stage), 'batch', 'nightly')

async function retry(stage: CollectStage, ...words: readonly string[]) {
  const env = {...stage.env, XDG_CACHE_HOME: stage.path('cache')}
  const {exitCode, stderr, stdout} = await runCli(['batch', 'retry', 'nightly', ...words, '--json'], {env})
  return {exitCode, stderr, result: () => JSON.parse(stdout) as BatchRetryResult}
}

async function collect(stage: CollectStage) {
  const words = ['batch', 'collect', 'nightly', '--out', stage.path('answers.jsonl'), '--json']
  const {exitCode, stderr, stdout} = await runCli(words, {env: stage.env})
  expect(stdout, stderr).not.toBe('')
  const lines = (await stage.read('answers.jsonl')).trimEnd().split('\n')
  const ids = lines.map((line) => (JSON.parse(line) as {readonly recordId: string}).recordId)
  return {exitCode, ids, lines, result: JSON.parse(stdout) as BatchCollect}
}

const asked = ({sandbox}: CollectStage) => sandbox.journal.filter(({operation}) => operation === 'InvokeModel')

describe('batch retry --on-demand', TIMEOUT, () => {
  test('answers what no job takes any more, once, and collect joins it', async () => {
    await using stage = await sevenFailed()
    const alone = await runCli(['batch', 'retry', 'nightly', '--yes'], {env: stage.env})
    const looked = await retry(stage, '--on-demand', '--dry-run')
    const before = asked(stage).length
    const done = await retry(stage, '--on-demand', '--yes')
    const again = await retry(stage, '--on-demand', '--yes')
    const actions = stage.sandbox.journal.map(({operation = '', service = ''}) => actionOf(service, operation))
    const collected = await collect(stage)

    expect(alone.stderr).toContain('batch retry nightly --on-demand')
    expect(looked.result(), looked.stderr).toMatchObject({outcome: 'would-retry', way: 'on-demand', retried: 7})
    expect(Number(looked.result().price?.input)).toBeGreaterThan(0)
    expect(before).toBe(0)
    expect(done.result(), done.stderr).toMatchObject({outcome: 'ended', round: 2, gate: {passed: true}})
    expect(again.result(), again.stderr).toMatchObject({outcome: 'nothing-to-retry', answered: 8})
    expect(asked(stage)).toHaveLength(7)
    expect([...new Set(actions)].filter((action) => !BatchRetry.permissions.includes(action))).toEqual([])
    expect(collected).toMatchObject({exitCode: 0, ids: IDS})
    expect(collected.result).toMatchObject({tokens: {source: 'answers'}, cost: {currency: 'USD'}})
    expect(await readdir(folderOf(stage))).not.toContain('answers-r2.jsonl')
  })

  test('a record that the model refuses stays failed with its class, one that is throttled is asked again', async () => {
    const invalid = (id: string) => `{"recordId":"${id}","modelInput":{"messages":[]}}\n`
    await using stage = await sevenFailed(IDS.map((id) => (id === 'h' ? invalid(id) : record(id))))
    const error = {kind: 'error', code: 'ThrottlingException', status: 429, message: 'Too many requests'} as const
    stage.sandbox.faults.add({service: 'bedrock-runtime', operation: 'InvokeModel', effect: error, times: 1})
    const done = await retry(stage, '--on-demand', '--yes')
    const collected = await collect(stage)

    expect(done).toMatchObject({exitCode: 3})
    expect(collected).toMatchObject({exitCode: 3, ids: IDS.slice(0, 7)})
    expect(collected.result.outcomes).toContainEqual(
      expect.objectContaining({outcome: 'failed', class: 'validation', code: 400, records: 1}),
    )
  })

  test('a round that a denial stopped is gone on with, and not passed over', async () => {
    await using stage = await sevenFailed()
    const fault = {service: 'bedrock-runtime', operation: 'InvokeModel', effect: {kind: 'access-denied'}} as const
    const id = stage.sandbox.faults.add(fault)
    const denied = await retry(stage, '--on-demand', '--yes')
    const inBatch = await runCli(['batch', 'retry', 'nightly', '--yes'], {env: stage.env})
    const shown = await runCli(['batch', 'show', 'nightly', '--json'], {env: stage.env})
    stage.sandbox.faults.remove(id)
    const done = await retry(stage, '--on-demand', '--yes')

    expect(denied.exitCode).toBe(4)
    expect(inBatch.stderr).toContain('being answered on demand')
    expect(JSON.parse(shown.stdout)).toMatchObject({next: ['bedrockctl batch retry nightly --on-demand']})
    expect(done.result(), done.stderr).toMatchObject({outcome: 'ended', round: 2, retried: 7, gate: {passed: true}})
  })
})

/** IAM action of a call: neither prefix nor name need be those of the operation. */
function actionOf(service: string, operation: string): string {
  const spec = SERVICES.find(({id}) => id === service)
  return spec?.iamActions?.[operation] ?? `${spec?.iamPrefix ?? spec?.signing ?? service}:${operation}`
}

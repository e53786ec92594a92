import {readdir} from 'node:fs/promises'
import {describe, expect, test} from 'vitest'
import BatchRetry from '../../../src/commands/batch/retry.js'
import type {BatchCollect} from '../../../src/lib/batch/collect/batch-collect.schema.js'
import {SERVICES} from '../../../src/lib/sandbox/services.js'
import type {CollectStage} from '../../support/collect-stage.js'
import {eventually} from '../../support/eventually.js'
import {folderOf, IDS, record, retry, sevenFailed} from '../../support/retry-stage.js'
import {runCli} from '../../support/run-cli.js'

/** Prices are read from the lists of the sandbox. */
const TIMEOUT = {timeout: 120_000}
async function collect(stage: CollectStage) {
  const words = ['batch', 'collect', 'nightly', '--out', stage.path('answers.jsonl'), '--json']
  const {exitCode, stderr, stdout} = await runCli(words, {env: stage.env})
  expect(stdout, stderr).not.toBe('')
  const lines = (await stage.read('answers.jsonl')).trimEnd().split('\n')
  const ids = lines.map((line) => (JSON.parse(line) as {readonly recordId: string}).recordId)
  return {exitCode, ids, lines, result: JSON.parse(stdout) as BatchCollect}
}

const operations = ({sandbox}: CollectStage) => sandbox.journal.map(({operation}) => operation)
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

  test('a retry that another overtakes does nothing, and says to run it again', async () => {
    await using stage = await sevenFailed()
    const effect = {kind: 'latency', ms: 3000} as const
    stage.sandbox.faults.add({service: 'sts', operation: 'GetCallerIdentity', effect})
    const retrying = retry(stage, '--on-demand', '--yes')
    // It has looked at the group once it reads answers, and holds it only after it knows the caller.
    await eventually(() => expect(operations(stage)).toContain('GetObject'))
    await stage.addRound(0, 10)
    const late = await retrying

    expect(late.exitCode, late.stderr).toBe(2)
    expect(late.result()).toMatchObject({
      error: {code: 'GROUP_CHANGED', actions: ['bedrockctl batch retry nightly --on-demand']},
    })
    expect(asked(stage)).toEqual([])
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

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {takeLock} from '../../../src/lib/jobs/lock.js'
import {BUCKET, batchScenario, novaLines} from '../../support/batch-scenario.js'
import {runCli} from '../../support/run-cli.js'

const everything = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}

let folder: string
let scenario: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'batch-submit-'))
  file = join(folder, 'prompts.jsonl')
  writeFileSync(file, novaLines(120))
  scenario = await batchScenario({}, {iam: {users: [{name: 'sandbox', inline: {work: everything}}]}})
})

afterAll(() => rmSync(folder, {recursive: true}))

async function submit(group: string, ...words: readonly string[]) {
  const flags = ['--model', 'amazon.nova-lite-v1:0', '--staging', `s3://${BUCKET}/in`, '--region', 'us-east-1']
  const role = words.includes('--role') ? [] : ['--role', 'BedrockBatch']
  const all = ['batch', 'submit', file, '--group', group, ...flags, ...role, ...words, `--sandbox=${scenario}`]
  const {exitCode, stderr, stdout} = await runCli([...all, '--yes', '--json'], {
    env: {BEDROCKCTL_STATE_DIR: join(folder, 'state')},
  })
  expect(stdout, stderr).not.toBe('')
  return {exitCode, answer: JSON.parse(stdout) as unknown}
}

test('records whose plan fails its preflight are not submitted: exit 3', async () => {
  expect(await submit('poor', '--role', 'Poor')).toMatchObject({
    exitCode: 3,
    answer: {error: {code: 'PLAN_CANNOT_WORK', fault: 'gate', exitCode: 3}},
  })
})

test('--dry-run names the command that does it', async () => {
  const {answer} = await submit('looked', '--dry-run', '--tag', 'team=search')
  const words = `bedrockctl batch submit ${file} --group looked --model amazon.nova-lite-v1:0 --staging s3://${BUCKET}/in`

  expect(answer).toMatchObject({
    outcome: 'would-submit',
    next: [expect.stringMatching(new RegExp(`^${words} .* --tag 'team=search' (?!.*--dry-run)`))],
  })
})

test('--timeout ends the wait for another process at work on the group: exit 7, and who it is', async () => {
  const {exitCode: made} = await submit('held')
  const lock = await takeLock(join(folder, 'state', 'batch', 'held'), {wait: false, now: () => new Date()})
  const busy = {code: 'GROUP_BUSY', message: expect.stringContaining(`Process ${process.pid} `)}

  expect(made).toBe(0)
  expect(await submit('held', '--timeout', '1s')).toMatchObject({exitCode: 7, answer: {error: {...busy, exitCode: 7}}})
  expect(await submit('held', '--fail-if-busy')).toMatchObject({exitCode: 5, answer: {error: busy}})
  await lock.release()
})

test('the same records with the same flags go on with their group; with other flags they are refused', async () => {
  const first = await submit('twice')
  const second = await submit('twice')
  const other = await submit('twice', '--timeout-hours', '48', '--tag', 'team=search')

  expect(first).toMatchObject({exitCode: 0, answer: {shards: [{state: 'created'}]}})
  expect(second).toMatchObject({exitCode: 0, answer: {shards: [{state: 'created'}]}})
  expect(other).toMatchObject({
    exitCode: 2,
    answer: {error: {code: 'GROUP_EXISTS', why: 'Not the same: time limit, tags.'}},
  })
})

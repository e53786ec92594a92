import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {BatchPlan} from '../../../src/lib/batch/plan/batch-plan.schema.js'
import {readPlan} from '../../../src/lib/batch/plan/read-plan.js'
import {widthOf} from '../../../src/lib/output/wrap.js'
import {BUCKET, batchScenario, novaLines, POOR_ROLE, ROLE} from '../../support/batch-scenario.js'
import {runCli} from '../../support/run-cli.js'

const NOVA = 'amazon.nova-lite-v1:0'
const everything = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}

let folder: string
let scenario: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'batch-plan-'))
  file = join(folder, 'prompts.jsonl')
  writeFileSync(file, novaLines(120))
  scenario = await batchScenario({}, {iam: {users: [{name: 'sandbox', inline: {work: everything}}]}})
})

afterAll(() => rmSync(folder, {recursive: true}))

function run(words: readonly string[], options: Parameters<typeof runCli>[1] = {}) {
  return runCli(['batch', 'plan', ...words, `--sandbox=${scenario}`, '--region', 'us-east-1'], options)
}

const usual = (out: string) => [
  ...[file, '--model', NOVA, '--role', 'BedrockBatch', '--staging', `s3://${BUCKET}/in`],
  ...['--out', join(folder, out)],
]

async function answer(words: readonly string[]): Promise<{readonly exitCode: number; readonly result: BatchPlan}> {
  const {exitCode, stdout, stderr} = await run([...words, '--json'])
  expect(stdout, stderr).not.toBe('')
  return {exitCode, result: JSON.parse(stdout)}
}

describe('a plan that can work', () => {
  test('is saved, and told with what stands in it', async () => {
    const {exitCode, result} = await answer(usual('good.plan.json'))
    const plan = await readPlan(join(folder, 'good.plan.json'))

    expect([exitCode, result.gate.passed, result.simulated, result.saved]).toEqual([
      0,
      true,
      true,
      join(folder, 'good.plan.json'),
    ])
    expect(plan).toMatchObject({
      group: result.group,
      account: '111122223333',
      modelId: NOVA,
      api: 'InvokeModel',
      roleArn: ROLE,
      staging: `s3://${BUCKET}/in`,
      results: `s3://${BUCKET}/results`,
      maxOpenJobs: 1,
    })
    expect(result.jobs).toMatchObject([{number: 1, records: 120, sha256: plan.shards[0]?.sha256}])
    expect(result.preflight.filter(({verdict}) => verdict === 'fail' || verdict === 'unknown')).toEqual([])
    expect(Number(result.price.outputAtMost)).toBeGreaterThan(0)
    // The first command of a file waits until all its sources are compiled.
  }, 60_000)

  test('replaces another file, or an earlier plan, only with --yes', async () => {
    writeFileSync(join(folder, 'again.plan.json'), 'something else')
    const refused = await run(usual('again.plan.json'))
    const replaced = await answer([...usual('again.plan.json'), '--yes'])
    const again = await run(usual('again.plan.json'))

    expect([refused.exitCode, again.exitCode]).toEqual([2, 2])
    expect(again.stderr).toContain('again.plan.json exists and would be replaced')
    expect(replaced).toMatchObject({exitCode: 0, result: {saved: join(folder, 'again.plan.json')}})
  }, 60_000)

  test.each([80, 140])('fits %d columns', async (columns) => {
    const {exitCode, stdout} = await run(usual(`text-${columns}.plan.json`), {tty: {columns}})
    const lines = stdout.split('\n')

    expect(exitCode).toBe(0)
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns)
    for (const word of ['checked', 'model', 'plan', 'price', 'time', 'checks', 'saved']) {
      expect(lines.some((line) => line.startsWith(word))).toBe(true)
    }
    expect(stdout).toContain('next: bedrockctl batch submit')
  })
})

describe('a plan that cannot work', () => {
  test('is not saved: the role may do nothing, and what mends it is told', async () => {
    const {exitCode, result} = await answer([
      ...[file, '--model', `us.${NOVA}`, '--role', POOR_ROLE, '--staging', `s3://${BUCKET}/in`],
      ...['--out', join(folder, 'poor.plan.json')],
    ])
    const failed = result.preflight.filter(({verdict}) => verdict === 'fail')

    expect(exitCode).toBe(3)
    expect(failed.map(({id}) => id)).toEqual(['role-invoke', 'role-read', 'role-write'])
    for (const {fix} of failed) expect(fix).toContain('--role-name Poor')
    expect([result.saved, existsSync(join(folder, 'poor.plan.json'))]).toEqual([null, false])
  })

  test('fails for a role that is not there, with nothing left unknown', async () => {
    const {exitCode, result} = await answer([
      ...[file, '--model', NOVA, '--role', 'Nightly', '--staging', `s3://${BUCKET}/in`],
      ...['--out', join(folder, 'nightly.plan.json')],
    ])
    const verdicts = new Map(result.preflight.map(({id, verdict}) => [id, verdict]))

    expect([exitCode, result.unread]).toEqual([3, []])
    expect([verdicts.get('role'), verdicts.get('pass-role'), verdicts.get('role-invoke')]).toEqual([
      'fail',
      'not-applicable',
      'not-applicable',
    ])
  })

  test('of an embedding model does not take Converse', async () => {
    const {exitCode, stdout} = await run([
      ...[file, '--model', 'amazon.titan-embed-text-v2:0', '--api', 'converse', '--role', 'BedrockBatch'],
      ...['--staging', `s3://${BUCKET}/in`, '--json'],
    ])

    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'CONVERSE_NOT_TAKEN'])
  })

  test('names the bucket that is in another Region', async () => {
    const {exitCode, result} = await answer([
      ...[file, '--model', NOVA, '--role', 'BedrockBatch', '--staging', `s3://${BUCKET}/in`],
      ...['--results', 's3://elsewhere/out', '--out', join(folder, 'far.plan.json')],
    ])

    expect(exitCode).toBe(3)
    expect(result.preflight).toContainEqual(
      expect.objectContaining({
        id: 'results-region',
        verdict: 'fail',
        said: 'elsewhere is in eu-central-1, the job in us-east-1.',
      }),
    )
  })

  test('tells records that would be refused in groups, and leaves them out when told to', async () => {
    const mixed = join(folder, 'mixed.jsonl')
    writeFileSync(mixed, `${novaLines(110)}not json\n{"recordId": "x"}\n`)
    const words = [mixed, '--model', NOVA, '--role', 'BedrockBatch', '--staging', `s3://${BUCKET}/in`]
    const stopped = await answer([...words, '--out', join(folder, 'mixed.plan.json')])
    const skipped = await answer([...words, '--out', join(folder, 'mixed.plan.json'), '--skip-rejected'])

    expect([stopped.exitCode, stopped.result.refusal?.code]).toEqual([3, 'RECORDS_REJECTED'])
    expect(stopped.result.problems.reduce((sum, {count}) => sum + count, 0)).toBeGreaterThanOrEqual(2)
    expect([skipped.exitCode, skipped.result.input.records, skipped.result.input.rejected]).toEqual([0, 110, 2])
  })
})

test('a model that is reached by a profile alone is planned with it, and the plan says so', async () => {
  const {result} = await answer([
    ...[file, '--model', 'amazon.nova-2-lite-v1:0', '--role', 'BedrockBatch', '--staging', `s3://${BUCKET}/in`],
    ...['--out', join(folder, 'profile.plan.json')],
  ])

  expect(result.model).toEqual({
    id: 'us.amazon.nova-2-lite-v1:0',
    baseModelId: 'amazon.nova-2-lite-v1:0',
    route: 'geo',
    why: 'A job in us-east-1 may not name amazon.nova-2-lite-v1:0 itself.',
  })
})

test.each([
  ['no model, role or staging', [], 'A plan needs --model ID, --role NAME, --staging'],
  ['a place that is no S3 URI', ['--model', NOVA, '--role', 'R', '--staging', 'here'], 's3://bucket/folder'],
  [
    'a group whose name no job can have',
    ['--model', NOVA, '--role', 'R', '--staging', 's3://b-1/x', '--group', 'a--b'],
    'no name of a group',
  ],
  ['half a VPC', ['--model', NOVA, '--role', 'R', '--staging', 's3://b-1/x', '--subnet', 's-1'], '--security-group'],
])('%s is a wrong word', async (_, words, said) => {
  const {exitCode, stderr} = await run([file, ...words])

  expect(exitCode).toBe(2)
  expect(stderr).toContain(said)
})

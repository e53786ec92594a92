import {rm, symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import type {ImportCheckResult} from '../../../src/lib/imports/check/import-check.schema.js'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {BROKEN_MODELS} from '../../support/broken-models.js'
import {runCli} from '../../support/run-cli.js'
import {putModel, tinyFolder} from '../../support/tiny-model.js'

const BUCKET = 'demo-models-111122223333'
const DEMO = `s3://${BUCKET}/tiny-llama/`
const HERE = ['--region', 'us-east-1']

const folders: string[] = []
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({})
})
afterAll(async () => {
  await sandbox.close()
  await Promise.all(folders.map((folder) => rm(folder, {recursive: true})))
})

async function folderOf(...options: Parameters<typeof tinyFolder>): Promise<string> {
  const folder = await tinyFolder(...options)
  folders.push(folder)
  return folder
}

async function answer(argv: readonly string[], env = {}) {
  const {exitCode, stderr, stdout} = await runCli(['imports', 'check', ...argv, '--json'], {env})
  return {exitCode, stderr, result: JSON.parse(stdout) as ImportCheckResult}
}

const near = (...argv: readonly string[]) => answer([...argv, ...HERE, '--offline'])
const far = (...argv: readonly string[]) => answer([...argv, ...HERE], sandbox.env())

async function upload(prefix: string, options: Parameters<typeof tinyFolder>[0]): Promise<string> {
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const session = openAwsSession({
    endpointUrl: sandbox.url,
    credentials: {accessKeyId, secretAccessKey},
    region: 'us-east-1',
  })
  const store = await session.objectStore()
  const owner = {region: 'us-east-1'}
  await putModel((key, body) => store.put({bucket: BUCKET, key}, body, owner), prefix, options)
  session.close()
  return `s3://${BUCKET}/${prefix}`
}

function failed({findings}: ImportCheckResult) {
  return findings.filter(({verdict}) => verdict === 'fail').map(({check, severity}) => `${check} ${severity}`)
}

test('a valid model passes, and of the account nothing is judged offline', async () => {
  const {exitCode, result} = await near(await folderOf())

  expect(exitCode).toBe(0)
  expect(result.findings).toEqual([])
  expect(result.checks.find(({id}) => id === 'IMP-30')).toMatchObject({
    verdict: 'not-applicable',
    said: 'not judged: offline',
  })
  expect(result.estimate).toMatchObject({units: {low: 1, high: 2}, basis: 'estimated', perUnit: false})
  expect(result.read.bytes).toBeLessThan(100_000)
})

describe('each model with one thing wrong', () => {
  test.each(BROKEN_MODELS.map((one) => [one.says, one] as const))('%s, in a folder', async (_, one) => {
    const folder = await folderOf(one.options)

    const {exitCode, result} = await answer([
      ...[folder, '--region', one.region ?? 'us-east-1', '--offline'],
      ...(one.converse ? ['--converse'] : []),
    ])

    expect(failed(result)).toEqual([`${one.check} ${one.severity}`])
    expect(exitCode).toBe(one.severity === 'blocker' ? 3 : 0)
  })
})

test('a link that leads out of the folder is told, and nothing that follows from it', async () => {
  const folder = await folderOf({files: {'tokenizer.json': undefined}})
  await symlink('../../blobs/abc', join(folder, 'tokenizer.json'))

  const {exitCode, result} = await near(folder)

  expect(exitCode).toBe(3)
  expect(failed(result)).toEqual(['IMP-38 blocker'])
  expect(result.findings[0]?.fix).toContain('hf download')
})

describe('in an account', () => {
  test('a model with its role, bucket and name passes', async () => {
    const {exitCode, result} = await far(DEMO, '--role', 'BedrockImport', '--name', 'tiny-llama')

    expect(exitCode).toBe(0)
    expect(result.findings).toEqual([])
    expect(result.simulated).toBe(true)
    const verdicts = Object.fromEntries(result.checks.map(({id, verdict}) => [id, verdict]))
    expect(verdicts).toMatchObject({
      ...{'IMP-24': 'ok', 'IMP-25': 'ok', 'IMP-27': 'ok', 'IMP-28': 'ok', 'IMP-29': 'ok'},
      ...{'IMP-30': 'ok', 'IMP-31': 'ok', 'IMP-32': 'ok', 'IMP-41': 'ok', 'IMP-38': 'not-applicable'},
    })
    expect(result.estimate?.costs[0]).toMatchObject({what: 'window'})
    expect(result.estimate?.costs[0]?.low).toBeCloseTo(0.2859, 4)
  })

  test('a role that is not there, and a name that is taken', async () => {
    const {exitCode, result} = await far(DEMO, '--role', 'Nobody', '--name', 'house-llama')

    expect(exitCode).toBe(3)
    expect(failed(result)).toEqual(['IMP-27 blocker', 'IMP-32 blocker'])
    expect(result.findings[0]?.fix).toContain('bedrockctl iam generate --workload import')
  })

  test('a role that trusts others, and may not read', async () => {
    const {exitCode, result} = await far(DEMO, '--role', 'BedrockBatch')

    expect(exitCode).toBe(3)
    expect(failed(result)).toEqual(['IMP-27 blocker', 'IMP-28 blocker'])
  })

  test('without a role it is not judged, and said so', async () => {
    const {exitCode, result} = await far(DEMO)

    expect(exitCode).toBe(0)
    expect(result.checks.find(({id}) => id === 'IMP-28')?.said).toBe('not judged: no --role is named')
    expect(result.checks.find(({id}) => id === 'IMP-24')?.verdict).toBe('ok')
  })

  test('subnets and a key that are not there', async () => {
    const {exitCode, result} = await far(
      ...[DEMO, '--role', 'BedrockImport', '--subnet', 'subnet-0none', '--security-group', 'sg-0none'],
      ...['--kms-key', 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-a000-000000000001'],
    )

    expect(exitCode).toBe(3)
    expect(failed(result)).toEqual(['IMP-47 blocker', 'IMP-49 blocker'])
  })

  test('a bucket of another Region is read there, and told', async () => {
    const {exitCode, result} = await answer([DEMO, '--region', 'us-west-2'], sandbox.env())

    expect(exitCode).toBe(3)
    // An import is under way there, and one at a time is what the account may have.
    expect(failed(result)).toEqual(['IMP-24 blocker', 'IMP-31 blocker'])
    expect(result.findings[0]?.said).toBe(`${BUCKET} is in us-east-1, the job in us-west-2.`)
  })

  test('a prefix without anything, one that is an object, and one that names two folders', async () => {
    await upload('twice/', {})
    await upload('twice-more/', {})

    const [nothing, object, two] = await Promise.all([
      far(`s3://${BUCKET}/nothing/`),
      far(`${DEMO}config.json`),
      far(`s3://${BUCKET}/twice`),
    ])

    expect(failed(nothing.result)).toEqual(['IMP-41 blocker'])
    expect(failed(object.result)).toEqual(['IMP-41 blocker'])
    expect(failed(two.result)).toEqual(['IMP-41 warning'])
    expect(two.result.findings[0]?.said).toContain('twice-more/')
  })

  test('an address that S3 takes and an import does not', async () => {
    const address = await upload('with space+plus/', {})

    const {exitCode, result} = await far(address)

    expect(exitCode).toBe(3)
    expect(failed(result)).toEqual(['IMP-41 blocker'])
  })
})

test('what cannot be read is told, and is no pass: exit code 6', async () => {
  const denied = await startSandbox({scenario: 'denied'})
  onTestFinished(() => denied.close())

  const {exitCode, result} = await answer([await folderOf(), ...HERE], denied.env())

  expect(exitCode).toBe(6)
  expect(result.unread.map(({action}) => action)).toContain('servicequotas:ListServiceQuotas')
  expect(result.checks.find(({id}) => id === 'IMP-30')?.said).toContain('the default of')
})

describe('formats', () => {
  const broken = BROKEN_MODELS.find(({says}) => says === 'a truncated shard')

  test('SARIF names rule, file and level', async () => {
    const folder = await folderOf(broken?.options)

    const {stdout} = await runCli(['imports', 'check', folder, ...HERE, '--offline', '--output', 'sarif'])

    const [run] = JSON.parse(stdout).runs
    expect(run.results).toMatchObject([
      {
        ruleId: 'IMP-07',
        level: 'error',
        locations: [{physicalLocation: {artifactLocation: {uri: 'model-00001-of-00002.safetensors'}}}],
      },
    ])
    expect(run.tool.driver.rules.map(({id}: {id: string}) => id)).toContain('IMP-07')
  })

  test('CSV, Markdown and NDJSON have a row for each finding', async () => {
    const folder = await folderOf(broken?.options)
    const print = async (format: string) =>
      (await runCli(['imports', 'check', folder, ...HERE, '--offline', '--output', format])).stdout

    expect(await print('csv')).toMatch(/^severity,check,verdict,file,.*\nblocker,IMP-07,fail,model-00001-of-00002/)
    expect(await print('markdown')).toContain('| IMP-07 |')
    expect(JSON.parse(await print('ndjson'))).toMatchObject({check: 'IMP-07', severity: 'blocker'})
  })

  test('text says what, where, why and how to mend it, what comes after and what it costs', async () => {
    const folder = await folderOf(broken?.options)

    const {stdout} = await runCli(['imports', 'check', folder, ...HERE, '--offline'], {
      tty: {columns: 60},
      env: {NO_COLOR: '1'},
    })

    expect(stdout).toContain('FAIL')
    expect(stdout).toContain('BLOCKER  IMP-07  tensors cover every file exactly')
    expect(stdout).toContain('fix  Download or copy the file again')
    expect(stdout).toContain('batch inference')
    expect(stdout).toMatch(/read {2}[\d.]+ kB in \d+ reads/)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})

test.each([
  [['/no/such/folder'], 'INPUT_MISSING'],
  [['package.json'], 'INPUT_NOT_A_FOLDER'],
  [['s3://x'], 'S3_URI_INVALID'],
  [[DEMO, '--offline'], 'NEEDS_ACCOUNT'],
  [['.', '--region', 'us-east-1', '--region', 'us-west-2', '--offline'], 'ONE_REGION'],
])('%j is a usage error', async (argv, code) => {
  const {exitCode, stdout} = await runCli(['imports', 'check', ...argv, '--json'])

  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout).error.code).toBe(code)
})

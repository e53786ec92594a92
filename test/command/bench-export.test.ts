import {spawnSync} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import * as Parser from '@oclif/core/parser'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {globalFlags} from '../../src/lib/cli/global-flags.js'
import {loadCommand} from '../support/command-classes.js'
import {runCli} from '../support/run-cli.js'

// An exported command is run by nobody here: it is parsed by the flags of `bench run`, and its shell by a shell.

let folder = ''
let plan = ''

const PLAN = {
  version: 1,
  name: `it's "quoted" $(id) \`id\` $HOME $$ --yes`,
  targets: ['bedrock:amazon.nova-lite-v1:0', 'openai:http://gpu:8000#llama'],
  rate: [5, '20/s'],
  arrival: 'gamma:2',
  requests: 1000,
  'warm-up': '5s',
  data: 'synthetic:in=N(512,64),out=256',
  nonce: false,
  calibrate: true,
  slo: 'ttft:500,tpot:40',
  'max-usd': 5,
  assert: ['ttft.p99<500'],
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-export-'))
  plan = join(folder, 'bench.yaml')
  await writeFile(plan, JSON.stringify(PLAN))
})
afterAll(() => rm(folder, {recursive: true}))

const COMMON = [
  ...['--image', 'registry.example.com/bedrockctl:1', '--results', 's3://my-bench/runs/', '--region', 'eu-central-1'],
  ...['--start-at', '2026-11-21T20:00:00Z', '--offline'],
]
const ROLE = 'arn:aws-us-gov:iam::111122223333:role/bench'
const kubernetes = (...more: readonly string[]) => ['bench', 'export', 'kubernetes', plan, ...COMMON, ...more]
const awsBatch = (...more: readonly string[]) => [
  ...['bench', 'export', 'aws-batch', plan, ...COMMON, '--role', ROLE, '--queue', 'load'],
  ...more,
]

/** What `bench run` understands of a command line. */
async function understood(words: readonly string[]) {
  const [program, topic, verb, ...argv] = words
  expect([program, topic, verb]).toEqual(['bedrockctl', 'bench', 'run'])
  const command = await loadCommand('bench:run')
  const {flags} = await Parser.parse(argv, {flags: {...globalFlags, ...command.flags}, strict: true})
  return flags
}

const AS_PLANNED = {
  name: PLAN.name,
  target: PLAN.targets,
  rate: '5,20/s',
  arrival: 'gamma:2',
  requests: '1000',
  'warm-up': '5s',
  data: PLAN.data,
  nonce: false,
  calibrate: true,
  slo: PLAN.slo,
  'max-usd': '5',
  'start-at': '2026-11-21T20:00:00.000Z',
  results: 's3://my-bench/runs',
  yes: true,
}

describe('kubernetes', () => {
  test('is an indexed Job whose words bench run takes back as the plan has them', async () => {
    const {exitCode, stderr, stdout} = await runCli(kubernetes('--shards', '4', '--service-account', 'bench'))

    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
    const job = parse(stdout, {version: '1.1'})
    expect(job).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {name: 'bedrockctl-bench'},
      spec: {completionMode: 'Indexed', completions: 4, parallelism: 4, backoffLimit: 0},
    })
    const pod = job.spec.template.spec
    expect(pod).toMatchObject({restartPolicy: 'Never', serviceAccountName: 'bench'})
    const [container] = pod.containers
    expect(container).toMatchObject({
      image: 'registry.example.com/bedrockctl:1',
      env: [{name: 'AWS_REGION', value: 'eu-central-1'}],
    })
    const words = [...container.command, ...container.args].map((word: string) =>
      expanded(word, {JOB_COMPLETION_INDEX: '2'}),
    )
    expect(await understood(words)).toMatchObject({...AS_PLANNED, shard: '2/4', region: ['eu-central-1']})
  })

  test('reads the same to a parser of YAML 1.1 and of 1.2', async () => {
    const {stdout} = await runCli(kubernetes('--shards', '2', '--namespace', 'on', '--name', '1e3'))

    expect(parse(stdout, {version: '1.1'})).toEqual(parse(stdout, {version: '1.2'}))
    expect(parse(stdout, {version: '1.1'}).metadata).toMatchObject({namespace: 'on', name: '1e3'})
  })
})

/** As Kubernetes does it. Source: Kubernetes, third_party/forked/golang/expansion. */
function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (all, name: string | undefined) =>
    all === '$$' ? '$' : (variables[name ?? ''] ?? all),
  )
}

describe('aws-batch', () => {
  test('is a definition and an array, whose shell hands the words on as they are', async () => {
    const {exitCode, stdout} = await runCli(awsBatch('--shards', '3', '--json'))

    expect(exitCode).toBe(0)
    const {job, jobDefinition} = JSON.parse(stdout)
    expect(job).toEqual({
      jobName: 'bedrockctl-bench',
      jobQueue: 'load',
      jobDefinition: 'bedrockctl-bench',
      arrayProperties: {size: 3},
    })
    expect(jobDefinition).toMatchObject({
      type: 'container',
      platformCapabilities: ['EC2'],
      retryStrategy: {attempts: 1},
      containerProperties: {jobRoleArn: ROLE, image: 'registry.example.com/bedrockctl:1'},
    })
    const [shell, ...rest] = inShell(jobDefinition.containerProperties.command)
    expect(shell).toBe('/bin/sh')
    const {stdout: printed} = spawnSync(shell ?? '', rest, {
      encoding: 'utf8',
      env: {AWS_BATCH_JOB_ARRAY_INDEX: '1', HOME: '/nowhere', PATH: '/usr/bin:/bin'},
    })
    expect(await understood(printed.split('\0').slice(0, -1))).toMatchObject({...AS_PLANNED, shard: '1/3'})
  })

  /** The program that is called prints its words instead. */
  function inShell(command: readonly string[]): readonly string[] {
    const at = command.indexOf('bedrockctl')
    return [...command.slice(0, at), 'printf', '%s\\0', ...command.slice(at)]
  }

  test('of one shard is a job of its own: an array has two children at the least', async () => {
    const {stdout} = await runCli(awsBatch('--shards', '1', '--execution-role', ROLE, '--json'))

    const {job, jobDefinition} = JSON.parse(stdout)
    expect(job).not.toHaveProperty('arrayProperties')
    expect(jobDefinition).toMatchObject({
      platformCapabilities: ['FARGATE'],
      containerProperties: {executionRoleArn: ROLE},
    })
    expect(await understood(jobDefinition.containerProperties.command)).toMatchObject(AS_PLANNED)
  })

  test('is two commands that a shell reads as two documents', async () => {
    const {stdout} = await runCli(awsBatch('--shards', '3'))

    const script = `aws() { printf '%s\\0' "$@"; }\n${stdout}`
    const {status, stdout: printed} = spawnSync('/bin/sh', ['-c', script], {encoding: 'utf8'})
    expect(status).toBe(0)
    const documents = printed.split('\0').filter((word) => word.startsWith('{'))
    expect(documents.map((text) => Object.keys(JSON.parse(text))[0])).toEqual(['jobDefinitionName', 'jobName'])
    expect(JSON.parse(documents[0] ?? '').containerProperties.command).toContain(`--name=${PLAN.name}`)
  })
})

test.each([
  ['--shards', '0', 'a number from 1 to 10000'],
  ['--image', '-x; id', 'not such as registry'],
  ['--name', 'No Name', 'not such as bench-1'],
  ['--results', '/tmp', 'does not begin with s3://'],
  ['--start-at', 'soon', 'no moment'],
  ['--role', 'bench', 'not such as arn:'],
  ['--queue', 'a b', 'not such as load'],
])('%s %s is refused with the reason', async (flag, value, why) => {
  const argv = awsBatch('--shards', '3')
  const without = argv.filter((word, index) => word !== flag && argv[index - 1] !== flag)

  const {exitCode, stderr, stdout} = await runCli([...without, `${flag}=${value}`])

  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
  expect(stderr).toContain(why)
})

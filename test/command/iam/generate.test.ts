import {describe, expect, test} from 'vitest'
import {loadCommand} from '../../support/command-classes.js'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const OFFLINE = ['--from', 'eu-central-1', '--account', '111122223333', '--offline']
const JOB = ['--read-from', 's3://in-data/jobs', '--write-to', 's3://out-data']

const generate = (...argv: readonly string[]) => runCli(['iam', 'generate', ...argv])

describe('iam generate', () => {
  test.each([
    ['--workload', 'app', '--model', SONNET],
    ['--workload', 'batch', '--model', SONNET, ...JOB],
    ['--workload', 'import', ...JOB.slice(0, 2)],
    ['--workload', 'customization', '--model', 'amazon.nova-lite-v1:0', ...JOB],
    ['--workload', 'admin'],
    ['--workload', 'auditor'],
    ['--workload', 'monitor'],
  ])('the JSON answer fits its schema: %s %s', async (...argv) => {
    const {stdout, exitCode} = await generate(...argv, ...OFFLINE, '--json')

    expect(exitCode).toBe(0)
    expect(compileSchema('iam-generate.json').validate(JSON.parse(stdout))).toEqual([])
  })

  test('stdout is the policy alone, and stderr says what was proven', async () => {
    const {stdout, stderr} = await generate('--workload', 'app', '--model', SONNET, ...OFFLINE)

    expect(Object.keys(JSON.parse(stdout))).toEqual(['Version', 'Statement'])
    expect(stderr).toContain('2 questions allowed')
    expect((await generate('--workload', 'app', '--model', SONNET, ...OFFLINE, '--quiet')).stderr).toBe('')
  })

  test.each([
    [[], ['s3:GetObject', 's3:ListBucket']],
    [['--read-from', 's3://out-data/jobs'], []],
  ])(
    'the policy of a monitor holds what the board calls, objects of buckets that are named: %j',
    async (words, left) => {
      const {stdout} = await generate('--workload', 'monitor', ...words, ...OFFLINE)
      const {permissions = []} = await loadCommand('monitor')

      const missing = permissions.filter((action) => !stdout.includes(`"${action}"`))
      expect([permissions.length > 40, missing]).toEqual([true, left])
    },
  )

  test('a monitor may watch several Regions, and of what jobs write it may read how far they are alone', async () => {
    const regions = ['--region', 'us-east-1', '--region', 'eu-west-1']
    const argv = ['--workload', 'monitor', ...regions, '--read-from', 's3://out-data/jobs']
    const {stdout} = await generate(...argv, '--account', '111122223333', '--offline', '--json')
    const {proof, text} = JSON.parse(stdout)
    const outcomes = new Map(proof.map(({outcome, what}: Record<string, string>) => [what, outcome]))

    expect(JSON.parse(text).Statement[0].Condition.StringEquals).toEqual({
      'aws:RequestedRegion': ['us-east-1', 'eu-west-1'],
    })
    expect(outcomes.get('cloudwatch:GetMetricData in eu-west-1')).toBe('ALLOW')
    expect(outcomes.get('reading how far a job is')).toBe('ALLOW')
    expect(outcomes.get('reading the answers of a job')).toBe('DENY')
  })

  test('live it takes account, destinations and guardrail from AWS', async () => {
    const argv = ['--workload', 'app', '--model', SONNET, '--from', 'eu-central-1', '--guardrail', 'gr4ilc1ean01']
    const {stdout, exitCode} = await generate(...argv, '--sandbox=clean', '--json')
    const result = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(result).toMatchObject({account: '111122223333', origin: {kind: 'live'}, simulated: true})
    expect(result.text).toContain(':guardrail/gr4ilc1ean01:1')
  })

  test('live the way to the model is the one that the Region offers', async () => {
    const {stdout} = await generate(
      '--workload',
      'app',
      '--model',
      SONNET,
      '--from',
      'us-east-1',
      '--sandbox',
      '--json',
    )

    expect(JSON.parse(stdout).targets).toEqual([{id: `us.${SONNET}`, modelId: SONNET, route: 'geo'}])
  })

  test.each([
    [['--workload', 'app'], 'MODEL_MISSING'],
    [['--workload', 'app', '--model', 'nothing-like-it'], 'UNKNOWN_MODEL'],
    [['--workload', 'app', '--model', SONNET, '--route', 'in-region'], 'ROUTE_NOT_OFFERED'],
    [['--workload', 'app', '--model', SONNET, '--guardrail', 'g1:1'], 'GUARDRAIL_PROFILE_MISSING'],
    [['--workload', 'app', '--model', SONNET, '--vpce', 'nonsense'], 'BAD_ENDPOINT'],
    [['--workload', 'batch', '--model', SONNET], 'DATA_MISSING'],
    [['--workload', 'import', '--read-from', 'in-data'], 'BAD_BUCKET'],
    [['--workload', 'import', ...JOB], 'FLAGS_CONFLICT'],
    [['--workload', 'app', '--model', SONNET, '--guardrail', 'g*:1', '--guardrail-profile', 'none'], 'BAD_GUARDRAIL'],
    [
      ['--workload', 'app', '--model', SONNET, '--guardrail', 'g1:1', '--guardrail-profile', 'us.guardrail.v1:0'],
      'UNKNOWN_GUARDRAIL_PROFILE',
    ],
    [
      ['--workload', 'import', ...JOB.slice(0, 2), '--kms-key', 'arn:aws:kms:eu-central-1:111122223333:key/*'],
      'BAD_KEY',
    ],
    [['--workload', 'monitor', '--log-group', '/bedrock/*'], 'BAD_LOG_GROUP'],
    [['--workload', 'auditor', '--vpce', 'vpce-0a1b2c3d'], 'FLAGS_CONFLICT'],
    [['--workload', 'auditor', '--attach', 'user-inline'], 'POLICY_TOO_LARGE'],
  ])('%j is refused as %s', async (argv, code) => {
    const {stdout, exitCode} = await generate(...argv, ...OFFLINE, '--json')

    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout).error.code).toBe(code)
  })

  test('offline without an account it says what is missing', async () => {
    const {stdout} = await generate('--workload', 'auditor', '--from', 'us-east-1', '--offline', '--json')

    expect(JSON.parse(stdout).error.code).toBe('ACCOUNT_MISSING')
  })

  test('what it says beside the policy fits a terminal', async () => {
    const argv = ['iam', 'generate', '--workload', 'app', '--model', SONNET, ...OFFLINE]
    const {stderr} = await runCli(argv, {tty: {columns: 60}, env: {NO_COLOR: '1'}})

    const told = stderr.slice(stderr.indexOf('proven'))
    expect(told.split('\n').filter((line) => line.length > 60)).toEqual([])
    expect(told).toContain('BedrockApp for the caller')
  })
})

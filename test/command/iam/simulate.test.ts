import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const EU = ['--from', 'eu-central-1']

async function ask(command: 'simulate' | 'who-can', ...argv: readonly string[]) {
  const {stdout, stderr, exitCode} = await runCli(['iam', command, ...argv, '--json'])
  return {document: JSON.parse(stdout), stderr, exitCode}
}
const simulate = (principal: string, model: string, ...argv: readonly string[]) =>
  ask('simulate', '--principal', principal, '--model', model, ...argv)

describe('iam simulate', () => {
  const through = ['--guardrail', 'gr4ilc1ean01:1', '--vpce', 'vpce-000000000000000e1']

  test.each([
    ['what the policies are made for', [...through, '--sandbox=clean'], 'ALLOW', 0],
    ['the same from a network that is not known', ['--guardrail', 'gr4ilc1ean01:1', '--sandbox=clean'], 'UNKNOWN', 6],
    ['the same without the guardrail', ['--vpce', 'vpce-000000000000000e1', '--sandbox=clean'], 'DENY', 3],
    ['another route', ['--route', 'global', ...through, '--sandbox=clean'], 'DENY', 3],
  ])('%s', async (_, argv, outcome, code) => {
    const {document, exitCode} = await simulate('claims-app', SONNET, ...EU, ...argv)

    expect(exitCode).toBe(code)
    expect(document.outcome).toBe(outcome)
    expect(compileSchema('iam-simulate.json').validate(document)).toEqual([])
  })

  test('the Global pitfall: a Region deny without "unspecified" is named with level, policy and statement', async () => {
    const {document, exitCode} = await simulate(
      'global-app',
      SONNET,
      '--route',
      'global',
      ...EU,
      '--sandbox=misconfigured',
    )

    expect(exitCode).toBe(3)
    expect(document.deciding).toBe('model in any Region')
    expect(document.legs.find(({name}: {name: string}) => name === document.deciding).reasons).toEqual([
      {
        layer: 'scp',
        level: 'Workloads (ou-mis1-workloads)',
        policy: 'region-deny (p-regiondeny1)',
        statement: 'RegionDeny',
        role: 'denies',
      },
    ])
  })

  test('a batch job is judged with its role and the trust in it', async () => {
    const {document} = await simulate(
      'batch-service',
      'amazon.nova-lite-v1:0',
      ...['--workload', 'batch', '--role', 'batch-service', ...EU, '--sandbox=misconfigured'],
    )

    expect(new Set(document.legs.map(({actor}: {actor: string}) => actor))).toEqual(
      new Set(['caller', 'service', 'service-role']),
    )
  })

  test('where the simulator of AWS is not there, the verdict stands and it is told as not read', async () => {
    const {document, exitCode} = await simulate(
      'checkout-app',
      SONNET,
      '--from',
      'us-east-1',
      '--verify-with-aws',
      '--sandbox',
    )

    expect(exitCode).toBe(6)
    expect(document).toMatchObject({outcome: 'ALLOW', unread: [{code: 'NOT_IMPLEMENTED'}]})
    expect(document.verification.every(({aws}: {aws: unknown}) => aws === null)).toBe(true)
  })

  test('reads that are denied never end in an allow', async () => {
    const {document, exitCode} = await simulate('checkout-app', SONNET, '--from', 'us-east-1', '--sandbox=denied')

    expect([4, 6]).toContain(exitCode)
    expect(document.outcome).not.toBe('ALLOW')
  })

  test.each([
    [['checkout-ap', SONNET], 'UNKNOWN_PRINCIPAL'],
    [['checkout-app', 'anthropic.claude-sonet-4-6'], 'UNKNOWN_MODEL'],
    [['checkout-app', SONNET, '--context', 'SourceIp'], 'BAD_CONTEXT'],
    [['checkout-app', SONNET, '--guardrail', 'nothing'], 'UNKNOWN_GUARDRAIL'],
    [['checkout-app', SONNET, '--vpce', 'vpce-nothing'], 'UNKNOWN_ENDPOINT'],
  ])('%j is refused as %s', async ([principal = '', model = '', ...argv], code) => {
    const {document, exitCode} = await simulate(principal, model, ...argv, '--from', 'us-east-1', '--sandbox')

    expect(exitCode).toBe(2)
    expect(document.error.code).toBe(code)
  })

  test('text fits a terminal of 80 columns, and CSV has a row a leg', async () => {
    const argv = ['iam', 'simulate', '--principal', 'global-app', '--model', SONNET, '--route', 'global', ...EU]
    const text = await runCli([...argv, '--sandbox=misconfigured'], {tty: {columns: 80}, env: {NO_COLOR: '1'}})
    const csv = await runCli([...argv, '--sandbox=misconfigured', '-o', 'csv'])

    expect(text.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(text.stdout).toContain('DENIED  model in any Region')
    expect(csv.stdout.match(/^model in /gm)).toHaveLength(2)
  })
})

describe('with a saved snapshot', () => {
  let folder: string
  const file = () => join(folder, 'snapshot.json')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrockctl-iam-'))
    const argv = ['account', 'snapshot', '--for', 'iam', '--region', 'eu-central-1', '--sandbox=misconfigured']
    await runCli([...argv, '--out', file()])
  })
  afterAll(() => rm(folder, {recursive: true}))

  test('simulate makes no call, needs no Region and says the same as live', async () => {
    const live = await simulate('roaming-app', SONNET, ...EU, '--sandbox=misconfigured')
    const saved = await simulate('roaming-app', SONNET, '--snapshot', file())

    expect(saved.document.legs).toEqual(live.document.legs)
    expect(saved.document).toMatchObject({outcome: 'DENY', simulated: true, call: {from: 'eu-central-1'}})
    expect(saved.document.deciding).toMatch(/^enforced guardrail /)
  })

  test('a Region that it does not hold is refused', async () => {
    const {document} = await simulate('roaming-app', SONNET, '--snapshot', file(), '--from', 'us-east-1')

    expect(document.error.code).toBe('REGION_NOT_IN_SNAPSHOT')
  })

  test('who-can lists the same principals as live', async () => {
    const live = await ask('who-can', 'invoke', SONNET, ...EU, '--sandbox=misconfigured')
    const saved = await ask('who-can', 'invoke', SONNET, '--snapshot', file())

    expect(saved.document.principals).toEqual(live.document.principals)
    expect(live.document.principals.map(({principal}: {principal: {name: string}}) => principal.name)).toContain(
      'admin',
    )
  })
})

describe('iam who-can', () => {
  test.each(['demo', 'misconfigured', 'organization', 'clean'])('the answer about %s fits its schema', async (name) => {
    const {document, exitCode} = await ask('who-can', 'invoke', SONNET, ...EU, '--all', `--sandbox=${name}`)

    expect([0, 6]).toContain(exitCode)
    expect(compileSchema('iam-who-can.json').validate(document)).toEqual([])
    expect(document.principals.length).toBe(document.counts.allow + document.counts.deny + document.counts.unknown)
  })

  test('in good order nobody can call what is not meant for it', async () => {
    const {document} = await ask('who-can', 'invoke', 'amazon.nova-lite-v1:0', ...EU, '--sandbox=clean')

    expect(document.principals).toEqual([])
  })
})

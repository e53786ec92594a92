import {describe, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {runCli} from '../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const APPLICATION = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6'

async function trace(...argv: readonly string[]) {
  const {stdout, stderr, exitCode} = await runCli(['routes', 'trace', ...argv, '--json'])
  return {document: JSON.parse(stdout), stderr, exitCode}
}

describe('routes trace', () => {
  test.each([
    [SONNET, '--from', 'eu-central-1', '--offline'],
    [SONNET, '--from', 'us-east-1', '--sandbox'],
    ['amazon.nova-lite-v1:0', '--from', 'us-gov-west-1', '--offline'],
    ['openai.gpt-5.5', '--from', 'us-east-1', '--offline'],
  ])('the JSON answer fits its schema: %s %s %s %s', async (...argv) => {
    const {document, exitCode} = await trace(...argv)

    expect(exitCode).toBe(0)
    expect(compileSchema('routes-trace.json').validate(document)).toEqual([])
  })

  test('live it names the account, its logging and what it has not enabled', async () => {
    const {document} = await trace(SONNET, '--from', 'us-east-1', '--sandbox')

    expect(document).toMatchObject({account: '111122223333', simulated: true, unread: []})
    expect(document.invocationLogging).toMatchObject({answer: 'yes', delivers: ['text']})
    expect(document.routes[0].arn).toBe(`arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${SONNET}`)
    expect(document.routes[0].destinations.map(({enabled}: {enabled: boolean}) => enabled)).toEqual([true, true, true])
  })

  test('where logging is off it says so', async () => {
    const {document} = await trace(SONNET, '--from', 'eu-west-1', '--sandbox')

    expect(document.invocationLogging).toMatchObject({answer: 'no', destinations: []})
  })

  test('an application profile leads where its own ARNs do, from its own Region', async () => {
    const {document, exitCode} = await trace(APPLICATION, '--sandbox')

    expect(exitCode).toBe(0)
    expect(document.from.region).toBe('us-east-1')
    expect(document.routes).toHaveLength(1)
    expect(document.routes[0]).toMatchObject({kind: 'geo', resource: 'application-inference-profile', arn: APPLICATION})
    expect(document.routes[0].destinations.map(({region}: {region: string}) => region)).toEqual([
      'us-east-1',
      'us-east-2',
      'us-west-2',
    ])
    expect(document.routes[0].permissions).toHaveLength(2)
  })

  test('offline an application profile cannot be known', async () => {
    const {document, exitCode} = await trace(APPLICATION, '--offline')

    expect(exitCode).toBe(2)
    expect(document.error.code).toBe('NEEDS_ACCOUNT')
  })

  test.each([
    [['--residency', 'geo:eu', '--via', 'geo'], 0],
    [['--residency', 'geo:eu', '--via', 'global'], 3],
    [['--residency', 'in-region'], 3],
  ])('%j exits %i', async (argv, code) => {
    const {exitCode, document} = await trace(SONNET, '--from', 'eu-central-1', '--offline', ...argv)

    expect(exitCode).toBe(code)
    expect(document.gate.passed).toBe(code === 0)
  })

  test('a model without a route: said, with the nearest alternative, exit 3', async () => {
    const {stdout, exitCode} = await runCli([
      'routes',
      'trace',
      'amazon.nova-lite-v1:0',
      '--from',
      'us-gov-east-1',
      '--offline',
    ])

    expect(exitCode).toBe(3)
    expect(stdout).toContain('FAIL  amazon.nova-lite-v1:0 is not callable from us-gov-east-1')
    expect(stdout).toContain('Nearest: amazon.nova-lite-v1:0 (In-Region in us-gov-west-1)')
  })

  test('text is a sheet of sections and fits a terminal of 80 columns', async () => {
    const {stdout} = await runCli(['routes', 'trace', SONNET, '--from', 'eu-central-1', '--offline'], {
      tty: {columns: 80},
      env: {NO_COLOR: '1'},
    })

    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    for (const part of ['Endpoints', 'Processed in', 'Residency', 'Must allow', 'Not denied', 'Data and logs']) {
      expect(stdout).toContain(part)
    }
  })

  test('mermaid is a flowchart and nothing else', async () => {
    const offline = await runCli(['routes', 'trace', SONNET, '--from', 'eu-central-1', '--offline', '-o', 'mermaid'])
    const sandbox = await runCli(['routes', 'trace', SONNET, '--from', 'eu-central-1', '--sandbox', '-o', 'mermaid'])

    expect(offline.stdout).toMatch(/^flowchart LR\n/)
    expect(offline.stdout).toContain('subgraph geography0["European Union"]')
    expect(offline.stdout).not.toContain('simulated')
    expect(sandbox.stdout).toContain('simulated: answered by the embedded sandbox')
    expect(sandbox.stdout).toContain('eu-south-2, Europe (Spain)<br/>not enabled in this account')
  })
})

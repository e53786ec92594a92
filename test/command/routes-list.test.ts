import {describe, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {runCli} from '../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

interface Listed {
  readonly from: string
  readonly id: string
  readonly kind: string
  readonly destinations: readonly string[] | null
  readonly notEnabledDestinations: readonly string[] | null
}

async function routes(...argv: readonly string[]) {
  const {stdout, exitCode} = await runCli(['routes', 'list', ...argv, '--json'])
  const document = JSON.parse(stdout)
  return {document, exitCode, listed: document.routes as readonly Listed[]}
}

describe('routes list', () => {
  test('the JSON answer fits its schema', async () => {
    const {document, exitCode, listed} = await routes('--offline', '--from', 'eu-central-1')

    expect(exitCode).toBe(0)
    expect(compileSchema('routes-list.json').validate(document)).toEqual([])
    expect(listed.length).toBeGreaterThan(20)
  })

  test('live and offline agree on ids and known destinations', async () => {
    const live = await routes(SONNET, '--sandbox', '--from', 'eu-central-1,us-east-1')
    const offline = await routes(SONNET, '--offline', '--from', 'eu-central-1,us-east-1')

    const plain = ({listed}: typeof live) => listed.map(({from, id, destinations}) => ({from, id, destinations}))
    expect(plain(live)).toEqual(plain(offline))
    expect(live.document.simulated).toBe(true)
  })

  test('live, destinations the account has not enabled are told', async () => {
    const {listed} = await routes(SONNET, '--sandbox', '--from', 'eu-central-1', '--kind', 'geo')

    expect(listed.map(({notEnabledDestinations}) => notEnabledDestinations)).toEqual([['eu-south-2']])
  })

  test('csv holds every column in full', async () => {
    const {stdout} = await runCli(['routes', 'list', SONNET, '--offline', '--from', 'eu-central-1', '-o', 'csv'])

    const [header, first] = stdout.split('\n')
    expect(header).toBe(
      'from,id,model,kind,geography,destination-count,destinations,opt-in-destinations,not-enabled-destinations,origin,as-of',
    )
    expect(first).toMatch(/^eu-central-1,eu\.anthropic\.claude-sonnet-4-6,.*,geo,eu,6,eu-central-1 .*,bundle,\d{4}-/)
  })

  test('on a narrow terminal no line is wider than it', async () => {
    const {stdout} = await runCli(['routes', 'list', '--offline', '--from', 'eu-central-1'], {
      tty: {columns: 80},
      env: {NO_COLOR: '1'},
    })

    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).toContain('opt-in Region')
  })

  test.each([
    [['--from', 'eu-centrall-1'], 'UNKNOWN_REGION'],
    [['--from', 'eu-central-1', '--avoids', 'mars-north-1'], 'UNKNOWN_REGION'],
    [['--from', 'eu-central-1', '--geography', 'euu'], 'UNKNOWN_GEOGRAPHY'],
    [['anthropic.claude-sonet-4-6', '--from', 'eu-central-1'], 'UNKNOWN_MODEL'],
  ])('%j is refused', async (argv, code) => {
    const {stdout, exitCode} = await runCli(['routes', 'list', '--offline', ...argv, '--json'])

    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({code})
  })
})

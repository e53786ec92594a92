import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {listScenarios, loadScenario} from '../../../../src/lib/sandbox/world/load-scenario.js'
import {loadWorld} from '../../../../src/lib/sandbox/world/load-world.js'
import {scenarioSchema} from '../../../../src/lib/sandbox/world/scenario.schema.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenario-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function refusal(scenario: string): Promise<BedrockctlError> {
  const error: unknown = await loadWorld({scenario, seed: 1, now: Date.now}).catch((reason: unknown) => reason)
  if (!(error instanceof BedrockctlError)) throw new Error('the scenario was accepted')
  return error
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const names = (await listScenarios()).map(({name}) => name)

test('eight scenarios ship, demo first', () => {
  expect(names).toEqual([
    'demo',
    'clean',
    'degraded',
    'denied',
    'fresh-account',
    'misconfigured',
    'organization',
    'throttled',
  ])
})

describe.each(names)('scenario %s', (name) => {
  test('fits the schema and the bundled catalog', async () => {
    const {scenario} = await loadScenario(name)

    expect(scenarioSchema.parse(scenario)).toEqual(scenario)
    const world = await loadWorld({scenario: name, seed: 1, now: Date.now})
    expect(world.login).toMatchObject({accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'sandbox-secret-1'})
  })

  test('has only keys, secrets and accounts that are obviously made up', async () => {
    const {scenario} = await loadScenario(name)

    for (const {id, keys, bearerToken} of scenario.accounts) {
      expect(id).toMatch(/^(\d)\1{3}(\d)\2{3}(\d)\3{3}$/)
      expect(bearerToken).toBe(`ABSKsandbox${id}`)
      for (const {accessKeyId, secretAccessKey} of keys)
        expect(`${accessKeyId} ${secretAccessKey}`).toMatch(/^AKIASANDBOX\d{9} sandbox-secret-\d$/)
    }
  })
})

test('a scenario of one’s own is read from its path', async () => {
  const {scenario} = await loadScenario('fresh-account')
  const path = await file('own.json', {...scenario, description: 'mine'})

  const world = await loadWorld({scenario: path, seed: 1, now: Date.now})

  expect([world.scenario, world.description]).toEqual(['own', 'mine'])
})

test('an unknown name is refused with the nearest one', async () => {
  expect(await refusal('dem')).toMatchObject({code: 'UNKNOWN_SCENARIO', fault: 'usage', why: 'Did you mean demo?'})
})

test('a file that is not there, not JSON or misspelt is refused with its path and the place', async () => {
  const missing = join(folder, 'missing.json')
  expect(await refusal(missing)).toMatchObject({code: 'SCENARIO_UNREADABLE', fault: 'usage'})
  expect((await refusal(missing)).message).toContain(missing)

  expect(await refusal(await file('broken.json', '{"accounts": ['))).toMatchObject({code: 'SCENARIO_INVALID'})

  const {scenario} = await loadScenario('fresh-account')
  const [account] = scenario.accounts
  const misspelt = await file('misspelt.json', {...scenario, accounts: [{...account, optinRegions: []}]})
  const error = await refusal(misspelt)
  expect(error.code).toBe('SCENARIO_INVALID')
  expect(error.why).toContain('optinRegions')
  expect(error.why).toContain('accounts[0]')
})

test('each mistake of a file is told in a line of its own, with its place; of many the first ten', async () => {
  const [few, many] = await Promise.all(
    [1, 12].map((count) => file(`wrong-${count}.json`, {description: 'x', accounts: new Array(count).fill(7)})),
  )

  expect((await refusal(few ?? '')).why).toBe('accounts[0]: Invalid input: expected object, received number')
  const lines = (await refusal(many ?? '')).why?.split('\n') ?? []
  expect(lines).toHaveLength(11)
  expect(lines.slice(-2)).toEqual(['accounts[9]: Invalid input: expected object, received number', 'and 2 more'])
})

test.each([
  ['a model the catalog does not know', {access: {exceptions: {'acme.nothing-v1': 'pending'}}}, 'acme.nothing-v1'],
  ['a Region that needs no opt-in', {optInRegions: ['us-east-1']}, 'us-east-1'],
  ['a Region of another partition', {regions: {'us-gov-west-1': {}}}, 'us-gov-west-1'],
  [
    'an application profile of what is not offered there',
    {
      regions: {
        'eu-west-1': {
          applicationProfiles: [{id: 'a1b2c3d4e5f6', name: 'x', copyFrom: 'us.nope', createdOn: '2026-01-01'}],
        },
      },
    },
    'us.nope',
  ],
])('%s is refused by name', async (_what, members, named) => {
  const {scenario} = await loadScenario('fresh-account')
  const [account] = scenario.accounts
  const path = await file('misfit.json', {...scenario, accounts: [{...account, ...members}]})

  const error = await refusal(path)

  expect(error.code).toBe('SCENARIO_INVALID')
  expect(error.message).toContain(named)
})

/** The ids of all `shows` in a scenario. */
function shown(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'shows' ? (inner as readonly string[]) : shown(inner),
  )
}

test('misconfigured fails each check of endpoints and permissions, and the others fail none', async () => {
  const checks = {
    EP: '01 02 03 04 05 06 07 09 10',
    IAM: '01 02 03 04 05 06 07 08 09 10 11 13 14 15 18 19 20 21 22 23 26 27 28',
    GOV: '01',
  }
  const wanted = Object.entries(checks).flatMap(([family, numbers]) =>
    numbers.split(' ').map((number) => `${family}-${number}`),
  )

  expect(shown((await loadScenario('misconfigured')).scenario)).toEqual(expect.arrayContaining(wanted))
  for (const name of names.filter((one) => one !== 'misconfigured')) {
    expect(shown((await loadScenario(name)).scenario)).toEqual([])
  }
})

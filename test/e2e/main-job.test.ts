import {expect, test} from 'vitest'
import {spawnCli} from '../support/run-cli.js'

// The product's first question, asked of the built program as a newcomer asks it.

const MODEL = 'anthropic.claude-sonnet-4-6'

interface Cell {
  readonly region: string
  readonly routes: readonly {
    readonly mode: string
    readonly answer: string
    readonly id: string | null
    readonly destinations: string[] | null
  }[]
}

async function askFrom(
  region: string,
  ...how: readonly string[]
): Promise<{readonly cell: Cell; readonly simulated: boolean}> {
  const {exitCode, stdout} = await spawnCli(['models', 'availability', MODEL, '--from', region, ...how, '--json'])
  expect(exitCode).toBe(0)
  const {models, simulated} = JSON.parse(stdout)
  return {cell: models[0].cells[0], simulated}
}

test.each([['--sandbox'], ['--offline']])(
  '%s: from eu-central-1 the EU profile and the Global one answer, the bare id does not',
  async (how) => {
    const {cell, simulated} = await askFrom('eu-central-1', how)
    const route = (mode: string) => cell.routes.find((one) => one.mode === mode)

    expect(simulated).toBe(how === '--sandbox')
    expect(route('in-region')).toMatchObject({answer: 'no', id: null})
    expect(route('geo')).toMatchObject({
      answer: 'yes',
      id: `eu.${MODEL}`,
      destinations: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
    })
    expect(route('global')).toMatchObject({answer: 'yes', id: `global.${MODEL}`, destinations: null})
  },
)

test('the sandbox and the bundle agree on every route from a Region', async () => {
  const [simulated, bundled] = await Promise.all([askFrom('us-east-1', '--sandbox'), askFrom('us-east-1', '--offline')])
  const answers = ({routes}: Cell) => routes.map(({mode, answer, id}) => ({mode, answer, id}))

  expect(answers(simulated.cell)).toEqual(answers(bundled.cell))
})

test.each([
  {requirement: 'geo:eu', exit: 0},
  {requirement: 'global', exit: 0},
  {requirement: 'in-region', exit: 3},
  {requirement: 'within:eu-central-1', exit: 3},
  {requirement: 'geo:us', exit: 3},
  {requirement: 'geo:atlantis', exit: 2},
])('--require $requirement from eu-central-1 exits $exit', async ({requirement, exit}) => {
  const argv = ['models', 'availability', MODEL, '--from', 'eu-central-1', '--require', requirement, '--sandbox']

  const {exitCode, stdout, stderr} = await spawnCli(argv)

  expect(exitCode).toBe(exit)
  if (exit === 3) expect(stdout).toContain('FAIL')
  if (exit === 2) expect(stderr).toMatch(/^error {2}/)
})

test('what the sandbox answers says so in every format', async () => {
  const formats = ['table', 'json', 'ndjson', 'csv', 'markdown']

  const answers = await Promise.all(
    formats.map(async (format) => (await spawnCli(['models', 'list', '--sandbox', '-o', format])).stdout),
  )

  expect(answers.map((text) => /simulated/i.test(text))).toEqual(formats.map(() => true))
})

import {describe, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

async function json(...argv: readonly string[]) {
  const {stdout, exitCode} = await runCli([...argv, '--json'])
  return {document: JSON.parse(stdout), exitCode}
}

interface Route {
  readonly mode: string
  readonly answer: string
  readonly id: string | null
  readonly destinations: readonly string[] | null
}

interface Matrix {
  readonly models: readonly {
    readonly id: string
    readonly cells: readonly {readonly region: string; readonly routes: readonly Route[]}[]
  }[]
}

function cellsOf({models}: Matrix): ReadonlyMap<string, readonly Route[]> {
  return new Map(models.flatMap(({id, cells}) => cells.map(({region, routes}) => [`${id} ${region}`, routes] as const)))
}

/** An unknown of the bundle is where its sources disagree; the wire then takes the side of the API snapshots. */
function callable({mode, answer, id}: Route) {
  return {mode, callable: answer === 'yes', id}
}

describe('models list', () => {
  test('offline it lists what the Regions of the catalog offer, each with routes and a dated price', async () => {
    const {document, exitCode} = await json('models', 'list', '--offline', '--region', 'eu-north-1')

    const nova = document.models.find(({id}: {id: string}) => id === 'amazon.nova-lite-v1:0')
    expect(exitCode).toBe(0)
    expect(document).toMatchObject({schemaVersion: 1, simulated: false, regions: ['eu-north-1']})
    expect(nova).toMatchObject({inRegion: ['eu-north-1'], profiles: ['eu.amazon.nova-lite-v1:0'], tools: true})
    expect(nova.price).toMatchObject({asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), source: expect.any(String)})
  })

  test.each([
    [['--provider', 'anthropic'], (model: {provider: string}) => model.provider === 'Anthropic'],
    [['--mode', 'global'], (model: {profiles: string[]}) => model.profiles.some((id) => id.startsWith('global.'))],
    [
      ['--output-modality', 'embedding'],
      (model: {outputModalities: string[]}) => model.outputModalities.includes('EMBEDDING'),
    ],
    [['--tools', '--caching'], (model: {tools: boolean; promptCaching: boolean}) => model.tools && model.promptCaching],
    [['--status', 'active'], (model: {status: string}) => model.status === 'ACTIVE'],
    [
      ['--max-input-price', '0.5'],
      (model: {price: {inputUsdPerMillionTokens: number}}) => model.price.inputUsdPerMillionTokens <= 0.5,
    ],
    [['--fine-tuning'], (model: {customizations: string[]}) => model.customizations.includes('FINE_TUNING')],
    [['--batch'], (model: {batch: boolean}) => model.batch],
  ])('%j keeps only what is known to match', async (flags, matches) => {
    const {document} = await json('models', 'list', '--offline', ...flags)

    expect(document.models.length).toBeGreaterThan(0)
    expect(document.models.filter((model: never) => !matches(model))).toEqual([])
  })

  test('--sort orders the answer in every format, unknown values last', async () => {
    const {document} = await json('models', 'list', '--offline', '--region', 'us-east-1', '--sort', '-context')

    const sizes = document.models.map(({contextTokens}: {contextTokens: number | null}) => contextTokens ?? -1)
    expect(sizes).toEqual([...sizes].sort((a: number, b: number) => b - a))
  })

  test('--columns picks and orders the columns', async () => {
    const {stdout} = await runCli([
      'models',
      'list',
      '--offline',
      '--region',
      'us-east-1',
      '--columns',
      'provider,id',
      '-o',
      'csv',
    ])

    expect(stdout.split(/\r?\n/)[0]).toBe('provider,id')
  })

  test.each([
    [['--columns', 'idd'], /Did you mean id/],
    [['--sort', 'prise'], /no column/],
    [['--max-input-price', 'cheap'], /not a price/],
    [['--region', 'eu-centrl-1'], /Did you mean eu-central-1/],
    [['--mode', 'regional'], /in-region/],
  ])('%j is refused with exit 2 and what to write instead', async (flags, said) => {
    const {exitCode, stderr, stdout} = await runCli(['models', 'list', '--offline', ...flags])

    expect(exitCode).toBe(2)
    expect(stderr).toMatch(said)
    expect(stdout).toBe('')
  })
})

describe('models availability', () => {
  test('over the wire and from the bundle every cell of the matrix agrees', async () => {
    const regions = ['--region', 'us-east-1,us-west-1,eu-central-1,eu-west-2,ap-northeast-1,ca-central-1']
    const live = cellsOf((await json('models', 'availability', '--sandbox', ...regions)).document)
    const bundled = cellsOf((await json('models', 'availability', '--offline', ...regions)).document)

    expect(bundled.size).toBeGreaterThan(500)
    expect([...live.keys()].sort()).toEqual([...bundled.keys()].sort())
    for (const [cell, routes] of bundled) {
      const read = live.get(cell) ?? []
      expect([cell, routes.map(callable)]).toEqual([cell, read.map(callable)])
      // What the bundle does not know the wire may tell; what it knows must be the same.
      for (const route of routes.filter(({destinations}) => destinations !== null)) {
        expect(read.find(({id, mode}) => id === route.id && mode === route.mode)?.destinations).toEqual(
          route.destinations,
        )
      }
    }
  })

  test('an opt-in Region that is not enabled is a no that says how to enable it', async () => {
    const {document} = await json(
      'models',
      'availability',
      'amazon.nova-lite-v1:0',
      '--sandbox',
      '--from',
      'ap-southeast-7',
    )

    const [cell] = document.models[0].cells
    expect(cell.answer).toBe('no')
    expect(cell.account.findings[0]).toMatchObject({
      code: 'REGION_NOT_ENABLED',
      remedy: expect.stringContaining('enable-region'),
    })
  })

  test('a model whose data-retention mode is too low cannot be called, and the gate fails', async () => {
    const {document, exitCode} = await json(
      'models',
      'availability',
      'anthropic.claude-fable-5-1',
      '--sandbox',
      '--from',
      'us-east-1',
      '--require',
      'global',
    )

    expect(exitCode).toBe(3)
    expect(document.models[0].cells[0].meets).toMatchObject({
      answer: 'no',
      reasons: [expect.stringContaining('aws_review')],
    })
  })

  test('unknown destinations never pass a residency gate', async () => {
    const {document, exitCode} = await json(
      'models',
      'availability',
      SONNET,
      '--offline',
      '--from',
      'eu-central-2',
      '--require',
      'geo:eu',
    )

    expect(exitCode).toBe(3)
    expect(document.models[0].cells[0].meets.answer).toBe('unknown')
  })

  test('three failing Regions are named with their reasons, the rest is printed, exit 6', async () => {
    const {stdout, stderr, exitCode} = await runCli([
      'models',
      'availability',
      'amazon.nova-lite-v1:0',
      '--sandbox=degraded',
    ])

    expect(exitCode).toBe(6)
    expect(stdout).toMatch(/us-east-1 +yes/)
    for (const region of ['ap-south-1', 'eu-west-3', 'sa-east-1']) expect(stderr).toContain(region)
  })

  test('several unknown models are named at once', async () => {
    const {stderr, exitCode} = await runCli([
      'models',
      'availability',
      'amazon.nova-lit-v1:0',
      'anthropic.claude-sonet-4-6',
      '--offline',
    ])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('amazon.nova-lit-v1:0')
    expect(stderr).toContain('anthropic.claude-sonet-4-6')
  })

  test.each(['in-regoin', 'geo:europe', 'within:', 'within:eu-central-9', 'anywhere'])(
    '--require %s is refused with exit 2',
    async (requirement) => {
      expect((await runCli(['models', 'availability', SONNET, '--offline', '--require', requirement])).exitCode).toBe(2)
    },
  )

  test('without credentials it exits 4 and names --offline and --sandbox', async () => {
    const {stderr, exitCode} = await runCli(['models', 'availability', SONNET, '--from', 'us-east-1'])

    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/--offline/)
    expect(stderr).toMatch(/--sandbox/)
  })
})

describe('models resolve', () => {
  test.each([
    ['In-Region where there is one', ['--from', 'eu-west-2'], SONNET, 0],
    ['geographic before Global', ['--from', 'eu-central-1'], `eu.${SONNET}`, 0],
    ['Global where there is nothing nearer', ['--from', 'sa-east-1'], `global.${SONNET}`, 0],
    ['the order that --prefer gives', ['--from', 'eu-west-2', '--prefer', 'global,geo'], `global.${SONNET}`, 0],
    ['what stays where it must', ['--from', 'us-east-1', '--residency', 'geo:us'], `us.${SONNET}`, 0],
  ])('%s', async (_, flags, id, exit) => {
    const {stdout, exitCode} = await runCli(['models', 'resolve', SONNET, '--offline', ...flags])

    expect([stdout, exitCode]).toEqual([`${id}\n`, exit])
  })

  test('never leaves the Region when only In-Region is preferred: exit 3 and the reason', async () => {
    const {stdout, exitCode} = await runCli([
      'models',
      'resolve',
      SONNET,
      '--offline',
      '--from',
      'eu-central-1',
      '--prefer',
      'in-region',
    ])

    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/offered only in eu-west-2/)
  })
})

describe('models show', () => {
  test.each([
    ['provisioned-model/pr0v1s10ned1', 'provisioned-model', 'amazon.nova-lite-v1:0'],
    ['application-inference-profile/a1b2c3d4e5f6', 'application-inference-profile', SONNET],
    ['custom-model-deployment/d3p10y123456', 'custom-model-deployment', 'amazon.nova-lite-v1:0'],
    ['imported-model/1mp0rt123456', 'imported-model', null],
  ])('%s of the account is resolved to its base model', async (resource, kind, modelId) => {
    const arn = `arn:aws:bedrock:us-east-1:111122223333:${resource}`
    const {document, exitCode} = await json('models', 'show', arn, '--sandbox')

    expect(exitCode).toBe(0)
    expect(document).toMatchObject({matchedBy: 'resource', modelId, resource: {kind, arn}})
  })

  test('a resource that is not there is a usage error that names Region and account', async () => {
    const {document, exitCode} = await json(
      'models',
      'show',
      'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/zzzzzzzzzzzz',
      '--sandbox',
    )

    expect(exitCode).toBe(2)
    expect(document.error).toMatchObject({code: 'NOT_FOUND', why: expect.stringContaining('us-east-1')})
  })

  test('each fact has a source and a date, and what is not known is null', async () => {
    const {document} = await json('models', 'show', 'amazon.rerank-v1:0', '--offline')

    expect(document.facts.length).toBeGreaterThan(10)
    for (const fact of document.facts)
      expect(fact).toMatchObject({source: expect.any(String), asOf: expect.any(String)})
    expect(document.facts.some(({value}: {value: unknown}) => value === null)).toBe(true)
  })
})

describe('models access', () => {
  test('names what stands in the way of each model', async () => {
    const {document, exitCode} = await json(
      'models',
      'access',
      'anthropic.claude-fable-5-1',
      'amazon.nova-lite-v1:0',
      '--sandbox',
      '--region',
      'us-east-1',
    )

    expect(exitCode).toBe(3)
    expect(document.access.map(({modelId, answer}: {modelId: string; answer: string}) => [modelId, answer])).toEqual([
      ['anthropic.claude-fable-5-1', 'no'],
      ['amazon.nova-lite-v1:0', 'yes'],
    ])
  })

  test('an account that never filled the form in learns so', async () => {
    const {document} = await json('models', 'access', SONNET, '--sandbox=fresh-account', '--region', 'us-east-1')

    expect(document.access[0].findings.map(({code}: {code: string}) => code)).toContain('USE_CASE_FORM_MISSING')
  })

  test('offline it says that an account is needed, exit 2', async () => {
    expect((await runCli(['models', 'access', '--offline', '--region', 'us-east-1'])).exitCode).toBe(2)
  })
})

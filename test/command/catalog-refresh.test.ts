import {readdir, readFile, truncate, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import type {CatalogShowResult} from '../../src/lib/catalog/catalog-show.schema.js'
import type {ModelsListResult} from '../../src/lib/models/list/models-list.schema.js'
import {openPart, writePart} from '../../src/lib/refresh/cache-file.js'
import {OFFERS} from '../../src/lib/refresh/cached-facts.js'
import {type RefreshResult, refreshSchema} from '../../src/lib/refresh/refresh.schema.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {type CliResult, withFolder} from '../support/process-stage.js'
import {runCli} from '../support/run-cli.js'

// Over the wire, the sandbox being an endpoint like any other.
let sandbox: Sandbox
let folder: string
let release: () => void
let done: Promise<void>

beforeAll(async () => {
  sandbox = await startSandbox({scenario: 'clean'})
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  await new Promise<void>((ready) => {
    done = withFolder(async (made) => {
      folder = made
      await new Promise<void>((end) => {
        release = end
        ready()
      })
    })
  })
})
afterEach(async () => {
  sandbox.faults.clear()
  release()
  await done
})

const REGIONS = ['--region', 'us-east-1,eu-central-1,eu-west-1']

function cli(argv: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<CliResult> {
  return runCli(argv, {env: {...sandbox.env(), AWS_MAX_ATTEMPTS: '1', BEDROCKCTL_CACHE_DIR: folder, ...env}})
}

async function refresh(...words: readonly string[]): Promise<RefreshResult & Pick<CliResult, 'exitCode'>> {
  const {stdout, exitCode} = await cli(['catalog', 'refresh', ...REGIONS, '--json', ...words])
  return {...refreshSchema.parse(JSON.parse(stdout)), exitCode}
}

const file = (name: string) => join(folder, `${name}-simulated.json`)

describe('a refresh', () => {
  test('writes each part, apart from what AWS said, and agrees with the bundle', async () => {
    const {exitCode, parts, changes, simulated} = await refresh()

    expect(await readdir(folder)).toEqual(['offers-simulated.json', 'prices-simulated.json', 'quotas-simulated.json'])
    expect(parts.map(({part, state, regions}) => [part, state, regions.length])).toEqual([
      ['models', 'written', 3],
      ['prices', 'written', 3],
      ['quotas', 'written', 3],
    ])
    expect(parts.every(({records}) => records > 50)).toBe(true)
    expect(changes).toEqual([])
    expect([exitCode, simulated]).toEqual([0, true])
  })

  test('again finds no change', async () => {
    await refresh()

    const {changes, parts, exitCode} = await refresh()
    const {stdout} = await cli(['catalog', 'refresh', ...REGIONS])

    expect([changes, exitCode]).toEqual([[], 0])
    expect(parts.map(({comparedWith}) => comparedWith)).toEqual([['cache'], ['cache'], ['cache']])
    expect(stdout).toContain('No changes.')
  })

  test('--dry-run prints the same and writes nothing', async () => {
    const {parts, dryRun} = await refresh('--dry-run')

    expect(parts.map(({state}) => state)).toEqual(['dry-run', 'dry-run', 'dry-run'])
    expect([dryRun, await readdir(folder)]).toEqual([true, []])
  })

  test('--only leaves the other parts alone and does not ask for them', async () => {
    const from = sandbox.journal.length

    const {parts} = await refresh('--only', 'quotas')

    const services = new Set(sandbox.journal.slice(from).map(({service}) => service))
    expect(parts.map(({part}) => part)).toEqual(['quotas'])
    expect([...services].filter((service) => service === 'bedrock' || service === 'pricing')).toEqual([])
  })

  test('of one Region keeps the others with their dates', async () => {
    const before = await refresh()

    const {stdout} = await cli(['catalog', 'refresh', '--region', 'eu-west-1', '--json'])

    const {parts} = refreshSchema.parse(JSON.parse(stdout))
    expect(before.exitCode).toBe(0)
    expect(parts.map(({kept}) => kept.map(({region}) => region))).toEqual(
      [1, 2, 3].map(() => ['eu-central-1', 'us-east-1']),
    )
  })
})

describe('what fails', () => {
  const down = {kind: 'error', code: 'InternalServerException', status: 500, message: 'down'} as const

  test('a Region that cannot be read keeps its old offer and is told, exit 6', async () => {
    await refresh()
    const before = JSON.parse(await readFile(file('offers'), 'utf8'))
    sandbox.faults.add({service: 'bedrock', region: 'eu-west-1', effect: down})

    const {exitCode, unread, parts} = await refresh('--only', 'models')

    const after = JSON.parse(await readFile(file('offers'), 'utf8'))
    const dublin = ({content}: {content: {offers: {region: string}[]}}) =>
      content.offers.find(({region}) => region === 'eu-west-1')
    expect(exitCode).toBe(6)
    expect(unread).toMatchObject([{region: 'eu-west-1', code: 'SERVICE_ERROR'}])
    expect(parts[0]?.kept).toMatchObject([{region: 'eu-west-1'}])
    expect(dublin(after)).toEqual(dublin(before))
  })

  test('throttled without end it exits 5 and leaves the files alone', async () => {
    await refresh()
    const before = await readFile(file('offers'), 'utf8')
    for (const service of ['bedrock', 'pricing', 'service-quotas']) {
      const effect = {kind: 'error', code: 'ThrottlingException', status: 429, message: 'Rate exceeded'} as const
      sandbox.faults.add({service, effect})
    }

    const {exitCode, stdout} = await cli(['catalog', 'refresh', ...REGIONS, '--json'])

    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([5, 'THROTTLED'])
    expect(await readFile(file('offers'), 'utf8')).toBe(before)
  })

  test('a folder that cannot be written is named, exit 2', async () => {
    const blocked = join(folder, 'blocked')
    await writeFile(blocked, '')

    const {exitCode, stderr} = await cli(['catalog', 'refresh', ...REGIONS], {BEDROCKCTL_CACHE_DIR: blocked})

    expect(exitCode).toBe(2)
    expect(stderr).toContain('The cache cannot be written')
    expect(stderr).not.toContain('    at ')
  })

  test('a damaged cache is named, compared with nothing, and written anew', async () => {
    await refresh()
    await truncate(file('offers'), 1000)

    const {exitCode, parts} = await refresh('--only', 'models')

    expect(parts[0]?.ignored).toBe(`${file('offers')} is damaged`)
    expect([exitCode, parts[0]?.comparedWith]).toEqual([0, ['bundle']])
    expect((await refresh('--only', 'models')).parts[0]?.ignored).toBeNull()
  })

  test('offline it is refused', async () => {
    const {exitCode, stdout} = await cli(['catalog', 'refresh', '--offline', '--json'])

    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'NEEDS_ACCOUNT'])
  })
})

describe('the cache in use', () => {
  const listed = async (...words: readonly string[]) => {
    const {stdout, stderr, exitCode} = await cli(['models', 'list', '--region', 'eu-central-1', '--json', ...words])
    return {result: JSON.parse(stdout) as ModelsListResult, stderr, exitCode}
  }

  test('--max-age answers from it, and only while it is young enough', async () => {
    await refresh()
    const from = sandbox.journal.length

    const kept = await listed('--max-age', '1h')
    const asked = sandbox.journal.slice(from).map(({operation}) => operation)
    const live = await listed('--max-age', '0s')

    expect(asked).toEqual(['GetCallerIdentity'])
    expect(kept.result.origins.map(({kind}) => kind)).toEqual(['cache'])
    expect(live.result.origins.map(({kind}) => kind)).toEqual(['live'])
    expect(kept.result.models.map(({id}) => id)).toEqual(live.result.models.map(({id}) => id))
  })

  test('prices come from the Price List that was kept, with its date', async () => {
    await refresh()

    const {result} = await listed()

    const sonnet = result.models.find(({id}) => id === 'anthropic.claude-sonnet-4-6')
    expect(sonnet?.price).toMatchObject({inputUsdPerMillionTokens: 3, outputUsdPerMillionTokens: 15})
    expect(sonnet?.price?.source).toMatch(/^AWS Price List AmazonBedrockFoundationModels, published \d{4}-\d{2}-\d{2}$/)
  })

  test('what a sandbox said is never an offline answer', async () => {
    await refresh()

    const {result} = await listed('--offline')

    expect(result.origins.map(({kind}) => kind)).toEqual(['bundle'])
    expect(result.models.some(({price}) => price?.source.startsWith('AWS Price List'))).toBe(false)
  })

  test('of a Region it does not hold the bundle tells, each answer saying which it used', async () => {
    await refresh()
    await writeFile(join(folder, 'offers.json'), await readFile(file('offers')))

    const {stdout} = await cli(['models', 'list', '--offline', '--region', 'eu-west-1,eu-north-1', '--json'])

    const {origins} = JSON.parse(stdout) as ModelsListResult
    expect(origins.map(({kind}) => kind)).toEqual(['cache', 'bundle'])
  })

  test('a damaged one is warned of and ignored', async () => {
    await writeFile(join(folder, 'offers.json'), '{"sha256":"00"}')
    await writeFile(join(folder, 'prices.json'), '\u0000\u001b[2J')

    const {result, stderr, exitCode} = await listed('--offline')

    expect([exitCode, result.origins[0]?.kind]).toEqual([0, 'bundle'])
    expect(stderr).toContain(`ignored  ${join(folder, 'offers.json')} is damaged`)
    expect(stderr).toContain(`ignored  ${join(folder, 'prices.json')} is damaged`)
  })

  test('that of another account is warned of and ignored', async () => {
    await refresh()
    const {content} = await openPart(OFFERS, file('offers'))
    if (!content) throw new Error('a refresh writes the offers')
    await writePart(file('offers'), {...content, account: '999988887777'})

    const {result, stderr} = await listed('--max-age', '1d')

    expect(result.origins[0]?.kind).toBe('live')
    expect(stderr).toContain(`was read by account 999988887777 in partition aws, not for account ${content.account}`)
  })

  test('catalog show tells what it holds and how old it is', async () => {
    await refresh()

    const {stdout} = await cli(['catalog', 'show', '--json'])
    const {cache} = JSON.parse(stdout) as CatalogShowResult

    expect(cache.map(({part, simulated, state}) => [part, simulated, state])).toEqual([
      ...['models', 'prices', 'quotas'].map((part) => [part, false, 'absent']),
      ...['models', 'prices', 'quotas'].map((part) => [part, true, 'used']),
    ])
    expect(cache[3]).toMatchObject({regions: 3, ageHours: 0, file: file('offers')})
    expect((await cli(['catalog', 'show'])).stdout).toMatch(/models, simulated {3}\d+ records of 3 Regions/)
  })
})

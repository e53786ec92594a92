import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {lockResultSchema} from '../../src/lib/models/lock/lock.schema.js'
import {runCli} from '../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const NOVA = 'amazon.nova-lite-v1:0'
let folder = ''
let file = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockctl-lock-'))
  file = join(folder, 'bedrockctl.lock.json')
})

afterEach(() => {
  rmSync(folder, {recursive: true, force: true})
})

const lock = (...words: readonly string[]) => runCli(['models', 'lock', ...words, '--file', file])
const offline = (...words: readonly string[]) => lock(...words, '--offline')
const edit = (from: string | RegExp, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to))

describe('models lock', () => {
  test('writes models, Regions, routes and sorted destinations, and leaves no draft behind', async () => {
    const {exitCode, stdout} = await offline(SONNET, NOVA, '--from', 'eu-central-1', '--json')

    const result = lockResultSchema.parse(JSON.parse(stdout))
    const written = JSON.parse(readFileSync(file, 'utf8'))
    expect(exitCode).toBe(0)
    expect(result.outcome).toBe('written')
    expect(written).toEqual(result.lock)
    expect(Object.keys(written.models)).toEqual([NOVA, SONNET])
    expect(written.models[SONNET].from['eu-central-1'].routes[0]).toEqual({
      mode: 'geo',
      id: `eu.${SONNET}`,
      destinations: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
    })
    expect(written.read.regions['eu-central-1']).toMatchObject({kind: 'bundle'})
    expect(readdirSync(folder)).toEqual(['bedrockctl.lock.json'])
  })

  test('locking the same again changes no byte', async () => {
    await offline(SONNET, '--from', 'eu-central-1')
    const before = readFileSync(file, 'utf8')

    const {stdout} = await offline()

    expect(stdout).toMatch(/^unchanged /)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('without models it locks anew what the file names, and says what changed', async () => {
    await offline(SONNET, '--from', 'eu-central-1')
    const before = readFileSync(file, 'utf8')
    edit('"eu-west-3"', '"eu-west-2"')

    const {exitCode, stdout} = await offline()

    expect(exitCode).toBe(0)
    expect(stdout).toContain(`eu.${SONNET} from eu-central-1: destination added eu-west-3`)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('--dry-run prints the file and writes nothing', async () => {
    const {stdout} = await offline(NOVA, '--from', 'eu-north-1', '--dry-run')

    expect(Object.keys(JSON.parse(stdout).models)).toEqual([NOVA])
    expect(readdirSync(folder)).toEqual([])
  })

  test('--scan locks what the sources name', async () => {
    writeFileSync(join(folder, 'app.py'), `model = 'eu.${SONNET}'\nother = '${NOVA}'\n`)

    await offline('--scan', join(folder, 'app.py'), '--from', 'eu-north-1')

    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).models)).toEqual([NOVA, SONNET])
  })

  test('a file that is no lock file is never overwritten', async () => {
    writeFileSync(file, '{"name": "precious"}')

    const {exitCode, stderr} = await offline(NOVA, '--from', 'eu-north-1')

    expect(exitCode).toBe(2)
    expect(stderr).toContain('is not a lock file')
    expect(readFileSync(file, 'utf8')).toBe('{"name": "precious"}')
  })

  test('a Region that is not enabled leaves the file unwritten and exits 6', async () => {
    const {exitCode, stdout} = await lock(NOVA, '--from', 'eu-central-1,me-south-1', '--sandbox', '--json')

    expect(JSON.parse(stdout)).toMatchObject({outcome: 'not-written', unread: [{region: 'me-south-1'}]})
    expect(exitCode).toBe(6)
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    [[NOVA, '--from', 'eu-centrl-1'], /eu-central-1/],
    [['amazon.nova-lit-v1:0', '--from', 'eu-central-1'], /amazon\.nova-lite-v1:0/],
    [[], /There is no lock file/],
    [['--check'], /There is no lock file/],
    [['--check', NOVA], /Leave out amazon/],
    [[NOVA], /No Region is configured/],
  ])('%j is refused with the reason', async (words, reason) => {
    const {exitCode, stdout, stderr} = await offline(...words)

    expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
    expect(stderr).toMatch(reason)
  })
})

describe('models lock --check', () => {
  test('passes while nothing changed', async () => {
    await offline(SONNET, NOVA, '--from', 'eu-central-1,us-east-1')

    const {exitCode, stdout} = await offline('--check')

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^PASS /)
  })

  test('exits 3 with what changed, and writes nothing', async () => {
    await offline(SONNET, '--from', 'eu-central-1')
    edit('"phase": "ACTIVE"', '"phase": "PREVIEW"')
    edit(/"eu-west-3"/g, '"eu-west-2"')
    const before = readFileSync(file, 'utf8')

    const {exitCode, stdout} = await offline('--check')

    expect(exitCode).toBe(3)
    expect(stdout).toContain(`    - ${SONNET} became ACTIVE`)
    expect(stdout).toContain(`    - eu.${SONNET} from eu-central-1: destination removed eu-west-2`)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('live against the sandbox, a lock of the sandbox holds, and a lock of AWS is not compared with it', async () => {
    await lock(SONNET, '--from', 'eu-central-1', '--sandbox')

    const live = await lock('--check', '--sandbox')
    const mixed = await offline('--check')

    expect(live.exitCode).toBe(0)
    expect(live.stdout).toMatch(/^simulated /)
    expect(mixed).toMatchObject({exitCode: 2, stderr: expect.stringContaining('locked from a sandbox')})
  })

  test('a Region that cannot be read makes it exit 6, not a change', async () => {
    await lock(NOVA, '--from', 'eu-central-1,eu-north-1', '--sandbox')
    edit('"eu-north-1": {', '"me-south-1": {')

    const {exitCode, stdout} = await lock('--check', '--sandbox', '--json')

    expect(JSON.parse(stdout)).toMatchObject({changes: [], unread: [{region: 'me-south-1'}]})
    expect(exitCode).toBe(6)
  })

  test('everything wrong with a file is told at once, with its place', async () => {
    await offline(SONNET, NOVA, '--from', 'eu-central-1')
    edit('"mode": "global"', '"mode": "globe"')
    edit(NOVA, 'amazon.nova-lit-v1:0')
    edit('"eu-central-1": {', '"eu-centrl-1": {')

    const {exitCode, stderr} = await offline('--check')

    expect(exitCode).toBe(2)
    expect(stderr).toContain(`models["${SONNET}"].from["eu-centrl-1"].routes[1].mode`)
    expect(stderr).toContain('models["amazon.nova-lit-v1:0"]: no such model')
    expect(stderr).toMatch(/from\["eu-centrl-1"\]: no Region with Bedrock\. Did you mean eu-central-1/)
    expect(stderr).toContain(file)
  })

  test.each([
    ['{"schemaVersion": 2}', /version 2/],
    ['{"schemaVersion": 1,\n "models": {', /line 2: not JSON/],
    ['[]', /not a lock file/],
    ['', /not JSON/],
  ])('%j is refused', async (text, reason) => {
    writeFileSync(file, text)

    const {exitCode, stderr} = await offline('--check')

    expect(exitCode).toBe(2)
    expect(stderr).toMatch(reason)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('an id that nobody knows is told, with what may be meant', async () => {
    await offline(NOVA, '--from', 'eu-central-1')
    edit(`"${NOVA}": {`, '"amazon.nova-lit-v1:0": {')

    const {exitCode, stderr} = await offline('--check')

    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/models\["amazon\.nova-lit-v1:0"\]: no such model; did you mean amazon\.nova-lite-v1:0/)
  })
})

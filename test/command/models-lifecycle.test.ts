import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {lifecycleResultSchema} from '../../src/lib/models/lifecycle/lifecycle.schema.js'
import {runCli} from '../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const DEAD = 'anthropic.claude-v2:1'

async function json(...words: readonly string[]) {
  const {stdout, exitCode} = await runCli(['models', 'lifecycle', ...words, '--json'])
  return {exitCode, document: JSON.parse(stdout)}
}

describe('models lifecycle', () => {
  test('offline it tells the dates of a model with source and day', async () => {
    const {document, exitCode} = await json(DEAD, 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', '--offline')

    const result = lifecycleResultSchema.parse(document)
    const [sonnet, dead] = result.models
    expect(exitCode).toBe(0)
    expect(dead).toMatchObject({id: DEAD, phase: 'EOL'})
    expect(sonnet?.dates.find(({event}) => event === 'endOfLife')).toMatchObject({
      date: '2027-04-08',
      origin: {kind: 'bundle', source: expect.stringContaining('lifecycle')},
    })
  })

  test.each([
    [[DEAD, '--fail-on', 'eol'], 3],
    [[DEAD, '--within', '1d', '--fail-on', 'within'], 3],
    [[DEAD, '--fail-on', 'never'], 0],
    [[SONNET, '--fail-on', 'legacy'], 0],
    [[SONNET, '--within', '1d', '--fail-on', 'within'], 0],
  ])('%j exits %i', async (words, code) => {
    const {exitCode, document} = await json(...words, '--offline')

    expect(exitCode).toBe(code)
    expect(document.gate?.passed ?? true).toBe(code === 0)
  })

  test('on a narrow terminal the next loss and its days stay together', async () => {
    const {stdout} = await runCli(['models', 'lifecycle', '--offline'], {tty: {columns: 80}, env: {NO_COLOR: '1'}})

    const [head = ''] = stdout.split('\n')
    expect(head).toMatch(/^MODEL +PHASE +NEXT +DAYS/)
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true)
  })

  test('--status keeps one phase, of what Regions offer and of what is gone', async () => {
    const {document} = await json('--status', 'eol', '--offline')

    const phases = new Set(document.models.map(({phase}: {phase: string}) => phase))
    expect(phases).toEqual(new Set(['EOL']))
    expect(document.models.map(({id}: {id: string}) => id)).toContain(DEAD)
  })

  test('live, each Region that was read is in the answer, and the sandbox says so', async () => {
    const {document, exitCode} = await json(SONNET, '--sandbox', '--region', 'eu-central-1,us-east-1')

    expect(exitCode).toBe(0)
    expect(document.simulated).toBe(true)
    expect(
      document.models[0].regions.map(({region, origin}: {region: string; origin: {kind: string}}) => [
        region,
        origin.kind,
      ]),
    ).toEqual([
      ['eu-central-1', 'live'],
      ['us-east-1', 'live'],
    ])
  })

  test.each([
    [['--fail-on', 'error'], /--scan/],
    [['--fail-on', 'within'], /--within/],
    [['--within', 'soon'], /duration/],
    [['-o', 'sarif'], /scan/],
    [['--scan', '.', SONNET], /takes no models/],
    [['--scan', '.', '--fail-on', 'eol'], /--scan/],
    [['--scan', './nowhere'], /nowhere/],
    [['anthropic.claude-sonet-4-6'], /anthropic\.claude-sonnet-4-6/],
  ])('%j is refused with the reason', async (words, reason) => {
    const {exitCode, stdout, stderr} = await runCli(['models', 'lifecycle', ...words, '--offline'])

    expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
    expect(stderr).toMatch(reason)
  })
})

describe('models lifecycle --scan', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bedrockctl-scan-'))
    mkdirSync(join(folder, 'src'))
    writeFileSync(join(folder, 'src', 'app.py'), `import boto3\nmodel = '${DEAD}'\n`)
    writeFileSync(join(folder, 'main.tf'), `id = "eu.${SONNET}"\nalias = "openai.gpt-oss-120b"\n`)
  })
  afterAll(() => {
    rmSync(folder, {recursive: true, force: true})
  })

  test('findings carry file, line and column, and an error fails the gate', async () => {
    const {document, exitCode} = await json('--scan', folder, '--offline')

    const {scan, models, gate} = lifecycleResultSchema.parse(document)
    expect(exitCode).toBe(3)
    expect(scan?.findings.map(({rule, file, line, column}) => [rule, file, line, column])).toEqual([
      ['unpinned-alias', `${folder}/main.tf`, 2, 10],
      ['eol', `${folder}/src/app.py`, 2, 10],
    ])
    expect(models.map(({id}) => id).sort()).toEqual([SONNET, DEAD, 'openai.gpt-oss-120b-1:0'].sort())
    expect(gate?.failures).toHaveLength(1)
  })

  test.each([
    ['main.tf', 'error', 0],
    ['main.tf', 'warning', 3],
    ['src', 'never', 0],
  ])('%s with --fail-on %s exits %i', async (name, failOn, code) => {
    const {exitCode} = await json('--scan', join(folder, name), '--fail-on', failOn, '--offline')

    expect(exitCode).toBe(code)
  })

  test('people read where, what and what to do; the worst stands first', async () => {
    const {stdout} = await runCli(['models', 'lifecycle', '--scan', folder, '--offline'])

    expect(stdout).toContain(`ERROR    ${DEAD}  eol\n         ${folder}/src/app.py:2:10\n`)
    expect(stdout.indexOf('ERROR')).toBeLessThan(stdout.indexOf('WARNING'))
    expect(stdout).toContain('1 error, 1 warning, 0 notes in 2 files that name 3 models')
    expect(stdout).toMatch(/FAIL {2}no error in the sources\n$/)
  })

  test('SARIF names the rule and the place of every finding', async () => {
    const {stdout, exitCode} = await runCli(['models', 'lifecycle', '--scan', folder, '--offline', '-o', 'sarif'])

    const [run] = JSON.parse(stdout).runs
    expect(exitCode).toBe(3)
    expect(run.results).toHaveLength(2)
    expect(run.results[1]).toMatchObject({
      ruleId: 'eol',
      level: 'error',
      locations: [{physicalLocation: {region: {startLine: 2, startColumn: 10}}}],
    })
    expect(run.tool.driver.rules[run.results[1].ruleIndex].id).toBe('eol')
  })

  test('live, the sandbox knows its own models and the answer says so', async () => {
    const {document, exitCode} = await json('--scan', join(folder, 'main.tf'), '--sandbox')

    expect(exitCode).toBe(0)
    expect(document).toMatchObject({simulated: true, regions: ['us-east-1']})
  })
})

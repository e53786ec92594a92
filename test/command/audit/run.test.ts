import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-audit-run-'))
const at = (name: string) => join(folder, name)
const snapshot = at('snapshot.json')
const KEY_CHECK = ['--from', snapshot, '--check', 'IAM-10']

const audit = (...argv: readonly string[]) => runCli(['audit', 'run', ...argv])
const read = (name: string) => readFileSync(at(name), 'utf8')
const errorOf = (stdout: string) => JSON.parse(stdout).error

/** The saved snapshot with every `from` in its text made `to`. */
function changed(name: string, from: string, to: string): string {
  const text = JSON.stringify(JSON.parse(readFileSync(snapshot, 'utf8')))
  writeFileSync(at(name), text.replaceAll(from, JSON.stringify(to).slice(1, -1)))
  return at(name)
}

beforeAll(async () => {
  const argv = ['account', 'snapshot', '--sandbox=misconfigured', '--for', 'audit', '--out', snapshot]
  const {exitCode} = await runCli([...argv, '--region', 'eu-central-1', '--region', 'us-east-1'])
  expect(exitCode).toBe(0)
}, 30_000)

afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('the exit code', () => {
  test('is 0 when something fails and no gate was asked for', async () => {
    const {stdout, exitCode} = await audit(...KEY_CHECK)

    expect(exitCode).toBe(0)
    expect(stdout).toContain('CRITICAL  IAM-10')
  })

  test.each([
    ['critical', 'IAM-10', 3],
    ['info', 'IAM-10', 3],
    ['critical', 'IAM-11', 0],
    ['high', 'IAM-11', 3],
  ])('with --fail-on %s for %s is %i', async (severity, check, expected) => {
    const {stdout, exitCode} = await audit('--from', snapshot, '--check', check, '--fail-on', severity)

    expect(exitCode).toBe(expected)
    expect(stdout).toContain(expected === 0 ? 'PASS  gate' : 'FAIL  gate')
  })

  test('is 3 for what is unknown only where --fail-on-unknown asks for it', async () => {
    const argv = ['--from', snapshot, '--check', 'RES-01']

    expect((await audit(...argv, '--fail-on', 'critical')).exitCode).toBe(0)
    expect((await audit(...argv, '--fail-on-unknown')).exitCode).toBe(3)
  })

  test('is 6 where reads are denied, and the missing actions are named', async () => {
    const {stdout, stderr, exitCode} = await audit('--sandbox=denied', '--family', 'IAM')

    expect(exitCode).toBe(6)
    expect(stdout).toMatch(/needs {2}iam:GetAccountAuthorizationDetails: .*\(denied\)/)
    expect(stdout).not.toMatch(/^(CRITICAL|HIGH|MEDIUM|LOW) /m)
    expect(stderr).toContain('partial')
  })

  test('is that of a closed gate where reads are denied as well', async () => {
    const {exitCode} = await audit('--sandbox=denied', '--family', 'IAM', '--fail-on-unknown')

    expect(exitCode).toBe(3)
  })

  test('is 0 for an account in order, held to the strictest gates', async () => {
    const {stdout, exitCode} = await audit('--sandbox=clean', '--fail-on', 'info', '--fail-on-unknown')

    expect(exitCode).toBe(0)
    expect(stdout).toContain('Nothing fails.')
  })
})

describe('--from', () => {
  test('makes no call and needs no credentials', async () => {
    const sandbox = await startSandbox({scenario: 'demo'})
    try {
      const env = {AWS_ENDPOINT_URL: sandbox.url}
      const {exitCode} = await runCli(['audit', 'run', '--from', snapshot], {env})

      expect(exitCode).toBe(0)
      expect(sandbox.journal).toEqual([])
    } finally {
      await sandbox.close()
    }
  })

  test('with --region judges one Region of those it holds', async () => {
    const {stdout} = await audit('--from', snapshot, '--region', 'us-east-1', '--family', 'LOG', '--json')

    const {regions, findings} = JSON.parse(stdout)
    expect(regions).toEqual(['us-east-1'])
    expect(findings.filter(({region}: {region: string}) => region === 'eu-central-1')).toEqual([])
  })

  test('with a Region that it does not hold is refused, naming those it holds', async () => {
    const {stdout, exitCode} = await audit('--from', snapshot, '--region', 'eu-north-1', '--json')

    expect(exitCode).toBe(2)
    expect(errorOf(stdout)).toMatchObject({code: 'REGION_NOT_IN_SNAPSHOT', exitCode: 2})
    expect(errorOf(stdout).hint).toContain('eu-central-1')
  })

  test('a file that is missing, empty, cut off or another thing is refused with the place', async () => {
    writeFileSync(at('empty.json'), '')
    writeFileSync(at('cut.json'), readFileSync(snapshot, 'utf8').split('\n').slice(0, 500).join('\n'))
    writeFileSync(at('other.json'), '{"schemaVersion": 1}')
    const words = {missing: 'There is no file', empty: 'the file is empty', cut: 'line 500', other: 'kind: '}

    for (const [name, word] of Object.entries(words)) {
      const {stdout, stderr, exitCode} = await audit('--from', at(`${name}.json`))

      expect([name, exitCode, stdout]).toEqual([name, 2, ''])
      expect(stderr).toContain(word)
    }
  })

  test('a value of the wrong kind is named by its place', async () => {
    const document = JSON.parse(readFileSync(snapshot, 'utf8'))
    document.reads['kms:keys'][0].at = 5
    writeFileSync(at('wrong.json'), JSON.stringify(document))

    const {stderr, exitCode} = await audit('--from', at('wrong.json'))

    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/reads\W+kms:keys\W+0\W+at/)
  })
})

describe('what is asked for', () => {
  test.each([
    [['--check', 'IAM-99'], 'IAM-99'],
    [['--family', 'XX'], 'XX'],
    [['--fail-on', 'severe'], 'severe'],
    [['--baseline', 'no-such-file.json'], 'no-such-file.json'],
    [['--project', 'no-such-file.yaml'], 'no-such-file.yaml'],
    [['--report', 'html'], 'names no file'],
    [['--report', 'htlm=audit.html'], 'Did you mean html?'],
    [['--report', 'html=no-such-folder/audit.html'], 'no-such-folder'],
    [['--report', 'html=same', '--report', 'csv=same'], 'same'],
  ])('%j is refused before anything is read', async (argv, word) => {
    const {stdout, stderr, exitCode} = await audit('--from', at('never-read.json'), ...argv)

    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(word)
  })

  test('what is wrong with it is told within the terminal, in words', async () => {
    const argv = ['audit', 'run', '--from', snapshot, '--report', 'htlm=audit.html']
    const {stderr} = await runCli(argv, {tty: {columns: 60}, env: {NO_COLOR: '1'}})

    expect(stderr.split('\n').filter((line) => line.length > 60)).toEqual([])
    expect(stderr).toContain('formats:')
  })

  test('--family and --check keep what is named, and nothing else is judged', async () => {
    const {stdout} = await audit('--from', snapshot, '--family', 'COST', '--check', 'COST-01,COST-02', '--json')

    expect(JSON.parse(stdout).checks.map(({id}: {id: string}) => id)).toEqual(['COST-01', 'COST-02'])
  })
})

describe('the answer', () => {
  test('as JSON fits its schema and is labelled as simulated', async () => {
    const {stdout} = await audit('--from', snapshot, '--json')
    const report = JSON.parse(stdout)

    expect(compileSchema('audit-run.json').validate(report)).toEqual([])
    expect(report).toMatchObject({simulated: true, snapshot})
  })

  test.each([
    ['table', /^CRITICAL {2}IAM-10/m],
    ['ndjson', /^\{.*"IAM-10"/m],
    ['csv', /^\w+,.*fingerprint/im],
    ['markdown', /^#+ /m],
    ['html', /^<!doctype html>/i],
    ['sarif', /"version": ?"2\.1\.0"/],
    ['junit', /<testsuites/],
    ['ocsf', /"class_uid": ?2003/],
    ['asff', /"SchemaVersion": ?"2018-10-08"/],
  ])('as %s is what the format looks like', async (format, looks) => {
    const {stdout, exitCode} = await audit(...KEY_CHECK, '-o', format)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(looks)
  })

  test.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const {stdout} = await runCli(['audit', 'run', '--from', snapshot], {tty: {columns}, env: {NO_COLOR: '1'}})

    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
  })
})

describe('what is judged', () => {
  const terminal = {tty: {columns: 100}, env: {NO_COLOR: '1'}}

  test('is called by its name, with the id or the holder where names repeat', async () => {
    const {stdout} = await runCli(['audit', 'run', '--from', snapshot, '--check', 'EP-02,IAM-09'], terminal)

    expect(stdout).toContain('bedrock-agent (vpce-000000000000000a3)')
    expect(stdout).toContain('invoke of role guarded-half')
  })

  test('is not said twice where the evidence repeats the message', async () => {
    const {stdout} = await runCli(['audit', 'run', '--from', snapshot, '--check', 'IAM-01'], terminal)

    expect(stdout.match(/every action of Bedrock on any resource/g)).toHaveLength(3)
  })

  test('--baseline names what is no longer found by its fingerprint', async () => {
    const {stdout} = await audit('--from', snapshot, '--check', 'COST-01', '--baseline', staleBaseline())

    expect(stdout).toContain('no longer found: 0123456789abcdef')
  })
})

function staleBaseline(): string {
  const why = {reason: 'why', owner: 'platform', acceptedOn: '2026-01-01', expires: '2099-01-01'}
  const one = {fingerprint: '0123456789abcdef', check: 'COST-01', region: 'global', resource: 'gone', ...why}
  const baseline = {kind: 'bedrockctl-audit-baseline', version: 1, accepted: [one]}
  writeFileSync(at('stale.json'), JSON.stringify(baseline))
  return at('stale.json')
}

describe('--report', () => {
  test('writes any number of formats in one run, beside the answer', async () => {
    const names = ['html', 'markdown', 'csv', 'json', 'ndjson', 'sarif', 'junit', 'ocsf', 'asff']
    const specs = names.flatMap((name) => ['--report', `${name}=${at(`report.${name}`)}`])

    const {stdout, exitCode} = await audit(...KEY_CHECK, ...specs)

    expect(exitCode).toBe(0)
    expect(stdout).toContain('IAM-10')
    expect(names.filter((name) => !read(`report.${name}`).includes('IAM-10'))).toEqual([])
    expect(compileSchema('audit-run.json').validate(JSON.parse(read('report.json')))).toEqual([])
  })

  test('is written also when the gate closes', async () => {
    const {exitCode} = await audit(...KEY_CHECK, '--fail-on', 'critical', '--report', `junit=${at('gate.xml')}`)

    expect(exitCode).toBe(3)
    expect(read('gate.xml')).toContain('<failure')
  })
})

describe('names from outside', () => {
  const NAME = 'BedrockAPIKey-x7ab'
  const HOSTILE = '=1+1</script><img src=x onerror=alert(1)>\u001B[2J\u001B]0;owned\u0007'

  test('reach no terminal as control sequences', async () => {
    const file = changed('hostile.json', NAME, HOSTILE)
    const {stdout} = await runCli(['audit', 'run', '--from', file, '--family', 'IAM'], {tty: {columns: 80}})

    expect(stdout).toContain('IAM-10')
    expect(stdout).not.toContain('\u001B[2J')
    expect(stdout).not.toContain('\u001B]')
    expect(stdout).not.toContain('\u0007')
  })

  test('are text in HTML, Markdown and XML, and no formula in CSV', async () => {
    const file = changed('hostile.json', NAME, HOSTILE)
    const outputs = ['html', 'markdown', 'junit', 'csv'].map((format) => `${format}=${at(`hostile.${format}`)}`)

    await audit('--from', file, '--family', 'IAM', ...outputs.flatMap((spec) => ['--report', spec]))

    expect(read('hostile.html')).not.toContain('<img src=x')
    // Commands stand in a fenced block, where a mark is text.
    expect(read('hostile.markdown').replaceAll(/^```\w*\n[\s\S]*?^```$/gm, '')).not.toContain('<img src=x')
    expect(read('hostile.junit')).not.toContain('<img src=x')
    expect(read('hostile.csv')).not.toMatch(/(^|,)"?=1\+1/m)
    for (const format of ['html', 'markdown', 'junit', 'csv']) expect(read(`hostile.${format}`)).not.toContain('\u001B')
  })
})

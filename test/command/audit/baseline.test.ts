import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-audit-baseline-'))
const at = (name: string) => join(folder, name)
const snapshot = at('snapshot.json')
const WHY = ['--reason', 'the vendor cannot do without', '--owner', 'platform', '--expires', '90d']

const accept = (file: string, ...argv: readonly string[]) =>
  runCli(['audit', 'baseline', '--file', at(file), '--from', snapshot, ...argv])
const gate = (file: string, ...argv: readonly string[]) =>
  runCli(['audit', 'run', '--from', snapshot, '--check', 'IAM-10', '--fail-on', 'low', '--baseline', at(file), ...argv])

interface Written {
  readonly accepted: readonly {readonly fingerprint: string; expires: string; acceptedOn: string}[]
}

function rewrite(file: string, change: (baseline: Written) => void): void {
  const baseline = JSON.parse(readFileSync(at(file), 'utf8')) as Written
  change(baseline)
  writeFileSync(at(file), JSON.stringify(baseline))
}

beforeAll(async () => {
  const argv = ['account', 'snapshot', '--sandbox=misconfigured', '--for', 'audit', '--out', snapshot]
  const {exitCode} = await runCli([...argv, '--region', 'us-east-1'])
  expect(exitCode).toBe(0)
}, 30_000)

afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('audit baseline', () => {
  test('what is accepted is muted, and the gate passes', async () => {
    expect((await accept('round.json', '--check', 'IAM-10', ...WHY)).exitCode).toBe(0)

    const {stdout, exitCode} = await gate('round.json', '--json')

    const {findings, baseline} = JSON.parse(stdout)
    expect(exitCode).toBe(0)
    expect(baseline).toMatchObject({muted: 1, expired: [], unused: []})
    expect(findings.filter(({verdict}: {verdict: string}) => verdict === 'MUTED')).toMatchObject([
      {check: 'IAM-10', muted: {owner: 'platform'}},
    ])
  })

  test('one finding is accepted by how its fingerprint begins', async () => {
    const {stdout} = await runCli(['audit', 'run', '--from', snapshot, '--check', 'IAM-10', '--json'])
    const {fingerprint} = JSON.parse(stdout).findings[0]

    const accepted = await accept('one.json', fingerprint.slice(0, 8), ...WHY, '--json')

    expect(accepted.exitCode).toBe(0)
    expect(compileSchema('audit-baseline.json').validate(JSON.parse(accepted.stdout))).toEqual([])
    expect((await gate('one.json')).exitCode).toBe(0)
  })

  test('what has expired fails again, and is counted', async () => {
    await accept('old.json', '--check', 'IAM-10', ...WHY)
    rewrite('old.json', ({accepted}) => {
      for (const one of accepted) Object.assign(one, {acceptedOn: '2020-01-01', expires: '2020-02-01'})
    })

    const {stdout, exitCode} = await gate('old.json')

    expect(exitCode).toBe(3)
    expect(stdout).toContain('1 expired and counted again')
  })

  test('what nothing needs any more is named', async () => {
    await accept('stale.json', '--check', 'IAM-10', ...WHY)
    rewrite('stale.json', ({accepted}) => {
      for (const one of accepted) Object.assign(one, {fingerprint: '0123456789abcdef'})
    })

    const {stdout, exitCode} = await gate('stale.json')

    expect(exitCode).toBe(3)
    expect(stdout).toContain('1 no longer found')
  })

  test('--dry-run writes nothing', async () => {
    await accept('dry.json', '--check', 'IAM-10', ...WHY, '--dry-run')

    expect(() => readFileSync(at('dry.json'))).toThrow('ENOENT')
  })

  test('without findings to accept it lists the file, and reads no account', async () => {
    await accept('list.json', '--check', 'IAM-10', ...WHY)

    const {stdout, exitCode} = await runCli(['audit', 'baseline', '--file', at('list.json')])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/IAM-10 +holds/)
  })

  test.each([
    ['no reason', ['--check', 'IAM-10', '--owner', 'platform', '--expires', '90d'], '--reason'],
    ['no owner', ['--check', 'IAM-10', '--reason', 'why', '--expires', '90d'], '--owner'],
    ['no end', ['--check', 'IAM-10', '--reason', 'why', '--owner', 'platform'], '--expires'],
    ['a past day', ['--check', 'IAM-10', ...WHY.slice(0, 4), '--expires', '2020-01-01'], '2020-01-01'],
    ['an unknown check', ['--check', 'IAM-99', ...WHY], 'IAM-99'],
    ['a check that does not fail', ['--check', 'ENC-06', ...WHY], 'ENC-06'],
    ['an unknown fingerprint', ['ffffffffffff', ...WHY], 'ffffffffffff'],
  ])('%s is refused', async (_, argv, word) => {
    const {stderr, exitCode} = await accept('refused.json', ...argv)

    expect(exitCode).toBe(2)
    expect(stderr).toContain(word)
  })

  test('a damaged file is refused with the place', async () => {
    await accept('damaged.json', '--check', 'IAM-10', ...WHY)
    rewrite('damaged.json', ({accepted}) => {
      for (const one of accepted) Object.assign(one, {expires: 'some day'})
    })

    const {stderr, exitCode} = await gate('damaged.json')

    expect(exitCode).toBe(2)
    expect(stderr).toContain('expires')
  })
})

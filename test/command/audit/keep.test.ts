import {chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const CHECKS = ['--check', 'EP-03,EP-09', '--json'] as const

let folder: string
let state: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-audit-'))
  state = join(folder, 'state')
})
afterEach(async () => {
  await chmod(folder, 0o700)
  await rm(folder, {recursive: true})
})

const run = (argv: readonly string[]) => runCli(argv, {env: {BEDROCKCTL_STATE_DIR: state}})

test('an audit of an account is kept, one of a saved snapshot is not', async () => {
  const snapshot = join(folder, 'account.json')
  const audited = await run(['audit', 'run', '--sandbox=clean', ...CHECKS])
  const kept = await readdir(join(state, 'audits'))
  const text = await readFile(join(state, 'audits', kept[0] ?? ''), 'utf8')
  await run(['account', 'snapshot', '--sandbox=clean', '--reads', 'ec2:vpc-endpoints', '--out', snapshot])
  await rm(state, {recursive: true})
  const judged = await run(['audit', 'run', '--from', snapshot, ...CHECKS])

  const report = JSON.parse(audited.stdout)
  expect(kept).toEqual([expect.stringMatching(/^simulated-\d{12}-[0-9a-f]{12}\.json$/)])
  expect(JSON.parse(text)).toMatchObject({
    ...{kind: 'bedrockctl-kept-audit', account: report.account, simulated: true, takenAt: report.takenAt},
    ...{checks: expect.arrayContaining(['EP-03', 'EP-09']), summary: report.summary, more: 0},
  })
  expect(judged.exitCode).toBe(0)
  expect(await readdir(folder)).not.toContain('state')
})

test('an audit that cannot be kept says so, and is told all the same', async () => {
  await mkdir(state)
  await writeFile(join(state, 'audits'), 'no folder')

  const {exitCode, stderr, stdout} = await run(['audit', 'run', '--sandbox=clean', ...CHECKS])

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout).kind).toBe('bedrockctl-audit')
  expect(stderr).toContain('monitor will not show it')
})

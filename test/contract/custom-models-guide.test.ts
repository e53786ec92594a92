import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runCli} from '../support/run-cli.js'
import {tinyModel} from '../support/tiny-model.js'

const EXAMPLES = 'examples/custom-models'
const MODEL = `${EXAMPLES}/tiny-llama`
const guide = readFileSync('docs/guides/custom-models.md', 'utf8')

test('the guide has every check of imports, in the words of the program', async () => {
  const {exitCode, stdout} = await runCli(['imports', 'check', MODEL, '--region', 'us-east-1', '--offline', '--json'])
  const checks: readonly {id: string; title: string; severity: string}[] = JSON.parse(stdout).checks
  const rows = [...guide.matchAll(/^\| (IMP-\d+(?: \(w\))?) \| ([^|]+) \|/gm)]

  expect(exitCode).toBe(0)
  expect(rows.map(([, id, title]) => [id, title])).toEqual(
    checks.map(({id, severity, title}) => [severity === 'blocker' ? id : `${id} (w)`, title]),
  )
})

test('the example model is the one that the tests import', () => {
  const files = tinyModel()

  expect(readdirSync(MODEL).sort()).toEqual([...files.keys()].sort())
  for (const [path, bytes] of files) expect(readFileSync(join(MODEL, path)), path).toEqual(bytes)
})

test('the example data set has rows to mend, and is as the base takes it once they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-'))
  const [prepared, rejects] = [join(folder, 'prepared.jsonl'), join(folder, 'rejects.jsonl')]
  const base = ['--base-model', 'amazon.nova-2-lite-v1:0', '--type', 'fine-tuning', '--offline', '--json']
  const check = (file: string, ...more: readonly string[]) =>
    runCli(['customizations', 'check', file, ...base, ...more])
  try {
    const draft = await check(`${EXAMPLES}/tickets.jsonl`, '--fix', prepared, '--rejects', rejects)
    const mended = await check(prepared)

    expect(draft.exitCode).toBe(3)
    expect(mended.exitCode, mended.stdout).toBe(0)
    expect(JSON.parse(mended.stdout).findings).toEqual([])
  } finally {
    rmSync(folder, {recursive: true})
  }
})

test('the example log is traffic that can be planned for', async () => {
  const {exitCode, stdout} = await runCli(
    [
      'capacity',
      'plan',
      '--model',
      'us.anthropic.claude-sonnet-4-6',
      '--region',
      'us-east-1',
      '--quota-tpm',
      '150k',
    ].concat(['--from-logs', `${EXAMPLES}/invocations.jsonl`, '--offline', '--json']),
  )

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout).traffic).toMatchObject({minutes: 60, requests: 170, busiest: 8})
})

import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import BatchCheck from '../../src/commands/batch/check.js'
import BatchPlan from '../../src/commands/batch/plan.js'
import BatchPrepare from '../../src/commands/batch/prepare.js'
import {runCli} from '../support/run-cli.js'

const MODEL = 'anthropic.claude-sonnet-4-6'

test('the example records are those that the example table and its instructions make', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'batch-examples-'))
  try {
    const out = join(folder, 'records.jsonl')
    const words = ['--id-column', 'id', '--template', '{{review}}', '--system-file', 'examples/batch/classify.txt']

    const {exitCode, stderr} = await runCli(
      ['batch', 'prepare', 'examples/batch/reviews.csv', '--model', MODEL, ...words].concat(
        '--max-tokens',
        '16',
        '--out',
        out,
      ),
    )

    expect(exitCode, stderr).toBe(0)
    expect(readFileSync(out, 'utf8')).toBe(readFileSync('examples/batch/reviews.jsonl', 'utf8'))
  } finally {
    rmSync(folder, {recursive: true})
  }
})

test('the example in words of OpenAI becomes records', async () => {
  const words = ['batch', 'prepare', 'examples/batch/openai.jsonl', '--format', 'openai-batch', '--model', MODEL]

  const {exitCode, stdout} = await runCli([...words, '--dry-run', '--json'])

  expect(exitCode, stdout).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({rows: 3, records: 3, problems: []})
})

test('the example records are enough for a job, and nothing is wrong with them', async () => {
  const words = ['batch', 'check', 'examples/batch/reviews.jsonl', '--model', MODEL, '--offline', '--json']

  const {exitCode, stdout} = await runCli(words)

  expect(exitCode, stdout).toBe(0)
  const {problems, records} = JSON.parse(stdout)
  expect(problems).toEqual([])
  expect(records.records).toBeGreaterThanOrEqual(100)
})

test('files of this machine that help names come with the program', () => {
  const examples = [BatchPrepare, BatchCheck, BatchPlan].flatMap((command) => command.examples)
  const inputs = examples.map((example) => /command\.id %> (\S+)/.exec(example)?.[1] ?? '')

  expect(inputs.filter((input) => !input.startsWith('s3://') && !existsSync(input))).toEqual([])
})

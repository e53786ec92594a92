import {cp, readFile, rename, rm, utimes, writeFile} from 'node:fs/promises'
import {describe, expect, test} from 'vitest'
import {batchRetryView} from '../../../src/lib/batch/retry/render-retry.js'
import {retry, sevenFailed, someFailed} from '../../support/retry-stage.js'
import {runCli} from '../../support/run-cli.js'
import {PIPE} from '../../support/terminals.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('a job whose plan is not on this machine is refused', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'retry', 'night-classification', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('is no group whose plan is on this machine')
})

test('a class that there is not is refused', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'retry', 'pile', '--include', 'everything', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('--include')
})

describe('the input of a retry', () => {
  test('may be touched, and be a copy of what was planned', async () => {
    await using stage = await sevenFailed()
    await cp(stage.input, stage.path('copy.jsonl'))
    await rm(stage.input)
    await rename(stage.path('copy.jsonl'), stage.input)
    await utimes(stage.input, 1, 1)
    const {exitCode, result, stderr} = await retry(stage, '--on-demand', '--dry-run')

    expect(exitCode, stderr).toBe(0)
    expect(result()).toMatchObject({outcome: 'would-retry', retried: 7})
  }, 120_000)

  test('is refused where its bytes are others, with the shard that has them', async () => {
    await using stage = await sevenFailed()
    const text = await readFile(stage.input, 'utf8')
    await stage.put('in/nightly/r1/0001.jsonl', text)
    await writeFile(stage.input, text.replace('9007199254740993', '9007199254740994'))
    const other = await retry(stage, '--on-demand', '--dry-run')
    await writeFile(stage.input, `${text}\n`)
    const longer = await retry(stage, '--on-demand', '--dry-run')

    expect(other.exitCode).toBe(2)
    expect(other.result()).toMatchObject({
      error: {code: 'INPUT_CHANGED', why: 'The records of shard 1 have other bytes.'},
    })
    expect(longer.result()).toMatchObject({error: {code: 'INPUT_CHANGED', why: expect.stringContaining('It has')}})
  })
})

test('the wait for jobs that are still open ends after --timeout, with nothing done', async () => {
  await using stage = await someFailed(300, 100, {submittedSeconds: 10_000})
  const begun = await retry(stage, '--yes')
  const {exitCode, result, stderr} = await retry(stage, '--yes', '--wait', '--interval', '50ms', '--timeout', '300ms')

  expect(begun.result(), begun.stderr).toMatchObject({outcome: 'submitted', round: 2})
  expect(exitCode, stderr).toBe(7)
  expect(result()).toMatchObject({
    error: {code: 'GROUP_OPEN', fault: 'timedOut', why: expect.stringContaining('go on')},
  })
}, 120_000)

describe('a round that has ended', () => {
  const failing = (share: number) => ({
    recordErrors: [{jobs: '*-r2-*', share, code: 429, message: 'Too many requests'}],
  })

  test('fails the gate where records of it have no answer, and says how many', async () => {
    await using stage = await someFailed(300, 100, failing(0.5))
    const words = ['--yes', '--wait', '--interval', '100ms'] as const
    const {exitCode, result, stderr} = await retry(stage, ...words)
    const told = result()
    const short = 100 - (told.jobs[0]?.answered ?? 100)

    expect(exitCode, stderr).toBe(3)
    expect(short).toBeGreaterThan(0)
    expect(told).toMatchObject({
      outcome: 'ended',
      jobs: [{state: 'Completed'}],
      gate: {passed: false, failures: [`nightly-r2-0001: ${short} of 100 records without an answer`]},
      next: ['bedrockctl batch collect nightly', 'bedrockctl batch retry nightly'],
    })
    const text = await batchRetryView.text?.(told, PIPE)
    expect(text).toContain(`ended, ${100 - short} answered, ${short} not`)
    expect(text).toMatch(/Input about .*, answers about .* by the average limit of round 1/)
  }, 120_000)

  test('passes where every record of it is answered', async () => {
    await using stage = await someFailed(300, 100)
    const {exitCode, result, stderr} = await retry(stage, '--yes', '--wait', '--interval', '100ms')

    expect(exitCode, stderr).toBe(0)
    expect(result()).toMatchObject({outcome: 'ended', jobs: [{answered: 100}], gate: {passed: true, failures: []}})
  }, 120_000)
})

import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {type MonitorSample, monitorSampleSchema} from '../../../src/lib/monitor/board/plain/sample.schema.js'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {runCli} from '../../support/run-cli.js'

let sandbox: Sandbox
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-monitor-'))
const file = (name: string) => join(folder, name)
const HERE = ['--region', 'us-east-1']
const JOBS = ['--view', 'jobs', ...HERE]

beforeAll(async () => {
  sandbox = await startSandbox({scenario: 'demo'})
})
afterEach(() => sandbox.faults.clear())
afterAll(async () => {
  rmSync(folder, {recursive: true, force: true})
  await sandbox.close()
})

const monitor = (words: readonly string[], tty?: {readonly columns: number}) =>
  runCli(['monitor', ...words], {env: {...sandbox.env(), AWS_MAX_ATTEMPTS: '1'}, ...(tty && {tty})})

const samplesOf = (stdout: string): readonly MonitorSample[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => monitorSampleSchema.parse(JSON.parse(line)))

const failureOf = (stdout: string): Record<string, unknown> => JSON.parse(stdout).error

describe('--once', () => {
  test('prints one frame of the view as text, and that it is simulated', async () => {
    const {exitCode, stderr, stdout} = await monitor([...JOBS, '--once'])

    const [label, title, ...table] = stdout.split('\n')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(label).toContain('simulated')
    expect(title).toMatch(/^Jobs {2}account 111122223333 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}us-east-1$/)
    expect(table.join('\n')).toContain('night-classification')
    expect(stdout).not.toContain('\u001B')
  })

  test('tells with --debug what was called, and nothing of who called', async () => {
    const {stderr} = await monitor([...JOBS, '--once', '--debug'])

    const [count, ...calls] = stderr.trimEnd().split('\n')
    expect(count).toBe(`called  ${calls.length} requests`)
    expect(stderr).toMatch(/^ +bedrock ListModelInvocationJobs us-east-1 {2}200 {2}\d+ ms$/m)
    expect(stderr).not.toMatch(/AKIA|secret/i)
  })

  test('stays within the terminal', async () => {
    const {stdout} = await monitor([...JOBS, '--once', '--no-color'], {columns: 60})

    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
  })

  test('prints the sample as JSON, and reads what the view is made of alone', async () => {
    const before = sandbox.journal.length

    const {exitCode, stdout} = await monitor([...JOBS, '--once', '--json'])

    const [sample] = [monitorSampleSchema.parse(JSON.parse(stdout))]
    expect(exitCode).toBe(0)
    expect(sample).toMatchObject({simulated: true, account: '111122223333', regions: ['us-east-1'], unread: []})
    expect(sample.jobs.map(({name}) => name)).toContain('night-classification')
    expect(new Set(sample.feeds.map(({topic}) => topic)).has('quotas')).toBe(false)
    expect(sandbox.journal.slice(before).some(({service}) => service === 'service-quotas')).toBe(false)
  })

  test('prints the table as CSV, with the columns and the order that are asked for', async () => {
    const {stdout} = await monitor([...JOBS, '--once', '-o', 'csv', '--columns', 'name,kind', '--sort=-name'])

    const names = stdout.split('\n').slice(1, -1)
    expect(stdout.split('\n')[0]).toContain('name,kind')
    expect(names).toEqual(names.toSorted().toReversed())
  })
})

describe('off a terminal', () => {
  test('each sample is one JSON object, to the number that is asked for', async () => {
    const {exitCode, stdout} = await monitor([...JOBS, '--count', '2', '--interval', '2s'])

    const samples = samplesOf(stdout)
    expect([exitCode, samples.length]).toEqual([0, 2])
    expect(samples.map(({intervalSeconds}) => intervalSeconds)).toEqual([2, 2])
    expect(Date.parse(samples[1]?.at ?? '') - Date.parse(samples[0]?.at ?? '')).toBeGreaterThan(500)
  })

  test('--query keeps a part of each sample', async () => {
    const {stderr, stdout} = await monitor([...JOBS, '--count', '1', '--query', 'regions'])

    expect(stdout).toBe('["us-east-1"]\n')
    expect(stderr).toContain('simulated')
  })

  test('--plain tells changes as lines', async () => {
    const {stdout} = await monitor([...JOBS, '--count', '1', '--plain'])

    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}watching 111122223333 in us-east-1, simulated$/m)
  })
})

describe('a recording', () => {
  test.runIf(existsSync('/dev/full')).each([['--once'], ['--count', '1']])(
    'that a full disk cut short is told with the exit code: %s %s',
    async (...words) => {
      const {exitCode, stderr, stdout} = await monitor([...JOBS, ...words, '--record', '/dev/full', '--yes'])

      expect([exitCode, stderr.split('cannot be written')]).toMatchObject([6, {length: 2}])
      expect(stdout).toContain('night-classification')
    },
  )

  test('tells the same samples again, and asks AWS nothing', async () => {
    const live = await monitor([...JOBS, '--count', '1', '--record', file('night.ndjson')])
    const before = sandbox.journal.length
    const replayed = await monitor(['--replay', file('night.ndjson')])

    expect(replayed.exitCode).toBe(0)
    expect(samplesOf(replayed.stdout)).toEqual(samplesOf(live.stdout).map((one) => ({...one, replayed: true})))
    expect(sandbox.journal).toHaveLength(before)
    expect(statSync(file('night.ndjson')).mode % 0o1000).toBe(0o600)
  })

  test('that begins later than the moment to end at is refused', async () => {
    const words = ['--replay', file('night.ndjson'), '--until', '2020-01-01', '--once', '--json']
    const {exitCode, stdout} = await monitor(words)

    expect([exitCode, failureOf(stdout)['message']]).toEqual([2, expect.stringContaining('before')])
  })

  test('that was killed while it was written is told as far as it came', async () => {
    const [head = '', ...lines] = readFileSync(file('night.ndjson'), 'utf8').split('\n')
    writeFileSync(file('killed.ndjson'), [head, ...lines.slice(0, 2), lines[2]?.slice(0, 30)].join('\n'))

    const {exitCode, stdout} = await monitor(['--replay', file('killed.ndjson'), '--once', '--json'])

    expect([exitCode, monitorSampleSchema.parse(JSON.parse(stdout)).account]).toEqual([6, '111122223333'])
  })

  test('with a damaged line names it and what can be kept', async () => {
    const [head = '', first = '', ...rest] = readFileSync(file('night.ndjson'), 'utf8').split('\n')
    writeFileSync(file('damaged.ndjson'), [head, first, first.replace('"event"', '"events"'), ...rest].join('\n'))

    const {exitCode, stdout} = await monitor(['--replay', file('damaged.ndjson'), '--once', '--json'])

    expect(exitCode).toBe(2)
    expect(failureOf(stdout)).toMatchObject({code: 'RECORDING_DAMAGED', message: expect.stringContaining('Line 3 of')})
    expect(failureOf(stdout)['actions']).toEqual([`head -n 2 ${file('damaged.ndjson')}`])
  })

  test.each([
    ['of a newer bedrockctl', '{"recording":"bedrockctl monitor","version":2}\n', 'RECORDING_NEWER'],
    ['of something else', '{"a":1}\n', 'RECORDING_INVALID'],
    ['that is empty', '', 'RECORDING_DAMAGED'],
  ])('%s is refused', async (_, text, code) => {
    writeFileSync(file('other.ndjson'), text)

    const {exitCode, stdout} = await monitor(['--replay', file('other.ndjson'), '--json'])

    expect([exitCode, failureOf(stdout)['code']]).toEqual([2, code])
  })

  test('is not written over without being asked', async () => {
    writeFileSync(file('kept.ndjson'), 'mine')

    const {exitCode} = await monitor([...JOBS, '--once', '--record', file('kept.ndjson')])

    expect([exitCode, readFileSync(file('kept.ndjson'), 'utf8')]).toEqual([2, 'mine'])
  })
})

describe('what cannot be read', () => {
  const BOTH = ['--view', 'alarms', '--region', 'us-east-1,us-west-2', '--once', '--json']
  const WEST = {region: 'us-west-2'}

  test.each([
    ['denied', {kind: 'access-denied'}, 'ACCESS_DENIED'],
    ['throttled', {kind: 'error', code: 'ThrottlingException', status: 400, message: 'Rate exceeded'}, 'THROTTLED'],
    ['lost', {kind: 'drop'}, 'UNREACHABLE'],
  ] as const)(
    'a Region that is %s says so, with the action, and the other is read: exit 6',
    async (status, effect, code) => {
      sandbox.faults.add({...WEST, effect})

      const {exitCode, stdout} = await monitor(BOTH)

      const {feeds, unread} = monitorSampleSchema.parse(JSON.parse(stdout))
      const alarms = feeds.filter(({topic}) => topic === 'alarms')
      expect(exitCode).toBe(6)
      expect(alarms.map(({place, status: told}) => [place, told])).toEqual([
        ['us-east-1', 'live'],
        ['us-west-2', status],
      ])
      expect(unread).toEqual([
        expect.objectContaining({region: 'us-west-2', action: 'cloudwatch:DescribeAlarms', code}),
      ])
    },
  )

  test('when nothing may be read: exit 4, and the frame says why it is empty', async () => {
    sandbox.faults.add({operation: 'DescribeAlarms', effect: {kind: 'access-denied'}})

    const {exitCode, stderr, stdout} = await monitor(['--view', 'alarms', ...HERE, '--once'])

    expect(exitCode).toBe(4)
    expect(stdout).toContain('Not known: alarms denied.')
    expect(stderr).toContain('cloudwatch:DescribeAlarms')
  })
})

test('without credentials nothing is known, and nothing passes for empty', async () => {
  const {exitCode, stdout} = await runCli(['monitor', '--once'])

  expect([exitCode, stdout.trimEnd().split('\n').at(-1)]).toEqual([4, 'Not known: traffic denied.'])
})

test('a duration that is over before anything was read gives a sample of what is known: exit 6', async () => {
  const {exitCode, stdout} = await monitor([...JOBS, '--duration', '1ms'])

  const [sample] = samplesOf(stdout)
  expect([exitCode, sample?.unread.every(({code}) => code === 'NOT_READ_YET')]).toEqual([6, true])
})

test.each([
  [['--filter', 'nova'], '--filter keeps rows of a view'],
  [['--once', '--json', '--filter', 'nova'], '--filter keeps rows of a view'],
  [['--once', '--replay', 'x', '--speed', 'fast'], '--speed fast is no number of times'],
])('%j is refused, as it would say nothing', async (flags, words) => {
  const {exitCode, stderr, stdout} = await monitor(flags)

  expect(exitCode).toBe(2)
  expect(stdout + stderr).toContain(words)
})

test('all that is wrong with the flags is told at once', async () => {
  const {exitCode, stderr} = await monitor(['--view', 'jbos', '--interval', '1s', '--speed', '2', '--columns', 'a'])

  expect(exitCode).toBe(2)
  for (const word of ['4 things', 'Did you mean jobs?', '--interval 1s', '--speed needs', '--columns needs']) {
    expect(stderr).toContain(word)
  }
})

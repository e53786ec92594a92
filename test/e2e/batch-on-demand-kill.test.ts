import {spawn} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {ROOT} from '../support/command-classes.js'
import {type PassingRequest, startKillingProxy} from '../support/killing-proxy.js'
import {bareEnvironment} from '../support/process-stage.js'
import {folderOf, someFailed} from '../support/retry-stage.js'
import {spawnCli} from '../support/run-cli.js'

// The built program, killed with SIGKILL in the middle of answers on demand, and run again.

const RECORDS = 20
const UNANSWERED = 12
/** So many are asked at once. */
const IN_FLIGHT = 4
const WORDS = ['batch', 'retry', 'nightly', '--on-demand', '--yes', '--json']

const isAnswer = ({path}: PassingRequest) => /^\/model\/[^/]+\/invoke/.test(path)

test.each(['before', 'after'] as const)(
  'a retry that is killed %s an answer gives each record one, and pays none twice but what was under way',
  async (when) => {
    await using stage = await someFailed(RECORDS, UNANSWERED)
    await using proxy = await startKillingProxy(stage.sandbox)
    const env = {...stage.env, AWS_ENDPOINT_URL: proxy.url}
    const answered = () => stage.sandbox.journal.filter(({operation}) => operation === 'InvokeModel').length

    const killed = spawn(process.execPath, [join(ROOT, 'bin', 'run.js'), ...WORDS], {
      env: bareEnvironment(stage.folder, env),
      stdio: 'ignore',
    })
    const end = new Promise((resolve) => killed.on('close', (_, signal) => resolve(signal)))
    let asked = 0
    proxy.stopAt({
      when,
      matches: (request) => {
        if (isAnswer(request)) asked += 1
        return asked === IN_FLIGHT + 3
      },
      hold: async () => {
        killed.kill('SIGKILL')
        await end
      },
    })
    expect(await end).toBe('SIGKILL')
    const kept = wholeLines(await readFile(join(folderOf(stage), 'answers-r2.jsonl'), 'utf8'))
    const paid = answered()
    const again = await spawnCli(WORDS, {env})
    const collected = await spawnCli(['batch', 'collect', 'nightly', '--out', stage.path('answers.jsonl')], {env})
    const lines = wholeLines(await stage.read('answers.jsonl'))

    expect(kept.length).toBeGreaterThan(0)
    expect(paid - kept.length).toBeLessThanOrEqual(IN_FLIGHT)
    expect(again.exitCode, again.stdout + again.stderr).toBe(0)
    expect(answered() - paid).toBe(UNANSWERED - kept.length)
    expect(collected.exitCode, collected.stderr).toBe(0)
    expect(lines.map(idOf)).toEqual(Array.from({length: RECORDS}, (_, index) => `r${index}`))
  },
  180_000,
)

function wholeLines(text: string): readonly string[] {
  return text.split('\n').slice(0, -1)
}

function idOf(line: string): string {
  return (JSON.parse(line) as {readonly recordId: string}).recordId
}

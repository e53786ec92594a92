import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../../../scripts/child-environment.js'
import type {RunSummary} from '../../../src/lib/bench/metrics/summary.schema.js'
import {peakMib} from '../peak-memory.js'

/** How a run of the program is followed: on a terminal of 120 × 40, or a line an interval. */
export type Face = 'screen' | 'lines'

export interface WholeRun {
  readonly summary: RunSummary
  /** The most that the program's process held. */
  readonly rssMb: number
  /** Bytes that were drawn or written. */
  readonly written: number
}

/** A run that has not ended by then never will. */
const LIMIT_MS = 120_000

/** `bench run` of the built program, with a state folder of its own. */
export async function wholeRun(face: Face, flags: readonly string[]): Promise<WholeRun> {
  const state = await mkdtemp(join(tmpdir(), 'bedrockctl-bench-'))
  const argv = ['bin/run.js', 'bench', 'run', ...flags]
  const env = childEnvironment({
    BEDROCKCTL_STATE_DIR: state,
    ...(face === 'screen' && {TERM: 'xterm-256color', CI: ''}),
  })
  if (face === 'screen') delete env.CI
  const child = face === 'lines' ? spawn(process.execPath, argv, {env}) : onTerminal(argv, env)
  const rss = watchMemory(child)
  let written = 0
  const count = (chunk: Buffer) => {
    written += chunk.length
  }
  child.stdout?.on('data', count)
  child.stderr?.on('data', count)
  child.stdin?.end()
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  await new Promise((done) => child.once('close', done))
  clearTimeout(limit)
  const [id] = await readdir(join(state, 'bench'))
  const summary: RunSummary = JSON.parse(await readFile(join(state, 'bench', id ?? '', 'summary.json'), 'utf8'))
  await rm(state, {recursive: true})
  return {summary, rssMb: rss(), written}
}

/** util-linux's `script` gives a program a terminal of its own. */
function onTerminal(argv: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const command = [process.execPath, ...argv].map((word) => `'${word}'`).join(' ')
  return spawn('script', ['-qfec', `stty rows 40 cols 120; ${command}`, '/dev/null'], {env})
}

/** Linux alone keeps the largest size of a process where others can read it; a process that has gone has none. */
function watchMemory({pid}: ChildProcess): () => number {
  let most = Number.NaN
  const timer = setInterval(async () => {
    for (const process of await familyOf(pid)) {
      const size = peakMib(await readFile(`/proc/${process}/status`, 'utf8').catch(() => ''))
      if (!(size <= most) && !Number.isNaN(size)) most = size
    }
  }, 200)
  return () => {
    clearInterval(timer)
    return most
  }
}

/** A process and those below it: on a terminal the program is below a shell. */
async function familyOf(pid: number | string | undefined): Promise<readonly (number | string)[]> {
  if (pid === undefined) return []
  const below = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const families = await Promise.all(below.split(' ').filter(Boolean).map(familyOf))
  return [pid, ...families.flat()]
}

// What the board takes while it runs: npm run bench -- monitor-steady [--rows N] [--seconds N] [--assert]
// The whole program on a terminal of its own, 160 × 50, every 2 s against a sandbox in a process of its own: calls,
// answers, reducer, views, screen. Linux alone: it reads /proc.
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as after} from 'node:timers/promises'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {showOnTerminal, type TerminalBoard} from './support/board/board-on-terminal.js'
import {manyCallers} from './support/many-callers.js'
import {describeMachine, judge, numberOption} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1']
/** The first looks, of hours of history and of all that hardly changes, and the Price List, which is read once an hour, are no part of what is steady. */
const WARM_UP_MS = 150_000
/** Of the kernel's clock, by which it tells the time of processes. */
const TICKS_PER_SECOND = 100
const rows = numberOption('rows', 200)
const seconds = numberOption('seconds', 60)

const folder = await mkdtemp(join(tmpdir(), 'monitor-steady-'))
const traffic = join(folder, 'traffic.json')
await writeFile(traffic, JSON.stringify(manyCallers(await callables(), rows)))
const sandbox = await startSeparateSandbox('--scenario', 'fresh-account', '--traffic', traffic)
const board = showBoard()
try {
  await after(WARM_UP_MS)
  const begun = await usedMs(board.pid())
  const from = performance.now()
  await after(seconds * 1000)
  const tookMs = performance.now() - from
  const share = (((await usedMs(board.pid())) - begun) / tookMs) * 100
  const {nowMb, mostMb} = await heldMb(board.pid())
  console.log(describeMachine())
  console.log(`${rows} rows of ${REGIONS.length} Regions, an interval of 2 s, ${seconds} s\n`)
  console.log(`memory now ${nowMb.toFixed(0)} MB, at most ${mostMb.toFixed(0)} MB`)
  judge([
    {says: 'one core, steady', value: share, bound: 3, unit: '%', kind: 'at most'},
    {says: 'memory', value: nowMb, bound: 160, unit: 'MB', kind: 'at most'},
  ])
} finally {
  board.end()
  await board.ended
  await sandbox.stop()
  await rm(folder, {recursive: true})
}

/** Profiles that Regions of the board can call. */
async function callables() {
  const {models} = await openCatalog()
  return models.flatMap(({profiles}) =>
    profiles.map(({id, routes}) => ({model: id, regions: REGIONS.filter((region) => region in routes)})),
  )
}

function showBoard(): TerminalBoard {
  const words = ['bin/run.js', 'monitor', '--interval', '2s', ...REGIONS.flatMap((region) => ['--region', region])]
  return showOnTerminal(words, {...sandbox.env, BEDROCKCTL_STATE_DIR: folder, XDG_CACHE_HOME: folder})
}

/** Time of the processor that a process took so far, its threads included. */
async function usedMs(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000
}

async function heldMb(pid: number): Promise<{readonly nowMb: number; readonly mostMb: number}> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1]) / 1024
  return {nowMb: of('VmRSS'), mostMb: of('VmHWM')}
}

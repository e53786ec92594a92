// Whether a board that runs all day stays as small as it was: npm run bench -- monitor-day [--hours N] [--rows N] [--assert]
// The whole program as it is bundled, on a terminal of its own, over a day of simulated time at an interval of 2 s:
// sampler, readers, reducer, views and screen, and keys all day. What is asked every few seconds is answered in memory
// and now and then over the wire; the rest by a sandbox. Models and jobs come and go, Regions are lost and come back.
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as after} from 'node:timers/promises'
import {showOnTerminal} from './support/board/board-on-terminal.js'
import {bundleDay} from './support/board/day/day-program.js'
import type {DayPlan, HourLine} from './support/board/day/live-doors.js'
import {DAY_REGIONS} from './support/board/day/troubles.js'
import {describeMachine, judge, numberOption} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const HOUR_MS = 3_600_000
const KEY_MS = 150
const hours = numberOption('hours', 24)
const rows = numberOption('rows', 200)
/** What somebody does who looks at everything, again and again. */
const KEYS = [
  ...[
    ':models\r',
    'j',
    'j',
    '\r',
    'j',
    '\u001B',
    's',
    'S',
    '/claude\r',
    'j',
    'm',
    'j',
    'm',
    'd',
    '\u001B',
    '/',
    '\u0015',
    '\r',
  ],
  ...[':jobs\r', 'j', '\r', 'j', 'j', '\u001B', 'd', '\u001B', 'l', '\u001B', ':quotas\r', 'G', '\r', '\u001B', 'g'],
  ...[':costs\r', 'j', '\r', '\u001B', ':events\r', 'G', 'k', '\r', '\u001B', '/!invoke\r', 'j', '/', '\u0015', '\r'],
  ...[':alarms\r', 'j', '\r', '\u001B', ':capacity\r', 'j', '\r', '\u001B', ':endpoints\r', '\r', '\u001B'],
  ...[':regions\r', 'j', '\r', '\u001B', ':findings\r', ':bench\r', '?', '?', ':overview\r', 'j', '\r', '\u001B', 'r'],
]

const folder = await mkdtemp(join(tmpdir(), 'monitor-day-'))
const report = join(folder, 'hours.ndjson')
await Promise.all([bundleDay(join(folder, 'program')), writeFile(report, '')])
const sandbox = await startSeparateSandbox('--scenario', 'demo')
const plan: DayPlan = {startMs: Date.now() - hours * HOUR_MS, hours, rows, report}
const board = showOnTerminal(
  [
    ...[join(folder, 'program', 'bin', 'run.js'), 'monitor', '--interval', '2s'],
    ...DAY_REGIONS.flatMap((region) => ['--region', region]),
  ],
  {
    ...sandbox.env,
    ...{BEDROCKCTL_STATE_DIR: folder, XDG_CACHE_HOME: folder, DAY: JSON.stringify(plan)},
  },
)
try {
  console.log(describeMachine())
  console.log(`${hours} hours of simulated time, ${rows} rows of ${DAY_REGIONS.length} Regions, an interval of 2 s\n`)
  const started = performance.now()
  const lines = await liveThrough()
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`)
  const heldMb = lines.map(({rss}) => rss / 1024 ** 2)
  const early = Math.max(...heldMb.slice(0, Math.max(1, Math.floor(heldMb.length / 4))))
  const most = Math.max(...heldMb)
  judge([
    {says: 'memory over a day', value: most, bound: 160, unit: 'MB', kind: 'at most'},
    {says: 'growth after the first quarter', value: most - early, bound: 10, unit: 'MB', kind: 'at most'},
  ])
} finally {
  board.end()
  await board.ended
  await sandbox.stop()
  await rm(folder, {recursive: true})
}

/** The lines of all hours, printed as they come; keys are typed meanwhile. */
async function liveThrough(): Promise<readonly HourLine[]> {
  const lines: HourLine[] = []
  let over: string | undefined
  void board.ended.then((last) => {
    over = last
  })
  for (let key = 0; lines.length < hours; key += 1) {
    if (over !== undefined) throw new Error(`the board ended:\n${over}`)
    await after(KEY_MS)
    board.type(KEYS[key % KEYS.length] ?? '')
    const told = (await readFile(report, 'utf8')).split('\n').slice(0, -1)
    for (const line of told.slice(lines.length)) {
      const hour: HourLine = JSON.parse(line)
      lines.push(hour)
      console.log(
        `hour ${String(hour.hour).padStart(2)}  ${mb(hour.rss)} MB, of it heap ${mb(hour.heapTotal)}, used ${mb(hour.heapUsed)}, outside ${mb(hour.external)}`,
      )
    }
  }
  return lines
}

function mb(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0).padStart(3)
}

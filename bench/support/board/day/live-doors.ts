// What takes the place of three files of the program in a simulated day: what time it is, when timers ring, and the
// account that is looked at. All else is the program.
import {appendFileSync} from 'node:fs'
import type {MonitorDoor} from '../../../../src/lib/cli/monitor/door.js'
import {openReaders as openAll} from '../../../../src/lib/cli/monitor/readers.js'
import type {AnyReader} from '../../../../src/lib/monitor/board/ports.js'
import type {SamplerClock} from '../../../../src/lib/monitor/board/sampler/sampler-event.js'
import type {Topic} from '../../../../src/lib/monitor/board/topics.js'
import {livingSession} from './living-session.js'
import {SimulatedClock} from './simulated-clock.js'

/** What a simulated day needs to know, told as JSON in DAY. */
export interface DayPlan {
  readonly startMs: number
  readonly hours: number
  readonly rows: number
  /** Where each hour leaves a line. */
  readonly report: string
}

/** What the process held at the end of an hour, bytes. */
export interface HourLine {
  readonly hour: number
  readonly rss: number
  readonly heapUsed: number
  readonly heapTotal: number
  readonly external: number
}

const HOUR_MS = 3_600_000
const plan: DayPlan = JSON.parse(process.env['DAY'] ?? '{}')
const clock = new SimulatedClock(plan.startMs)

export function awsClock(): () => number {
  return () => clock.nowMs
}

export const realSamplerClock: SamplerClock = {
  now: () => clock.nowMs,
  random: Math.random,
  after: (ms, call) => clock.after(ms, call),
}

export async function openReaders(
  door: MonitorDoor,
  wanted: ReadonlySet<Topic> | undefined,
): Promise<readonly AnyReader[]> {
  const session = livingSession(door.session, door.connection.catalog, plan.rows, clock)
  const readers = await openAll({...door, session}, wanted)
  void liveThrough()
  return readers.map((reader) => waitedFor(reader))
}

function waitedFor(reader: AnyReader): AnyReader {
  const look = (words: Parameters<AnyReader['look']>[0]) => clock.during<unknown>(reader.look(words))
  return {...reader, look} as AnyReader
}

async function liveThrough(): Promise<void> {
  for (let hour = 1; hour <= plan.hours; hour += 1) {
    await clock.run(plan.startMs + hour * HOUR_MS)
    const {external, heapTotal, heapUsed, rss} = process.memoryUsage()
    appendFileSync(plan.report, `${JSON.stringify({hour, rss, heapUsed, heapTotal, external} satisfies HourLine)}\n`)
  }
}

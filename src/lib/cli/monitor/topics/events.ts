import type {EventRow} from '../../../monitor/board/events/events.schema.js'
import type {TrailEvent, TrailSource} from '../../../monitor/board/events/ports.js'
import type {Look, TopicReader} from '../../../monitor/board/ports.js'
import type {MonitorDoor} from '../door.js'

/** CloudTrail tells of an event minutes later, and answers two look-ups a second in a Region, whoever asks. */
const EVERY_MS = 30_000
/** The first look goes so far back. */
const FIRST_MS = 60 * 60_000
/** CloudTrail tells most events within some five minutes, and all but a few within fifteen. */
const OVERLAP_MS = 15 * 60_000
/** Pages of fifty that one look reads of a source, the newest first. */
const FIRST_PAGES = 4
const PAGES = 2
/** Successful calls of models that a look tells, the newest: they are traffic, and would push out everything else. */
const ANSWERED = 10
/** Ids that are known not to be news, of one Region. */
const KNOWN = 2000

interface Cursor {
  readonly toMs: number
  /** In the order they were seen. */
  readonly known: Set<string>
}

/**
 * Management events of Bedrock as CloudTrail tells them, from where the last look ended, with an overlap for those that
 * come late. Reads that succeeded are left out, the board's own among them.
 */
export function eventReader({home, session}: MonitorDoor): TopicReader<'events'> {
  const cursors = new Map<string, Cursor>()
  return {
    topic: 'events',
    scope: 'region',
    everyMs: EVERY_MS,
    async look(look) {
      const region = look.place ?? home
      const [trail, rows] = await Promise.all([session.trail(), import('../../../monitor/board/events/trail-row.js')])
      const cursor = look.isAnew ? undefined : cursors.get(region)
      const news = await readNews(trail, region, cursor, look)
      const known = new Set([...(cursor?.known ?? []), ...news.map(({id}) => id)])
      cursors.set(region, {toMs: look.nowMs, known: new Set([...known].slice(-KNOWN))})
      const told = news.filter((event) => !rows.isMereRead(event))
      const answered = new Set(told.filter(rows.isAnswered).slice(ANSWERED))
      const kept = told.filter((event) => !answered.has(event)).map((event): EventRow => rows.trailRow(event, region))
      return {rows: kept, metrics: 0}
    },
  }
}

async function readNews(trail: TrailSource, region: string, cursor: Cursor | undefined, {nowMs, signal}: Look) {
  const from = new Date(cursor === undefined ? nowMs - FIRST_MS : cursor.toMs - OVERLAP_MS)
  const most = cursor === undefined ? FIRST_PAGES : PAGES
  const news: TrailEvent[] = []
  for (const source of trail.sources) {
    let pages = 0
    for await (const page of trail.pages(region, {source, from, to: new Date(nowMs)}, signal)) {
      pages += 1
      news.push(...page.filter(({id}) => !cursor?.known.has(id)))
      if (pages === most) break
    }
  }
  return news.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

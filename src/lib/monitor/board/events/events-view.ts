import {showElapsed} from '../../quantities.js'
import type {SpanLine, Tone} from '../../span.js'
import {factsOf, secondWords, shortResource} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardRow, BoardView, Column} from '../view.js'
import type {EventRow} from './events.schema.js'
import {BOARD} from './notice-of.js'

const COLUMNS: readonly Column[] = [
  {key: 'time', title: 'TIME', least: 8, most: 11, drop: 0, first: 'descending'},
  {key: 'event', title: 'EVENT', least: 14, most: 32, drop: 0},
  {key: 'error', title: 'ERROR', least: 9, most: 28, drop: 2},
  {key: 'who', title: 'WHO', least: 8, most: 32, drop: 3},
  {key: 'text', title: 'WHAT', least: 22, most: 160, drop: 0},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 5},
]
const GOOD = ['ThrottlingEnded', 'ErrorsFell', 'AlarmCleared', 'JobEnded', 'RegionBack', 'FindingGone']
const WARNING = ['QuotaFilling', 'QuotaNearlyFull']
const DAY_MS = 86_400_000

/** Management events of Bedrock, and what the board noticed itself, newest first. */
export const eventsView: BoardView = {
  name: 'events',
  title: 'Events',
  aliases: ['ev', 'event', 'logs', 'trail'],
  about:
    'CloudTrail events of Bedrock with errors and who, and what the board noticed: throttling, jobs, alarms, quotas',
  topics: ['events'],
  head,
  table: ({data, nowMs}) => ({
    columns: COLUMNS,
    rows: data.events.map((event) => toRow(event, nowMs)),
    sortedBy: '-time',
    empty: 'Nothing happened in the last hour, as far as CloudTrail has told; it may be five minutes late, or fifteen.',
  }),
  describe: ({data, nowMs}, key) => {
    const event = data.events.find(({id}) => id === key)
    return event && describe(event, nowMs)
  },
  eventFilter: ({data}, key) => data.events.find(({id}) => id === key)?.resource ?? undefined,
}

function head({data}: BoardFacts): readonly SpanLine[] {
  if (data.events.length === 0) return []
  const failed = data.events.filter(({errorCode, source}) => errorCode !== null && source !== BOARD).length
  const noticed = data.events.filter(({source}) => source === BOARD).length
  return [
    [
      {text: `${data.events.length} events`, tone: 'strong'},
      {text: `   ${failed} failed`, ...(failed > 0 && {tone: 'bad' as const})},
      {text: `   ${noticed} noticed by the board`},
      {text: '   without successful reads', tone: 'faint'},
    ],
  ]
}

function toRow(event: EventRow, nowMs: number): BoardRow {
  const {atMs, errorCode, id, name, region, resource, source, text, who} = event
  const tone = toneOf(event)
  return {
    key: id,
    id: resource ?? id,
    cells: {
      time: {text: timeWord(atMs, nowMs), sort: atMs, tone: 'faint'},
      event: {text: name, ...(tone && {tone})},
      error: {text: errorCode ?? '-', ...(errorCode !== null && {tone: 'bad' as const}), sort: errorCode ?? undefined},
      who: {text: who ?? (source === BOARD ? 'board' : '-')},
      region: {text: region ?? '-'},
      text: {text: whatOf(event)},
    },
    words: [source, resource ?? '', text ?? ''],
  }
}

function toneOf({errorCode, name}: EventRow): Tone | undefined {
  if (errorCode !== null) return 'bad'
  if (WARNING.includes(name)) return 'warn'
  return GOOD.includes(name) ? 'good' : undefined
}

/** `19:04:05`, with the day where it is not of the last one. */
function timeWord(atMs: number, nowMs: number): string {
  const iso = new Date(atMs).toISOString()
  return nowMs - atMs < DAY_MS ? iso.slice(11, 19) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`
}

/** What it was about, and what there is to say; what the board noticed says both itself. */
function whatOf({resource, source, text}: EventRow): string {
  const about = resource === null || source === BOARD ? [] : [shortResource(resource)]
  return [...about, ...(text === null ? [] : [text])].join('  ') || '-'
}

function describe(event: EventRow, nowMs: number): readonly (readonly [string, string])[] {
  const {atMs, errorCode, id, name, region, resource, source, text, who} = event
  return factsOf([
    ['event', name],
    ['source', source],
    ['time', secondWords(atMs)],
    ['age', showElapsed(nowMs - atMs)],
    ['error', errorCode],
    ['who', who],
    ['resource', resource],
    ['Region', region],
    ['what', text],
    ['id', id],
  ])
}

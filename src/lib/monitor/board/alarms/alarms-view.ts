import {showElapsed} from '../../quantities.js'
import type {Tone} from '../../span.js'
import {secondWords} from '../page-words.js'
import type {BoardFacts, BoardState} from '../state.js'
import type {BoardRow, BoardView, Column} from '../view.js'
import type {AlarmRow} from './alarms.schema.js'

const STATES: Readonly<Record<AlarmRow['state'], {readonly text: string; readonly tone: Tone; readonly sort: number}>> =
  {
    ALARM: {text: 'ALARM', tone: 'bad', sort: 0},
    INSUFFICIENT_DATA: {text: 'no data', tone: 'warn', sort: 1},
    OK: {text: 'OK', tone: 'good', sort: 2},
  }

const COLUMNS: readonly Column[] = [
  {key: 'state', title: 'State', least: 7, most: 7, drop: 0, first: 'ascending'},
  {key: 'name', title: 'Alarm', least: 20, most: 48, drop: 0, first: 'ascending'},
  {key: 'since', title: 'For', align: 'right', least: 7, most: 8, drop: 1, first: 'ascending'},
  {key: 'region', title: 'Region', least: 12, most: 14, drop: 2, first: 'ascending'},
  {key: 'metric', title: 'Metric', least: 14, most: 26, drop: 3, first: 'ascending'},
  {key: 'subject', title: 'Of', least: 14, most: 44, drop: 4, first: 'ascending'},
  {key: 'rule', title: 'When', least: 16, most: 40, drop: 5, first: 'ascending'},
]

/** Alarms that look at metrics of Bedrock, those in ALARM first. */
export const alarmsView: BoardView = {
  name: 'alarms',
  title: 'Alarms',
  aliases: ['al', 'alarm'],
  about: 'CloudWatch alarms that look at metrics of Bedrock, with their state and since when',
  topics: ['alarms'],
  table: (state) => ({
    columns: COLUMNS,
    rows: placed(state).map(([region, alarm]) => toRow(region, alarm, state.nowMs)),
    sortedBy: 'state',
    empty: 'No alarm looks at a metric of Bedrock in these Regions.',
  }),
  describe,
  eventFilter: (state, key) => find(state, key)?.[1].dimensions['ModelId'],
}

function placed({data}: BoardFacts): readonly (readonly [string, AlarmRow])[] {
  return [...data.alarms].flatMap(([region, {rows}]) => rows.map((alarm) => [region, alarm] as const))
}

function find(state: BoardFacts, key: string): readonly [string, AlarmRow] | undefined {
  return placed(state).find(([region, alarm]) => keyOf(region, alarm) === key)
}

function keyOf(region: string, {arn, name}: AlarmRow): string {
  return `${region} ${arn === '' ? name : arn}`
}

function toRow(region: string, alarm: AlarmRow, nowMs: number): BoardRow {
  const {arn, metric, name, rule, sinceMs, state} = alarm
  return {
    key: keyOf(region, alarm),
    id: arn === '' ? name : arn,
    cells: {
      state: STATES[state],
      name: {text: name, tone: 'id'},
      since:
        sinceMs === null ? {text: '?', sort: undefined} : {text: showElapsed(nowMs - sinceMs), sort: nowMs - sinceMs},
      region: {text: region},
      metric: {text: metric ?? 'composite'},
      subject: {text: subjectOf(alarm)},
      rule: {text: rule ?? ''},
    },
    words: [state],
  }
}

/** Values of the dimensions say what it looks at, ARNs by their end; without dimensions it looks at all. */
function subjectOf({dimensions, namespace}: AlarmRow): string {
  const values = Object.values(dimensions).map((value) => value.slice(value.lastIndexOf('/') + 1))
  return values.length > 0 ? values.join(' ') : namespace === null ? '' : 'everything'
}

function describe(state: BoardState, key: string): readonly (readonly [string, string])[] | undefined {
  const found = find(state, key)
  if (!found) return undefined
  const [region, {arn, dimensions, metric, name, namespace, reason, rule, sinceMs, state: current}] = found
  return [
    ['alarm', name],
    ['state', current],
    ['since', sinceMs === null ? 'not known' : secondWords(sinceMs)],
    ['reason', reason ?? 'none given'],
    ['Region', region],
    ['metric', metric === null ? 'composite: see its rule' : `${namespace ?? ''} ${metric}`],
    ...Object.entries(dimensions).map(([dimension, value]) => [dimension, value] as const),
    ['alarms when', rule ?? 'not told in a line'],
    ['ARN', arn],
  ]
}

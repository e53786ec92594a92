import {allRows} from '../data.js'
import {factsOf, labelled, momentWords, sections} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardPage, BoardRow, BoardView, Cell, Column, Room} from '../view.js'
import type {BoardCapacity} from './capacity.schema.js'
import {capacityHead, hourlyWord, loadWord, sizeWord, stateTone, sumWords, untilWord} from './capacity-words.js'

const HOUR_MS = 3_600_000

const COLUMNS: readonly Column[] = [
  {key: 'name', title: 'NAME', least: 12, most: 40, drop: 0},
  {key: 'kind', title: 'KIND', least: 8, most: 11, drop: 6},
  {key: 'state', title: 'STATE', least: 8, most: 12, drop: 0},
  {key: 'size', title: 'SIZE', least: 7, most: 10, drop: 4},
  {key: 'hourly', title: '$/H', least: 8, most: 12, drop: 0, align: 'right', first: 'descending'},
  {key: 'load', title: 'TOK/MIN', least: 7, most: 11, drop: 3, align: 'right', first: 'descending'},
  {key: 'busiest', title: 'P95', least: 7, most: 11, drop: 8, align: 'right', first: 'descending'},
  {key: 'throttles', title: 'THROTTLES', least: 9, most: 10, drop: 7, align: 'right', first: 'descending'},
  {key: 'until', title: 'COMMITTED', least: 10, most: 10, drop: 2},
  {key: 'idle', title: 'IDLE', least: 4, most: 4, drop: 0, first: 'descending'},
  {key: 'called', title: 'CALLED', least: 8, most: 12, drop: 5, align: 'right'},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 9},
]

/** Provisioned throughput, deployments and copies of imported models, with what nobody calls. */
export const capacityView: BoardView = {
  name: 'capacity',
  title: 'Capacity',
  aliases: ['ca', 'cap', 'provisioned', 'deployments'],
  about: 'provisioned throughput, deployments, imported copies: use, cost an hour, commitment, what is idle',
  topics: ['capacity'],
  head: capacityHead,
  table: (state) => ({
    columns: COLUMNS,
    rows: allOf(state).map((row) => toRow(row, state.nowMs)),
    sortedBy: '-hourly',
    empty: 'No provisioned throughput, deployment or imported model is in these Regions.',
  }),
  page,
  describe,
  eventFilter: (state, key) => find(state, key)?.id,
}

function allOf({data}: BoardFacts): readonly BoardCapacity[] {
  return allRows(data.capacity)
}

function find(state: BoardFacts, key: string): BoardCapacity | undefined {
  return allOf(state).find(({arn}) => arn === key)
}

function toRow(row: BoardCapacity, nowMs: number): BoardRow {
  const {arn, baseModelId, hourly, id, idle, kind, load, name, region, state, throttles} = row
  const tone = stateTone(state)
  return {
    key: arn,
    id: arn,
    cells: {
      name: {text: name, tone: 'id'},
      kind: {text: kind},
      state: {text: state, ...(tone && {tone})},
      size: {text: sizeWord(row)},
      hourly: {text: hourlyWord(row), sort: hourly?.amount},
      load: {text: loadWord(row), sort: load?.mean},
      busiest: {text: loadWord(row, 'busiest'), sort: load?.busiest},
      throttles: {
        ...{text: throttles === null ? '?' : throttles.toLocaleString('en-US'), sort: throttles ?? undefined},
        ...((throttles ?? 0) > 0 && {tone: 'bad' as const}),
      },
      until: {text: untilWord(row)},
      idle: idleCell(idle, hourly?.amount),
      called: calledCell(row, nowMs),
      region: {text: region},
    },
    words: [id, row.modelArn, baseModelId ?? '', row.idleWhy ?? '', row.billing],
    actions: row.actions,
    ...(row.refused !== null && {refused: row.refused}),
  }
}

/** What is idle and costs most comes first. */
function idleCell(idle: boolean | null, hourly = 0): Cell {
  if (idle === null) return {text: '?', sort: -1}
  return idle ? {text: 'idle', tone: 'warn', sort: 1 + hourly} : {text: '-', sort: 0}
}

/** Only the hour of the last call is known: it is that long ago or less. */
function calledCell({calls, lastCallAt}: BoardCapacity, nowMs: number): Cell {
  if (lastCallAt === null) return {text: calls === null ? '?' : 'never', sort: undefined}
  const hours = Math.max(1, Math.ceil((nowMs - Date.parse(lastCallAt)) / HOUR_MS))
  return {text: hours < 48 ? `<${hours}h` : `${Math.floor(hours / 24)}d`, sort: hours}
}

function page(state: BoardFacts, key: string, room: Room): BoardPage | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  const {actions, billing, gaps, idle, idleWhy, lookedBackAtMs, message, name, refused, region} = row
  const costs = sumWords([row])
  const tone = stateTone(row.state)
  return {
    title: `${row.kind} ${name}  ${region}`,
    lines: sections(
      [
        ...labelled('state', row.state, room, tone),
        ...labelled('why', message, room, 'bad'),
        ...labelled('serves', row.modelArn, room),
        ...labelled('changes to', row.desiredModelArn, room, 'warn'),
        ...labelled('size', sizeWord(row), room),
      ],
      [
        ...labelled('costs', costs ?? hourlyWord(row), room, idle === true ? 'warn' : undefined),
        ...labelled('billing', billing, room),
        ...labelled('committed', committed(row), room),
      ],
      [
        ...labelled('calls', callsWords(row), room),
        ...labelled('tokens', loadWords(row), room),
        ...labelled('throttles', row.throttles === null ? null : `${row.throttles} within the last day`, room),
        ...labelled('idle', idle === true ? idleWhy : null, room, 'warn'),
        ...labelled('read', lookedBackAtMs === null ? null : readWords(lookedBackAtMs), room, 'faint'),
        ...gaps.flatMap((gap) => labelled('not read', gap, room, 'warn')),
      ],
      [
        ...labelled('kept', refused, room, 'warn'),
        ...actions.flatMap(({effect}) => labelled('can delete', effect, room)),
        ...labelled('next', row.next, room, 'id'),
      ],
    ),
  }
}

function describe(state: BoardFacts, key: string): readonly (readonly [string, string])[] | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  return factsOf([
    ['name', row.name],
    ['kind', row.kind],
    ['ARN', row.arn],
    ['Region', row.region],
    ['state', row.state],
    ['message', row.message],
    ['model', row.modelArn],
    ['base model', row.baseModelId],
    ['becomes', row.desiredModelArn],
    ['size', sizeWord(row)],
    ['an hour', hourlyWord(row)],
    ['billing', row.billing],
    ['committed', committed(row)],
    ['created', row.createdAt && momentWords(Date.parse(row.createdAt))],
    ['calls', callsWords(row)],
    ['tokens', loadWords(row)],
    ['throttles', row.throttles === null ? null : String(row.throttles)],
    ['idle', row.idle === null ? 'not known' : row.idle ? 'yes' : 'no'],
    ['because', row.idleWhy],
    ['kept', row.refused],
    ...row.actions.map(({effect, name}) => [`can ${name}`, effect] as const),
    ...row.gaps.map((gap) => ['not read', gap] as const),
    ['calls read', row.lookedBackAtMs === null ? null : readWords(row.lookedBackAtMs)],
  ])
}

function committed({commitment, commitmentEndsAt}: BoardCapacity): string | null {
  if (commitment === null) return null
  if (commitmentEndsAt === null) return commitment === 'none' ? 'no' : commitment
  return `${commitment}, until ${momentWords(Date.parse(commitmentEndsAt))}: it cannot be deleted before`
}

function callsWords({calls, lastCallAt}: BoardCapacity): string {
  if (calls === null) return 'not known'
  const last = lastCallAt === null ? '' : `, the last in the hour from ${momentWords(Date.parse(lastCallAt))}`
  return `${calls.toLocaleString('en-US')} within 30 days${last}`
}

function loadWords({load}: BoardCapacity): string {
  if (load === null) return 'not known'
  const count = (value: number) => Math.round(value).toLocaleString('en-US')
  return `${count(load.mean)} a minute over the last day, ${count(load.busiest)} or fewer in 95 of 100 minutes`
}

function readWords(ms: number): string {
  return `30 days at ${momentWords(ms)}; since then each look adds the last hour`
}

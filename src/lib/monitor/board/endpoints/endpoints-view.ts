import {plural} from '../../../core/text.js'
import type {SpanLine, Tone} from '../../span.js'
import {allRows} from '../data.js'
import {factsOf, labelled, labelledEach, sections} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardPage, BoardRow, BoardView, Cell, Column, Room} from '../view.js'
import type {EndpointRow, EndpointTrouble} from './endpoints.schema.js'

const COLUMNS: readonly Column[] = [
  {key: 'service', title: 'SERVICE', least: 14, most: 30, drop: 0},
  {key: 'endpoint', title: 'ENDPOINT', least: 14, most: 24, drop: 1},
  {key: 'vpc', title: 'VPC', least: 12, most: 24, drop: 4},
  {key: 'state', title: 'STATE', least: 9, most: 18, drop: 0},
  {key: 'dns', title: 'DNS', least: 6, most: 7, drop: 3},
  {key: 'policy', title: 'POLICY', least: 10, most: 11, drop: 2},
  {key: 'zones', title: 'ZONES', least: 5, most: 32, drop: 6},
  {key: 'troubles', title: 'TROUBLES', least: 8, most: 40, drop: 0},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 5},
]
/** The worst first. */
const ORDER: readonly (EndpointRow['tone'] | null)[] = ['bad', 'warn', null, 'good']

/** PrivateLink endpoints of Bedrock, and what is wrong with them. */
export const endpointsView: BoardView = {
  name: 'endpoints',
  title: 'Endpoints',
  aliases: ['en', 'endpoint', 'vpce', 'privatelink'],
  about: 'PrivateLink endpoints of Bedrock: state, zones, private DNS, policy, what is wrong',
  topics: ['endpoints'],
  head,
  table: (state) => ({
    columns: COLUMNS,
    rows: allOf(state).map(toRow),
    sortedBy: 'troubles',
    empty: 'No VPC of these Regions has an endpoint of Bedrock, and no declared workload needs one.',
  }),
  page,
  describe,
  eventFilter: (state, key) => find(state, key)?.id,
}

function allOf({data}: BoardFacts): readonly EndpointRow[] {
  return allRows(data.endpoints)
}

function find(state: BoardFacts, key: string): EndpointRow | undefined {
  return allOf(state).find((row) => keyOf(row) === key)
}

function keyOf({id, region}: EndpointRow): string {
  return `${region} ${id}`
}

function head(state: BoardFacts): readonly SpanLine[] {
  const rows = allOf(state)
  if (rows.length === 0) return []
  const there = rows.filter(({state: word}) => word !== 'absent')
  const vpcs = new Set(there.map(({vpc}) => vpc)).size
  const count = (tone: EndpointRow['tone']) => there.filter((row) => row.tone === tone).length
  const told = (number: number, words: string, tone: Tone) =>
    number === 0 ? [] : [{text: `   ${number} ${words}`, tone}]
  return [
    [
      {text: `${plural(there.length, 'endpoint')} in ${plural(vpcs, 'VPC')}`, tone: 'strong'},
      ...told(count('good'), 'in order', 'good'),
      ...told(count('bad'), 'with defects', 'bad'),
      ...told(count('warn'), 'to look at', 'warn'),
      ...told(rows.length - there.length, 'lacking', 'bad'),
    ],
  ]
}

function toRow(row: EndpointRow): BoardRow {
  const {id, name, policy, privateDns, region, service, state, tone, troubles, vpc, zones} = row
  return {
    key: keyOf(row),
    id: state === 'absent' ? (vpc ?? id) : id,
    cells: {
      service: {text: service},
      endpoint: {text: state === 'absent' ? '-' : id, tone: 'id'},
      vpc: {text: vpc ?? '-'},
      state: {text: state, ...(tone && {tone: state.toLowerCase() === 'available' ? 'good' : tone})},
      dns: {text: privateDns === null ? '-' : privateDns ? 'private' : 'off'},
      policy: {text: policy ?? '-', ...(policy === 'full access' && {tone: 'warn' as const})},
      zones: {text: zones.length === 0 ? '-' : zones.map((zone) => zone.replace(region, '')).join(' ')},
      troubles: troublesCell(troubles, tone),
      region: {text: region},
    },
    words: [name ?? '', ...zones, ...troubles.flatMap(({severity, text}) => [severity, text])],
  }
}

function troublesCell(troubles: readonly EndpointTrouble[], tone: EndpointRow['tone']): Cell {
  const rank = ORDER.indexOf(tone) * 100 - Math.min(99, troubles.length)
  if (troubles.length === 0) return {text: 'none', tone: 'good', sort: rank}
  const words = troubles.map(({check, verdict}) => (verdict === 'UNKNOWN' ? `${check}?` : check))
  return {text: words.join(' '), ...(tone && {tone}), sort: rank}
}

function page(state: BoardFacts, key: string, room: Room): BoardPage | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  const {facts, id, name, region, service, tone, troubles} = row
  return {
    title: `${service}  ${name ?? id}  ${region}`,
    lines: sections(
      [
        ...labelled('endpoint', row.state === 'absent' ? null : id, room, 'id'),
        ...labelled('state', row.state, room, tone ?? undefined),
        ...labelled('VPC', row.vpc, room),
        ...labelled('zones', row.zones.join(' '), room),
        ...labelled('private DNS', dnsWord(row), room),
        ...labelled('policy', row.policy, room, row.policy === 'full access' ? 'warn' : undefined),
        ...facts.flatMap(([label, value]) => labelled(label.toLowerCase(), value, room)),
      ],
      ...troubles.map((trouble) => troubleLines(trouble, room)),
      labelled('more', row.more, room, 'id'),
    ),
  }
}

function troubleLines(trouble: EndpointTrouble, room: Room): readonly SpanLine[] {
  const {check, commands, remedy, severity, text, verdict} = trouble
  const failed = verdict === 'FAIL'
  const tone = !failed ? 'warn' : severity === 'critical' || severity === 'high' ? 'bad' : 'warn'
  return [
    ...labelled(check, `${failed ? severity : 'not known'}: ${text}`, room, tone),
    ...labelled('remedy', remedy, room),
    ...labelledEach('commands', commands, room, 'id'),
  ]
}

function dnsWord({privateDns}: EndpointRow): string | null {
  return privateDns === null ? null : privateDns ? 'on' : 'off'
}

function describe(state: BoardFacts, key: string): readonly (readonly [string, string])[] | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  return factsOf([
    ['service', row.service],
    ['endpoint', row.id],
    ['name', row.name],
    ['Region', row.region],
    ['VPC', row.vpc],
    ['state', row.state],
    ['zones', row.zones.join(' ')],
    ['private DNS', dnsWord(row)],
    ['policy', row.policy],
    ...row.facts.map(([label, value]) => [label.toLowerCase(), value] as const),
    ...row.troubles.map(({check, severity, text}) => [`${check} ${severity}`, text] as const),
  ])
}

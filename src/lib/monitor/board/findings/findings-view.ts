import {commandAgain} from '../../../core/command-again.js'
import {plural} from '../../../core/text.js'
import {showElapsed} from '../../quantities.js'
import type {Span, SpanLine, Tone} from '../../span.js'
import {allRows} from '../data.js'
import {factsOf, labelled, labelledEach, momentWords, sections, shortResource} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardPage, BoardRow, BoardView, Column, Room} from '../view.js'
import type {FindingRow} from './findings.schema.js'

const SEVERITIES: readonly FindingRow['severity'][] = ['critical', 'high', 'medium', 'low', 'info']
const STATUSES: readonly FindingRow['status'][] = ['FAIL', 'UNKNOWN', 'MUTED', 'INFO', 'PASS', 'NOT_APPLICABLE']
const TONES: Readonly<Record<FindingRow['severity'], Tone>> = {
  ...{critical: 'bad', high: 'bad', medium: 'warn', low: 'faint', info: 'faint'},
}
/** An audit that is older is said to be. */
const OLD_MS = 7 * 86_400_000

const COLUMNS: readonly Column[] = [
  {key: 'severity', title: 'SEVERITY', least: 8, most: 8, drop: 0, first: 'ascending'},
  {key: 'status', title: 'STATUS', least: 8, most: 8, drop: 2, first: 'ascending'},
  {key: 'check', title: 'CHECK', least: 6, most: 8, drop: 0},
  {key: 'title', title: 'DEMANDED', least: 20, most: 64, drop: 1},
  {key: 'resource', title: 'RESOURCE', least: 16, most: 56, drop: 0},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 3},
]

/** What the last audit of the account found, worst first. */
export const findingsView: BoardView = {
  name: 'findings',
  title: 'Findings',
  aliases: ['fi', 'audit', 'finding'],
  about: 'what the last audit of this account found: evidence, remedy, commands',
  topics: ['findings'],
  head,
  table: (state) => ({
    columns: COLUMNS,
    rows: allOf(state).map(toRow),
    sortedBy: 'severity',
    empty: `No audit is kept here yet. ${commandAgain('audit run', state.subject)} makes one.`,
  }),
  page,
  describe,
  eventFilter: (state, key) => find(state, key)?.resource,
}

function allOf({data}: BoardFacts): readonly FindingRow[] {
  return allRows(data.findings)
}

function find(state: BoardFacts, key: string): FindingRow | undefined {
  return allOf(state).find(({fingerprint}) => fingerprint === key)
}

function head(state: BoardFacts): readonly SpanLine[] {
  const rows = allOf(state)
  const [first] = rows
  if (first === undefined) return []
  const age = Math.max(0, state.nowMs - first.auditedAtMs)
  const failed = rows.filter(({status}) => status === 'FAIL')
  const counts = SEVERITIES.flatMap((severity): Span[] => {
    const count = failed.filter((row) => row.severity === severity).length
    return count === 0 ? [] : [{text: `   ${count} ${severity}`, tone: TONES[severity]}]
  })
  const [unknown, muted] = (['UNKNOWN', 'MUTED'] as const).map(
    (one) => rows.filter(({status}) => status === one).length,
  )
  return [
    [
      {text: failed.length === 0 ? 'Nothing failed' : plural(failed.length, 'failure'), tone: 'strong'},
      ...counts,
      ...(unknown ? [{text: `   ${unknown} not known`, tone: 'warn' as const}] : []),
      ...(muted ? [{text: `   ${muted} accepted`, tone: 'faint' as const}] : []),
    ],
    [
      {text: `audited ${showElapsed(age)} ago`, ...(age > OLD_MS && {tone: 'warn' as const})},
      {text: ` (${momentWords(first.auditedAtMs)}): ${first.scope}`, tone: 'faint'},
    ],
  ]
}

function toRow({check, detail, fingerprint, region, resource, severity, status, title}: FindingRow): BoardRow {
  const failed = status === 'FAIL'
  return {
    key: fingerprint,
    id: resource,
    cells: {
      // Failures first, then what is not known, then what is accepted; the worst of each before the others.
      severity: {
        text: severity,
        tone: failed ? TONES[severity] : 'faint',
        sort: STATUSES.indexOf(status) * SEVERITIES.length + SEVERITIES.indexOf(severity),
      },
      status: {
        text: statusWord(status),
        tone: failed ? 'bad' : status === 'PASS' ? 'good' : status === 'UNKNOWN' ? 'warn' : 'faint',
        sort: STATUSES.indexOf(status),
      },
      check: {text: check, tone: 'id'},
      title: {text: title},
      resource: {text: shortResource(resource)},
      region: {text: region ?? '-'},
    },
    words: [resource, detail ?? '', status],
  }
}

function statusWord(status: FindingRow['status']): string {
  if (status === 'MUTED') return 'accepted'
  return status === 'NOT_APPLICABLE' ? '-' : status.toLowerCase()
}

function page(state: BoardFacts, key: string, room: Room): BoardPage | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  const {again, auditedAtMs, check, commands, detail, evidence, remedy, resource, scope, severity, status, title, why} =
    row
  const age = showElapsed(Math.max(0, state.nowMs - auditedAtMs))
  return {
    title: `${check} ${severity}  ${title}`,
    lines: sections(
      [
        ...labelled('status', statusWord(status), room, status === 'FAIL' ? TONES[severity] : undefined),
        ...labelled('resource', resource, room, 'id'),
        ...labelled('Region', row.region, room),
        ...labelled('found', detail, room),
        ...labelled('matters', why, room),
      ],
      labelledEach('evidence', evidence, room),
      [...labelled('remedy', remedy, room), ...labelledEach('commands', commands, room, 'id')],
      [
        ...labelled('audited', `${age} ago, ${momentWords(auditedAtMs)}: ${scope}`, room, 'faint'),
        ...labelled('again', again, room, 'id'),
      ],
    ),
  }
}

function describe(state: BoardFacts, key: string): readonly (readonly [string, string])[] | undefined {
  const row = find(state, key)
  if (row === undefined) return undefined
  return factsOf([
    ['check', row.check],
    ['severity', row.severity],
    ['status', statusWord(row.status)],
    ['demanded', row.title],
    ['resource', row.resource],
    ['Region', row.region],
    ['found', row.detail],
    ['why', row.why],
    ...row.evidence.map((text) => ['evidence', text] as const),
    ['remedy', row.remedy],
    ...row.commands.map((text) => ['command', text] as const),
    ['fingerprint', row.fingerprint],
    ['audited', momentWords(row.auditedAtMs)],
    ['scope', row.scope],
  ])
}

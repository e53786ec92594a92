import {plural} from '../core/text.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {wrapText} from '../output/wrap.js'
import type {AccountSnapshot, Entry, ReadId, UnreadPart} from './snapshot.schema.js'

/** One read over all Regions. */
export interface ReadSummary {
  readonly read: ReadId
  /** Regions that are enabled and have the service. */
  readonly regions: number
  readonly regionsRead: number
  readonly resources: number
  /** Parts of values that could not be read. */
  readonly gaps: number
  /** Why something is missing: kind, action and how often. */
  readonly missing: readonly string[]
}

const COLUMNS: readonly Column<ReadSummary>[] = [
  {key: 'read', title: 'READ', value: ({read}) => read},
  {
    key: 'regions-read',
    title: 'READ IN',
    value: ({regionsRead}) => regionsRead,
    text: ({regionsRead, regions}) => `${regionsRead}/${regions}`,
    align: 'right',
  },
  {key: 'resources', title: 'RESOURCES', value: ({resources}) => resources, align: 'right'},
  {key: 'missing', title: 'NOT READ', value: ({missing}) => missing.join('; '), weight: 1},
]

/** What a snapshot holds, a read a row. */
export const snapshotView: View<AccountSnapshot, ReadSummary> = {
  rows: summarise,
  columns: () => COLUMNS,
  text: renderSnapshot,
}

export function summarise({reads}: AccountSnapshot): readonly ReadSummary[] {
  return (Object.entries(reads) as [ReadId, readonly Entry<unknown>[]][]).map(([read, entries]) => {
    const done = entries.flatMap((entry) => (entry.status === 'read' ? [entry] : []))
    const gaps = done.flatMap((entry) => entry.gaps)
    const unread = entries.flatMap((entry) => (entry.status === 'read' || isNowhere(entry) ? [] : [entry]))
    return {
      read,
      regions: done.length + unread.length,
      regionsRead: done.length,
      resources: done.reduce((sum, {count}) => sum + count, 0),
      gaps: gaps.reduce((sum, {count}) => sum + count, 0),
      missing: [
        ...countReasons(unread.map(words)),
        ...countReasons(gaps.flatMap(({action, code, count}) => Array(count).fill(`${codeWords(code)} ${action}`))),
      ],
    }
  })
}

/** Where there is nothing to read. */
function isNowhere({status, code}: UnreadPart): boolean {
  return status === 'not-enabled' || code === 'NOT_OFFERED'
}

function words({status, action, code}: UnreadPart): string {
  return status === 'skipped' ? codeWords(code) : `${status} ${action}`
}

function codeWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ')
}

/** `denied kms:GetKeyPolicy ×3`. */
function countReasons(reasons: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => (count === 1 ? reason : `${reason} ×${count}`))
}

async function renderSnapshot(snapshot: AccountSnapshot, terminal: Terminal): Promise<string> {
  const {renderTable} = await import('../output/table.js')
  const table = await renderTable(summarise(snapshot), COLUMNS, terminal)
  return [...wrapText(head(snapshot, terminal), terminal.width), '', table].join('\n')
}

function head({caller, partition, regions, takenAt, complete}: AccountSnapshot, terminal: Terminal): string {
  const disabled = regions.filter(({optIn}) => optIn === 'disabled').length
  const count = `${plural(regions.length, 'Region')}${disabled === 0 ? '' : `, ${disabled} of them not enabled`}`
  const where = regions.length > 4 ? count : regions.map(({name}) => name).join(' ')
  const half = complete ? '' : `  ${paint('warn', 'stopped before it was whole', terminal)}`
  return `account ${caller.account}${partition === 'aws' ? '' : ` (${partition})`}  ${where}  ${takenAt}${half}`
}

import {plural, sanitise} from '../core/text.js'
import {paint} from '../output/style.js'
import {renderTable} from '../output/table.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {wrapText} from '../output/wrap.js'
import type {RefreshChange, RefreshPart, RefreshResult, UnparsedProducts} from './refresh.schema.js'

type Kind = RefreshChange['kind']

const WORDS: Readonly<Record<Kind, string>> = {
  'model-added': 'models added',
  'model-gone': 'models gone',
  'model-changed': 'models changed',
  'profile-added': 'profiles added',
  'profile-gone': 'profiles gone',
  'destinations-changed': 'destinations changed',
  'price-added': 'prices added',
  'price-gone': 'prices gone',
  'price-changed': 'prices changed',
  'quota-added': 'quotas added',
  'quota-gone': 'quotas gone',
  'quota-changed': 'quotas changed',
}

const STATES: Readonly<Record<RefreshPart['state'], string>> = {
  written: '',
  'dry-run': 'not written (dry run)',
  kept: 'not read, the cache is as it was',
  unavailable: 'no Price List in this partition',
}

const COLUMNS: readonly Column<RefreshChange>[] = [
  {key: 'change', title: 'CHANGE', value: ({kind}) => kind, text: ({kind}) => WORDS[kind], weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 1},
  {key: 'id', title: 'WHAT', value: ({id}) => id, weight: 0},
  {key: 'detail', title: 'OF IT', value: ({detail}) => detail, weight: 1},
  {key: 'before', title: 'BEFORE', value: ({before}) => before, weight: 1},
  {key: 'after', title: 'AFTER', value: ({after}) => after, weight: 1},
]

/** What was refreshed and what changed; the rows of CSV and NDJSON are the changes. */
export const refreshView: View<RefreshResult, RefreshChange> = {
  rows: ({changes}) => changes,
  columns: () => COLUMNS,
  text: async (result, terminal) => {
    const {account, partition, regions, notEnabled, interrupted, parts, unparsed} = result
    const where = `${plural(regions.length, 'Region')} of account ${account}, partition ${partition}`
    const wrapped = (lines: readonly string[]) => lines.flatMap((line) => wrapText(line, terminal.width))
    return [
      ...wrapped([
        `${paint('strong', 'refreshed', terminal)}  ${where}`,
        ...(interrupted ? [`${paint('warn', 'interrupted', terminal)}  what was whole is kept`] : []),
      ]),
      '',
      await renderTable(parts, PART_COLUMNS, terminal),
      ...wrapped([
        ...parts.flatMap(({ignored}) =>
          ignored === null ? [] : [`${paint('warn', 'ignored', terminal)}  ${sanitise(ignored)}`],
        ),
        ...keptLines(parts),
        ...(notEnabled.length > 0 ? [`not enabled in this account: ${notEnabled.join(' ')}`] : []),
      ]),
      '',
      ...(await changeLines(result, terminal)),
      ...wrapped(unparsedLines(unparsed)),
    ].join('\n')
  },
}

const PART_COLUMNS: readonly Column<RefreshPart>[] = [
  {key: 'part', title: 'PART', value: ({part}) => part, weight: 0},
  {key: 'records', title: 'RECORDS', value: ({records}) => records, align: 'right', weight: 0},
  {key: 'regions', title: 'REGIONS', value: ({regions}) => regions.length, align: 'right', weight: 1},
  {
    key: 'compared-with',
    title: 'COMPARED WITH',
    value: ({comparedWith}) => comparedWith,
    text: ({comparedWith}) => comparedWith.join(' and ') || 'nothing',
    weight: 1,
  },
  {
    key: 'file',
    title: 'FILE',
    value: ({file}) => file,
    text: ({file, state}) => STATES[state] || file,
    weight: 0,
  },
]

function keptLines(parts: readonly RefreshPart[]): string[] {
  return parts.flatMap(({part, kept}) => {
    const oldest = kept.map(({readAt}) => readAt).sort()[0]
    if (oldest === undefined) return []
    const names = kept.length > 4 ? plural(kept.length, 'Region') : kept.map(({region}) => region).join(' ')
    return [`${part} of ${names}: kept from an earlier read, the oldest of ${oldest}`]
  })
}

interface ChangeGroup {
  readonly kind: Kind
  readonly changes: readonly RefreshChange[]
}

async function changeLines({changes, parts}: RefreshResult, terminal: Terminal): Promise<string[]> {
  const groups = (Object.keys(WORDS) as Kind[])
    .map((kind): ChangeGroup => ({kind, changes: changes.filter((change) => change.kind === kind)}))
    .filter((group) => group.changes.length > 0)
  if (groups.length > 0) return [await renderTable(groups, GROUP_COLUMNS, terminal), 'All of them: --json, or -o csv.']
  const compared = parts.some(({comparedWith}) => comparedWith.length > 0)
  return [compared ? 'No changes.' : 'Nothing to compare with yet.']
}

const GROUP_COLUMNS: readonly Column<ChangeGroup>[] = [
  {key: 'change', title: 'CHANGE', value: ({kind}) => WORDS[kind], weight: 0},
  {key: 'count', title: 'COUNT', value: ({changes}) => changes.length, align: 'right', weight: 0},
  {
    key: 'for-example',
    title: 'FOR EXAMPLE',
    value: ({changes}) => examples(changes),
    weight: 1,
  },
]

const EXAMPLES = 3

/** The changes that concern most Regions first, each once. */
function examples(changes: readonly RefreshChange[]): string {
  const regions = new Map<string, string[]>()
  for (const change of changes) {
    const words = describeChange(change)
    regions.set(words, [...(regions.get(words) ?? []), change.region])
  }
  const most = [...regions].sort(([, a], [, b]) => b.length - a.length).slice(0, EXAMPLES)
  const rest = regions.size - most.length
  const shown = most.map(([words, where]) => `${words} (${where.length === 1 ? where[0] : `${where.length} Regions`})`)
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ')
}

function describeChange({kind, id, detail, before, after}: RefreshChange): string {
  const what = detail === null ? id : kind.startsWith('quota') ? `${detail} (${id})` : `${id} ${detail}`
  switch (kind) {
    case 'model-added':
    case 'model-gone':
    case 'profile-added':
    case 'profile-gone':
      return what
    case 'destinations-changed':
      return `${what}${movedWords(before, after)}`
    case 'model-changed':
    case 'quota-changed':
      return `${what}: ${valueWords(before)} to ${valueWords(after)}`
    case 'quota-added':
      return `${what}: ${valueWords(after)}`
    case 'quota-gone':
      return `${what}: was ${valueWords(before)}`
    case 'price-added':
      return `${what}: ${priceWords(detail, after)}`
    case 'price-gone':
      return `${what}: was ${priceWords(detail, before)}`
    case 'price-changed':
      return `${what}: ${priceWords(detail, before)} to ${priceWords(detail, after)}`
  }
}

type Value = RefreshChange['before']

function valueWords(value: Value): string {
  if (value === null) return 'none'
  return typeof value === 'object' ? value.join(' ') : String(value)
}

/** The detail ends in the currency where that is not the dollar. */
function priceWords(detail: string | null, price: Value): string {
  return `${/(?:^| )[A-Z]{3}$/.test(detail ?? '') ? '' : '$'}${valueWords(price)}`
}

/** ` +eu-north-1 -eu-west-3` */
function movedWords(before: Value, after: Value): string {
  const [old, now] = [before, after].map((value) => (typeof value === 'object' && value !== null ? value : []))
  const came = now?.filter((region) => !old?.includes(region)) ?? []
  const went = old?.filter((region) => !now?.includes(region)) ?? []
  return [...came.map((region) => ` +${region}`), ...went.map((region) => ` -${region}`)].join('')
}

function unparsedLines(unparsed: readonly UnparsedProducts[]): string[] {
  if (unparsed.length === 0) return []
  const products = unparsed.reduce((sum, group) => sum + group.products, 0)
  const reasons = new Map<string, number>()
  for (const {reason, products: count} of unparsed) reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  const words = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${reason} ${count}`)
  return [
    '',
    `${plural(products, 'product')} of the Price List gave no price: ${words.join(', ')}`,
    'By usage type: --json --query unparsed',
  ]
}

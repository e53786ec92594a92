import {plural, sanitise} from '../../core/text.js'
import {formatPrice} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {PriceKind} from '../../prices/price-list.js'
import {originWords} from '../cost-words.js'
import {KIND_WORDS} from '../price-usage.js'
import {groupRows, type PriceGroup} from './group-rows.js'
import type {PricedRow, PricesResult, SecondOpinion, UnparsedProduct} from './prices.schema.js'

const COLUMNS: readonly Column<PricedRow>[] = [
  {key: 'route', title: 'ROUTE', value: ({route}) => route},
  {key: 'profile', title: 'PROFILE', value: ({profile}) => profile},
  {key: 'tier', title: 'TIER', value: ({tier}) => tier},
  {key: 'meter', title: 'METER', value: ({meter}) => meter},
  {key: 'kind', title: 'KIND', value: ({kind}) => kind},
  {key: 'variant', title: 'VARIANT', value: ({variant}) => variant},
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'amount', title: 'AMOUNT', value: ({amount}) => amount, align: 'right'},
  {key: 'currency', title: 'CURRENCY', value: ({currency}) => currency},
  {key: 'unit', title: 'UNIT', value: ({unit}) => unit},
  {key: 'sku', title: 'SKU', value: ({sku}) => sku},
  {key: 'offer', title: 'OFFER', value: ({offer}) => offer},
  {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf},
  {key: 'sources', title: 'SOURCES', value: ({sources}) => sources},
  {key: 'confidence', title: 'CONFIDENCE', value: ({confidence}) => confidence},
  {key: 'note', title: 'NOTE', value: ({note}) => note},
]

const UNPARSED: readonly Column<UnparsedProduct>[] = [
  {key: 'offer', title: 'OFFER', value: ({offer}) => offer, weight: 2},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 1},
  {key: 'usage-type', title: 'USAGE TYPE', value: ({usageType}) => usageType, weight: 0},
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 3},
  {key: 'reason', title: 'REASON', value: ({reason}) => reason, weight: 0},
  {key: 'products', title: 'PRODUCTS', value: ({products}) => products, align: 'right', weight: 1},
]

/** The sheet: tokens by kind, other meters below; equal prices of several Regions are one line. */
export const pricesView: View<PricesResult, PricedRow | UnparsedProduct> = {
  rows: ({id, rows, unparsed}) => (id === null ? (unparsed ?? []) : rows),
  columns: ({id}) => (id === null ? UNPARSED : COLUMNS) as readonly Column<PricedRow | UnparsedProduct>[],
  text: renderPrices,
}

async function renderPrices(result: PricesResult, terminal: Terminal): Promise<string> {
  const {id, name, prices, rows, secondOpinion, unparsed} = result
  const faint = (text: string) => wrapText(text, terminal.width).map((line) => paint('faint', line, terminal))
  const groups = groupRows(rows)
  const marks = notesOf(groups)
  const tokens = groups.filter(({meter}) => meter === 'tokens')
  const others = groups.filter(({meter}) => meter !== 'tokens')
  const parts: readonly (string | readonly string[])[] = [
    id === null ? [] : [paint('strong', sanitise(name === null || name === id ? id : `${name}   ${id}`), terminal)],
    faint(originWords(prices)),
    id !== null && rows.length === 0 ? ['', 'No price is known.'] : [],
    tokens.length === 0 ? [] : ['', await renderTable(tokens, tokenColumns(tokens, marks), terminal)],
    others.length === 0 ? [] : ['', await renderTable(others, otherColumns(others, marks), terminal)],
    marks.size === 0 ? [] : ['', ...[...marks].flatMap(([note, mark]) => faint(`${mark} ${note}`))],
    rows.length === 0 ? [] : ['', ...sourcesOf(rows).flatMap(faint)],
    secondOpinion === null ? [] : ['', ...opinionLines(secondOpinion, terminal)],
    unparsed === null ? [] : ['', await renderUnparsed(unparsed, terminal)],
  ]
  return parts.flat().join('\n')
}

/** Notes and doubts of the lines, each with its number. */
function notesOf(groups: readonly PriceGroup[]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>()
  for (const group of groups) {
    const note = noteOf(group)
    if (note !== undefined && !marks.has(note)) marks.set(note, `[${marks.size + 1}]`)
  }
  return marks
}

function noteOf({confidence, note}: PriceGroup): string | undefined {
  const words = [confidence === 'low' ? 'low confidence' : null, note === null ? null : sanitise(note)]
  const said = words.filter((word) => word !== null)
  return said.length === 0 ? undefined : said.join(': ')
}

const SHORT_KINDS: Readonly<Record<PriceKind, string>> = {
  input: 'INPUT',
  output: 'OUTPUT',
  cacheRead: 'CACHE READ',
  cacheWrite: 'CACHE WRITE',
  cacheWrite1h: 'WRITE 1 H',
  unit: 'PRICE',
}

function tokenColumns(
  groups: readonly PriceGroup[],
  marks: ReadonlyMap<string, string>,
): readonly Column<PriceGroup>[] {
  const kinds = (Object.keys(KIND_WORDS) as (keyof typeof KIND_WORDS)[]).filter((kind) =>
    groups.some(({amount}) => amount[kind] !== undefined),
  )
  const variants = groups.some(({variant}) => variant !== null)
  return [
    {key: 'route', title: '1M TOKENS', value: ({routes}) => routes.join(', '), weight: 0},
    {key: 'tier', title: 'TIER', value: ({tier}) => tierWords(tier), weight: 0},
    ...(variants ? [{key: 'variant', title: 'OF', value: ({variant}: PriceGroup) => variant ?? '', weight: 1}] : []),
    ...kinds.map((kind): Column<PriceGroup> => {
      const weight = kind === 'input' || kind === 'output' ? 0 : 1
      const key = KIND_WORDS[kind].replaceAll(/[ ()]+/g, '-')
      return {key, title: SHORT_KINDS[kind], value: (group) => amountOf(group, kind), align: 'right', weight}
    }),
    ...placeColumns(marks),
  ]
}

function otherColumns(
  groups: readonly PriceGroup[],
  marks: ReadonlyMap<string, string>,
): readonly Column<PriceGroup>[] {
  const byRoute = groups.some(({routes}) => routes.length > 0)
  const byTier = groups.some(({tier}) => tier !== 'standard')
  const route: Column<PriceGroup> = {key: 'route', title: 'ROUTE', value: ({routes}) => routes.join(', '), weight: 1}
  const tier: Column<PriceGroup> = {key: 'tier', title: 'TIER', value: ({tier: of}) => tierWords(of), weight: 1}
  return [
    {key: 'meter', title: 'METER', value: ({meter, variant}) => meterWords(meter, variant), weight: 0},
    ...(byRoute ? [route] : []),
    ...(byTier ? [tier] : []),
    {key: 'price', title: 'PRICE', value: (group) => amountOf(group, 'unit'), align: 'right', weight: 0},
    {key: 'unit', title: 'PER', value: ({unit}) => unit, weight: 1},
    ...placeColumns(marks),
  ]
}

function placeColumns(marks: ReadonlyMap<string, string>): readonly Column<PriceGroup>[] {
  const columns: readonly Column<PriceGroup>[] = [
    {key: 'regions', title: 'REGIONS', value: regionWords, weight: 0},
    {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf, weight: 2},
  ]
  if (marks.size === 0) return columns
  return [...columns, {key: 'note', title: '', value: (group) => marks.get(noteOf(group) ?? '') ?? '', weight: 0}]
}

function amountOf({amount, currency}: PriceGroup, kind: PriceKind): string {
  const value = amount[kind]
  return value === undefined ? '' : formatPrice(value, currency)
}

function meterWords(meter: string, variant: string | null): string {
  return variant === null ? meter.replaceAll('-', ' ') : `${meter.replaceAll('-', ' ')}, ${variant}`
}

function tierWords(tier: string): string {
  const [base = tier, above] = tier.split(':input>')
  return above === undefined ? base : `${base} > ${Number(above) / 1000}k`
}

const FEW = 2

function regionWords({regions}: PriceGroup): string {
  const geographies = regions.filter((region) => region?.endsWith('.'))
  const named = regions.filter((region) => region !== null && region !== '*' && !region.endsWith('.'))
  const words = [
    ...(regions.includes('*') ? ['any'] : []),
    ...(geographies.length > 0 ? [`any, by ${geographies.join(' ')}`] : []),
    ...(named.length <= FEW ? named : [plural(named.length, 'Region')]),
    ...(regions.includes(null) ? ['not known'] : []),
  ]
  return words.join(', ')
}

/** `2026-08-20  AWS Price List …: 36 prices`, most first. */
function sourcesOf(rows: readonly PricedRow[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const {asOf, sources} of rows) {
    const words = `${asOf}  ${sources.map(sanitise).join(' + ')}`
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([words, count]) => `${words}: ${plural(count, 'price')}`)
}

function opinionLines({agree, disagreements, source}: SecondOpinion, terminal: Terminal): readonly string[] {
  const head =
    disagreements.length === 0
      ? `Second opinion: ${source} agrees with all ${plural(agree, 'price')} that it has too.`
      : `Second opinion: ${source} agrees with ${agree} of ${agree + disagreements.length} prices, and has others for`
  const lines = disagreements.map(({kind, ours, ourSources, region, route, theirs}) => {
    const where = region === '*' ? 'any Region' : region
    const what = Object.hasOwn(KIND_WORDS, kind) ? KIND_WORDS[kind as keyof typeof KIND_WORDS] : kind
    return `  ${route} ${what}, ${where}: ${formatPrice(theirs, 'USD')}, not ${formatPrice(ours, 'USD')} (${ourSources.map(sanitise).join(' + ')})`
  })
  return [head, ...lines].flatMap((line) => wrapText(line, terminal.width))
}

async function renderUnparsed(unparsed: readonly UnparsedProduct[], terminal: Terminal): Promise<string> {
  if (unparsed.length === 0) return 'Every product of the lists that were read is understood, or no list was read.'
  return renderTable(unparsed, UNPARSED, terminal)
}

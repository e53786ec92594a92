import {manyOf, sanitise} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {originWords} from '../cost-words.js'
import type {Choice, CompareResult, Difference, NotSold} from './compare.schema.js'

const money = (amount: Choice['perRequest']) => (amount === null ? '?' : formatMoney(amount.amount, amount.currency))

const DEFAULT_COLUMNS: readonly Column<Choice>[] = [
  {
    key: 'call',
    title: 'MODEL',
    value: ({call}) => call,
    text: ({call}, terminal) => paint('id', call, terminal),
    weight: 0,
  },
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 0},
  {key: 'route', title: 'ROUTE', value: ({route}) => route, text: ({route}) => route ?? '-', weight: 1},
  {key: 'tier', title: 'TIER', value: ({tier}) => tier, text: tierText, weight: 0},
  {
    key: 'month',
    title: 'MONTH',
    value: ({month}) => month.amount,
    text: ({month}) => money(month),
    align: 'right',
    weight: 0,
  },
  {
    key: 'over-baseline',
    title: 'VS BASE',
    value: ({overBaseline}) => overBaseline?.share,
    text: ({baseline, overBaseline}, terminal) => (baseline ? 'base' : shareWords(overBaseline, terminal)),
    align: 'right',
    weight: 1,
  },
  {
    key: 'per-request',
    title: '$/REQUEST',
    value: ({perRequest}) => perRequest?.amount,
    text: ({perRequest}) => money(perRequest),
    align: 'right',
    weight: 3,
  },
  {
    key: 'per-million-tokens',
    title: '$/1M TOKENS',
    value: ({perMillionTokens}) => perMillionTokens?.amount,
    text: ({perMillionTokens}) => money(perMillionTokens),
    align: 'right',
    weight: 3,
  },
  {key: 'residency', title: 'PROMPTS STAY', value: ({residency}) => residency.words, text: stayWords, weight: 2},
]

const COLUMNS: readonly Column<Choice>[] = [
  ...DEFAULT_COLUMNS,
  {key: 'commitment', title: 'COMMITMENT', value: ({commitment}) => commitment, weight: 5},
  {key: 'changes', title: 'WHAT CHANGES', value: ({changes}) => changes.join('; '), weight: 2},
  {key: 'model', title: 'BASE MODEL', value: ({modelId}) => modelId, weight: 5},
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 5},
  {key: 'kind', title: 'KIND', value: ({kind}) => kind, weight: 5},
  {
    key: 'over-cheapest',
    title: 'VS CHEAPEST',
    value: ({overCheapest}) => overCheapest?.share,
    text: ({overCheapest}, terminal) => shareWords(overCheapest, terminal),
    align: 'right',
    weight: 3,
  },
  {key: 'currency', title: 'CURRENCY', value: ({month}) => month.currency, weight: 6},
  {key: 'latency', title: 'LATENCY', value: ({latency}) => latency, weight: 6},
  {key: 'regions', title: 'PROCESSED IN', value: ({residency}) => residency.regions, weight: 6},
  {key: 'status', title: 'STATUS', value: ({lifecycle}) => lifecycle.status, weight: 6},
  {key: 'end-of-life', title: 'END OF LIFE', value: ({lifecycle}) => lifecycle.endOfLife, weight: 6},
  {key: 'data-retention', title: 'DATA RETENTION', value: ({dataRetention}) => dataRetention, weight: 6},
  {key: 'price-date', title: 'PRICE OF', value: ({price}) => price.asOf, weight: 6},
  {key: 'price-source', title: 'PRICE SOURCE', value: ({price}) => price.sources.join('; '), weight: 7},
  {key: 'confidence', title: 'CONFIDENCE', value: ({price}) => price.confidence, weight: 7},
  {key: 'notes', title: 'NOTES', value: ({notes}) => notes.join('; '), weight: 7},
]

/** The view of `cost compare`; `columns` as `--columns` gives them. */
export function compareView(columns: string | undefined): View<CompareResult, Choice> {
  const chosen = columns === undefined ? undefined : selectColumns(COLUMNS, columns.split(','))
  return {
    rows: ({choices}) => choices,
    columns: () => chosen ?? COLUMNS,
    text: (result, terminal) => renderCompare(result, chosen ?? columnsFor(result, terminal), terminal),
  }
}

/** The result with its choices in the order of `--sort`. */
export function sortChoices(result: CompareResult, sort: string | undefined): CompareResult {
  return {...result, choices: sortRows(result.choices, COLUMNS, sort)}
}

/** By name on a terminal, where ids are wide and routes stand beside them. */
const NAME: Column<Choice> = {
  key: 'name',
  title: 'MODEL',
  value: ({name}) => name,
  text: ({name}, terminal) => paint('id', name, terminal),
  weight: 0,
}

/** Columns in which something differs, for people: what is alike everywhere is said once above. */
function columnsFor({choices}: CompareResult, terminal: Terminal): readonly Column<Choice>[] {
  const differs = (of: (choice: Choice) => unknown) => new Set(choices.map(of)).size > 1
  const kept = DEFAULT_COLUMNS.filter(({key}) => key !== 'region' || differs(({region}) => region))
  const [call, ...others] = kept
  const names = new Set(choices.map(({modelId, name}) => `${name} ${modelId}`))
  const oneEach = names.size === new Set(choices.map(({name}) => name)).size
  if (!terminal.interactive || !oneEach || call === undefined) return kept
  return [NAME, ...others, {...call, title: 'CALL', weight: 4}]
}

async function renderCompare(
  result: CompareResult,
  columns: readonly Column<Choice>[],
  terminal: Terminal,
): Promise<string> {
  const {baseline, cautions, choices, excluded, leftOut, notSold, prices} = result
  const say = (text: string) => wrapText(text, terminal.width)
  const faint = (text: string) => say(text).map((line) => paint('faint', line, terminal))
  const regions = [...new Set(choices.map(({region}) => region))]
  const where = regions.length === 1 ? [...regions, originWords(prices)] : [originWords(prices)]
  return [
    ...say(workloadWords(result)).map((line) => paint('strong', line, terminal)),
    ...faint(where.join('; ')),
    '',
    await renderTable(choices, columns, terminal),
    '',
    ...tierLines(result, terminal),
    ...say(
      `Baseline: ${placeWords(baseline)}, ${money(baseline.month)} a month; prompts are processed ${baseline.residency.words}.`,
    ),
    ...(leftOut === 0 ? [] : say(`${counted(leftOut, 'dearer choice')} left out by --top.`)),
    ...notSoldLines(result).flatMap(say),
    ...cautions.flatMap((text) => say(`Note: ${text}`)),
    ...(excluded.length === 0 ? [] : say(`Not included: ${excluded.join(', ')}.`)),
    ...(notSold.combinations.length === 0 ? [] : ['', await renderTable(notSold.combinations, NOT_SOLD, terminal)]),
  ].join('\n')
}

/** `200.0 k requests a month, 3,000 tokens in and 500 out, 80 % of the input cached`. */
function workloadWords({workload}: CompareResult): string {
  const {cachedShare, guardrailPolicies, inputTokens, outputTokens, requests} = workload
  return [
    `${formatCount(requests)} requests a month`,
    `${formatCount(inputTokens)} tokens in and ${formatCount(outputTokens)} out`,
    ...(cachedShare === null ? [] : [`${Number((cachedShare * 100).toFixed(1))} % of the input cached`]),
    ...(guardrailPolicies.length === 0 ? [] : [`guardrail ${guardrailPolicies.join(', ')}`]),
  ].join(', ')
}

function placeWords({call, commitment, region, route, tier}: Choice): string {
  const words = [call, region, route, tier, commitment === 'none' ? null : commitment]
  return sanitise(words.filter((word) => word !== null).join(', '))
}

/** `reserved 3 mo`: two commitments of a tier are two choices. */
function tierText({commitment, tier}: Choice): string {
  return commitment === 'none' ? tier : `${tier} ${Number.parseInt(commitment, 10)} mo`
}

/** `−50 %`, `+9 %`, `=`; `?` over two currencies. */
function shareWords(difference: Difference, {unicode}: Terminal): string {
  if (difference === null || difference.share === null) return '?'
  const percent = difference.share * 100
  const digits = Math.abs(percent) < 10 && !Number.isInteger(percent) ? 1 : 0
  const text = Math.abs(percent).toFixed(digits)
  if (percent === 0) return '='
  return `${percent > 0 ? '+' : unicode ? '−' : '-'}${Number(text).toLocaleString('en-US')} %`
}

/** `in eu-central-1`, `in the European Union`, `anywhere`. */
function stayWords({residency}: Choice): string {
  const {geography, kind, regions, words} = residency
  switch (kind) {
    case 'region':
      return `in ${regions?.join(' ') ?? ''}`
    case 'geography':
      return geography === null ? words : `in ${geography}`
    case 'anywhere':
      return 'anywhere'
    case 'own':
      return 'with you'
    case 'unknown':
      return '?'
  }
}

/** What the tiers and notes in the table mean, each said once. */
function tierLines({baseline, choices}: CompareResult, terminal: Terminal): readonly string[] {
  const tiers = new Map<string, Set<string>>()
  for (const {latency, notes, tier} of choices) {
    const said = tiers.get(tier) ?? new Set(latency === baseline.latency && tier === 'standard' ? [] : [latency])
    for (const note of notes) said.add(note)
    tiers.set(tier, said)
  }
  return [...tiers].flatMap(([tier, said]) =>
    said.size === 0 ? [] : wrapText(`${tier}: ${[...said].join('; ')}.`, terminal.width),
  )
}

const REASONS: Readonly<Record<string, string>> = {
  'not-offered': 'not offered',
  'no-price': 'without a known price',
  'too-long': 'too small for the prompts or answers',
}

function notSoldLines({notSold}: CompareResult): readonly string[] {
  const {byReason, combinations, count} = notSold
  if (count === 0) return []
  const reasons = Object.entries(byReason).map(
    ([reason, times]) => `${times.toLocaleString('en-US')} ${REASONS[reason] ?? reason}`,
  )
  const more = combinations.length === 0 ? '; --all lists them' : ''
  return [`Left out: ${counted(count, 'combination')}, ${reasons.join(', ')}${more}.`]
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : manyOf(noun)}`
}

const NOT_SOLD: readonly Column<NotSold>[] = [
  {key: 'model', title: 'NOT COMPARED', value: ({modelId}) => modelId, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 0},
  {key: 'route', title: 'ROUTE', value: ({route}) => route, text: ({route}) => route ?? 'any', weight: 2},
  {key: 'tier', title: 'TIER', value: ({tier}) => tier, text: ({tier}) => tier ?? 'any', weight: 1},
  {key: 'why', title: 'WHY', value: ({why}) => why, weight: 0},
]

import {BILLED_SERVICES} from '../../catalog/meters.js'
import {plural, sanitise} from '../../core/text.js'
import {formatCount} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {lineWords, moneyWords, originWords} from '../cost-words.js'
import type {TokenSpread} from '../tokens/token-statistics.schema.js'
import type {CountedTokens, EstimatedWorkload, EstimateLine, EstimateResult} from './estimate.schema.js'
import {costOf, isSum, sheetColumns} from './render-sheet.js'

interface Row extends EstimateLine {
  readonly workload: string
}

const COLUMNS: readonly Column<Row>[] = [
  {key: 'workload', title: 'WORKLOAD', value: ({workload}) => workload, weight: 0},
  {key: 'component', title: 'COMPONENT', value: ({component}) => component, weight: 1},
  {key: 'model', title: 'MODEL', value: ({modelId}) => modelId, weight: 1},
  {key: 'dimension', title: 'DIMENSION', value: lineWords, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 2},
  {key: 'route', title: 'ROUTE', value: ({route}) => route, weight: 2},
  {key: 'tier', title: 'TIER', value: ({tier}) => tier, weight: 2},
  {key: 'quantity', title: 'QUANTITY', value: ({quantity}) => quantity, align: 'right', weight: 1},
  {key: 'unit', title: 'UNIT', value: ({unit}) => unit, weight: 2},
  {key: 'price', title: 'PRICE', value: ({price}) => price?.amount, align: 'right', weight: 1},
  {key: 'price-unit', title: 'PER', value: ({price}) => price?.unit, weight: 2},
  {key: 'currency', title: 'CURRENCY', value: ({price}) => price?.currency, weight: 2},
  {key: 'month', title: 'MONTH', value: ({month}) => month, align: 'right', weight: 0},
  {key: 'once', title: 'ONCE', value: ({once}) => once, align: 'right', weight: 1},
  {key: 'sku', title: 'SKU', value: ({price}) => price?.sku, weight: 3},
  {key: 'price-as-of', title: 'PRICE AS OF', value: ({price}) => price?.asOf, weight: 3},
]

/** A sheet a workload: what is used, at which price, and what that comes to. */
export const estimateView: View<EstimateResult, Row> = {
  rows: ({workloads}) => workloads.flatMap(({lines, name}) => lines.map((line) => ({workload: name, ...line}))),
  columns: () => COLUMNS,
  text: renderEstimate,
}

async function renderEstimate(result: EstimateResult, terminal: Terminal): Promise<string> {
  const {cheaper, complete, prices, workloads} = result
  const cheaperOf = (name: string) => cheaper.filter(({workload}) => workload === name)
  const sheets = await Promise.all(
    workloads.map((workload) => renderWorkload(workload, cheaperOf(workload.name), terminal)),
  )
  const counted = result.counted === null ? [] : [wrapText(countedWords(result.counted), terminal.width).join('\n')]
  const grows = workloads.some(({months}) => months !== null)
  const sums = `${plural(workloads.length, 'workload')}: ${totalWords(result, grows)}${complete ? '' : ', without what has no price'}`
  const total = workloads.length === 1 ? [] : [paint('strong', sums, terminal)]
  const exact = addsUp(workloads, result) ? [] : [ROUNDED]
  return [paint('faint', originWords(prices), terminal), ...sheets, ...counted, [...total, ...exact].join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

const ROUNDED = 'Each amount is rounded by itself, so that those shown may differ from their sum by a few cents.'

/** Whether what is shown comes to what is shown as its sum. */
function addsUp(workloads: readonly EstimatedWorkload[], result: EstimateResult): boolean {
  const sheets = workloads.every(({lines, month, once}) => isSum(lines.flatMap(costOf), [...month, ...once]))
  return (
    sheets &&
    isSum(
      workloads.flatMap(({month}) => month),
      result.month,
    ) &&
    isSum(
      workloads.flatMap(({once}) => once),
      result.once,
    )
  )
}

/** `$120.00 a month, $40.00 once, $1,480.00 in the first year`. */
function totalWords(
  {complete, month, once, year}: Pick<EstimateResult, 'complete' | 'month' | 'once' | 'year'>,
  grows: boolean,
): string {
  if (month.length === 0) return complete ? 'nothing is billed' : 'not known'
  const stated = `${moneyWords(month)} a month${grows ? ' as stated' : ''}`
  return once.length === 0
    ? `${stated}, ${moneyWords(year)} a year`
    : `${stated}, ${moneyWords(once)} once, ${moneyWords(year)} in the first year`
}

/** ` (months from $5,391.00 to $12,350.00)`: of a growth or profile, in one currency. */
function monthsWords({months}: EstimatedWorkload): string {
  const amounts = (months ?? []).flatMap((month) => (month.length === 1 ? month : []))
  const sorted = amounts.toSorted((a, b) => a.amount - b.amount)
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (least === undefined || most === undefined || amounts.length < (months?.length ?? 0)) return ''
  return ` (months from ${moneyWords([least])} to ${moneyWords([most])})`
}

/** `Tokens: 1,240 in (1,180 to 1,300), counted by the model in 50 of 412 prompts: $90.00 to $110.00 a month.` */
function countedWords(counted: CountedTokens): string {
  const {counted: prompts, inputTokens, method, month, outputTokens, partsNotCounted, samples, source, why} = counted
  const spread = ({high, low, mean}: TokenSpread) =>
    `${formatCount(Math.round(mean))}${low === high ? '' : ` (${formatCount(Math.round(low))} to ${formatCount(Math.round(high))})`}`
  const [least, most] = [moneyWords(month.low), moneyWords(month.high)]
  const out = outputTokens === null ? '' : `, ${spread(outputTokens)} out`
  const how = method === 'count-tokens' ? 'counted by the model' : `estimated from characters (${source})`
  return [
    `Tokens: ${spread(inputTokens)} in${out}, ${how} in ${prompts} of ${plural(samples, 'prompt')}:`,
    `${least === most ? least : `${least} to ${most}`} a month.`,
    ...(partsNotCounted === 0 ? [] : [`${plural(partsNotCounted, 'part')} that are no text were left out.`]),
    ...(why === null ? [] : [why]),
  ].join(' ')
}

/** Lines of models, one each. */
function modelsOf(lines: readonly EstimateLine[]): readonly EstimateLine[] {
  const models = lines.filter(({modelId}) => !Object.hasOwn(BILLED_SERVICES, modelId))
  return [...new Map(models.map((line) => [line.modelId, line])).values()]
}

/** What is called and how; of several models only the kind, as the lines name them. */
function howWords({kind, lines}: EstimatedWorkload): string {
  const models = modelsOf(lines)
  const [first = lines[0]] = models
  if (models.length > 1 || !first) return [kind, ...new Set(lines.map(({region}) => region))].join(', ')
  return [first.modelId, first.region, first.route, first.tier].filter((word) => word !== null).join(', ')
}

/** `Cheaper: eu.amazon.nova-lite-v1:0, batch: −50 % ($1,102.00); answers within hours, none is streamed.` */
function cheaperWords({call, changes, month, saves, tier}: Cheaper, {unicode}: Terminal): string {
  const less = `${unicode ? '−' : '-'}${Number((saves * 100).toFixed(saves < 0.1 ? 1 : 0))} %`
  const how = tier === 'standard' ? call : `${call}, ${tier}`
  const but = changes.length === 0 ? '' : `; ${changes.join('; ')}`
  return `Cheaper: ${how}: ${less} (${moneyWords([month])})${but}.`
}

type Cheaper = EstimateResult['cheaper'][number]

async function renderWorkload(
  workload: EstimatedWorkload,
  cheaper: readonly Cheaper[],
  terminal: Terminal,
): Promise<string> {
  const {amplification, assumptions, complete, excluded, lines, months, name, perMillionTokens, perRequest} = workload
  const how = howWords(workload)
  const rates = [
    perRequest && `${moneyWords([perRequest])} a request`,
    perMillionTokens && `${moneyWords([perMillionTokens])} per 1M tokens`,
    amplification && `${formatCount(amplification)} tokens billed for each that users see`,
  ].filter((text) => text !== null)
  const say = (text: string) => wrapText(text, terminal.width)
  const total = `${totalWords(workload, months !== null)}${monthsWords(workload)}${complete ? '' : '   without what has no price'}`
  const table = () => renderTable(lines, sheetColumns(lines, modelsOf(lines).length > 1), terminal)
  return [
    ...say(how.startsWith(`${name}, `) ? how : `${sanitise(name)}   ${how}`).map((line) =>
      paint('strong', line, terminal),
    ),
    '',
    ...(lines.length === 0 ? ['Nothing is used, so that nothing is billed.'] : [await table(), '']),
    ...(lines.length === 0 ? [] : say(total).map((line) => paint('strong', line, terminal))),
    ...say(rates.join('   ')).filter((line) => line !== ''),
    ...cheaper.flatMap((choice) => say(cheaperWords(choice, terminal))),
    ...(assumptions.length === 0 ? [] : say(`Assumed: ${assumptions.join('; ')}.`)),
    ...(excluded.length === 0 ? [] : say(`Not included: ${excluded.join(', ')}.`)),
  ].join('\n')
}

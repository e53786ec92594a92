import {plural, sanitise} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {moneyWords, originWords} from '../cost-words.js'
import type {ActualResult, ActualRow, Reconciled} from './actual.schema.js'

const TITLES = {
  model: 'MODEL',
  principal: 'PRINCIPAL TAG',
  tag: 'TAG',
  profile: 'CALLED',
  region: 'REGION',
  tier: 'TIER',
} as const

const currencyOf = (purse: ActualRow['billed']) => purse?.map(({currency}) => currency).join(' ') ?? null
const numberOf = (purse: ActualRow['billed']) => (purse?.length === 1 ? (purse[0]?.amount ?? null) : null)

function columns({by}: ActualResult): readonly Column<ActualRow>[] {
  return [
    {
      key: by,
      title: TITLES[by],
      value: ({key}) => key,
      text: ({key, name}) => (name === null ? key : `${name} ${key.replace(/^.*\//, '')}`),
      weight: 0,
    },
    ...(by === 'profile' ? [{key: 'name', title: 'NAME', value: ({name}: ActualRow) => name, weight: 9}] : []),
    {
      key: 'tokens',
      title: 'TOKENS',
      value: ({tokens}) => tokens,
      text: ({tokens}) => (tokens === null ? '' : formatCount(tokens)),
      align: 'right',
      weight: 1,
    },
    {
      key: 'metrics',
      title: 'BY METRICS',
      value: ({metrics}) => numberOf(metrics),
      text: ({metrics, tokens}) => (metrics === null ? (tokens === null ? '' : '?') : moneyOrZero(metrics)),
      align: 'right',
      weight: 0,
    },
    {
      key: 'billed',
      title: 'BILLED',
      value: ({billed}) => numberOf(billed),
      text: ({billed}) => (billed === null ? '?' : moneyOrZero(billed)),
      align: 'right',
      weight: 0,
    },
    {
      key: 'currency',
      title: 'CURRENCY',
      value: ({billed, metrics}) => currencyOf(billed) ?? currencyOf(metrics),
      weight: 9,
    },
  ]
}

function moneyOrZero(purse: NonNullable<ActualRow['billed']>): string {
  return purse.length === 0 ? '$0.00' : moneyWords(purse)
}

/** Columns for people: those that a terminal does without are left out of the text. */
const SPARE = new Set(['currency', 'name'])

export const actualView: View<ActualResult, ActualRow> = {
  rows: ({rows}) => rows,
  columns,
  text: renderActual,
}

async function renderActual(result: ActualResult, terminal: Terminal): Promise<string> {
  const say = (text: string) => wrapText(text, terminal.width)
  const faint = (lines: readonly string[]) => lines.map((line) => paint('faint', line, terminal))
  const shown = columns(result).filter(({key}) => !SPARE.has(key) && isRead(key, result))
  const heading = `Amazon Bedrock, account ${result.account}, ${result.from} until ${lastDay(result)}`
  const sections: readonly (readonly string[])[] = [
    [...say(heading).map((line) => paint('strong', line, terminal)), ...faint(originsOf(result).flatMap(say))],
    [result.rows.length === 0 ? withoutRows(result) : await renderTable(result.rows, shown, terminal)],
    totals(result, terminal),
    reconciliation(result, terminal),
    forecastLines(result, terminal),
    tagLines(result, say),
    leftOver(result, say),
    faint(result.notes.flatMap(say)),
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** What could not be read is not nothing. */
function withoutRows({billed, metrics}: ActualResult): string {
  const read = [...(billed === null ? [] : ['the bill']), ...(metrics === null ? [] : ['the metrics'])]
  return read.length === 0 ? 'What was spent is not known.' : `Nothing in ${read.join(' and ')} of these days.`
}

function isRead(key: string, {billed, metrics}: ActualResult): boolean {
  if (key === 'billed') return billed !== null
  return key === 'tokens' || key === 'metrics' ? metrics !== null : true
}

function lastDay({to}: ActualResult): string {
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10)
}

function originsOf({prices, regions, requests}: ActualResult): readonly string[] {
  const parts = [
    ...(regions.length === 0 ? [] : [`metrics: CloudWatch of ${regions.join(', ')}`]),
    ...(prices === null ? [] : [originWords(prices)]),
    ...(requests.count === 0
      ? []
      : [`bill: Cost Explorer, ${plural(requests.count, 'request')} charged ${formatMoney(requests.usd, 'USD')}`]),
  ]
  return parts.length === 0 ? [] : [parts.join('   ')]
}

function totals({adjustments, billed, metrics, rows}: ActualResult, terminal: Terminal): readonly string[] {
  if (rows.length === 0) return []
  const parts = [
    ...(billed === null ? [] : [`Billed ${moneyWords(billed)}`]),
    ...(metrics === null ? [] : [`tokens by metrics ${moneyWords(metrics)}`]),
    ...adjustments.map(({recordType, ...money}) => `${sanitise(recordType)} ${moneyWords([money])}`),
  ]
  return parts.length === 0 ? [] : [paint('strong', parts.join('   '), terminal)]
}

function reconciliation({reconciliation: all}: ActualResult, terminal: Terminal): readonly string[] {
  const differing = all.filter(({difference}) => Math.abs(difference) >= 0.005)
  if (all.length === 0) return []
  if (differing.length === 0) return ['Metrics and bill agree for every model.']
  const indent = (text: string, by: number) =>
    wrapText(text, terminal.width - by - 2).map((line, at) => `${' '.repeat(at === 0 ? by : by + 2)}${line}`)
  const late = differing.filter(isLateAlone)
  const others = differing.filter((one) => !isLateAlone(one))
  return [
    paint('strong', 'Billed, less metrics', terminal),
    ...others.flatMap((one) => [
      ...indent(`${signed(one.difference, one.currency)}  ${one.modelId} ${one.region}`, 2),
      ...one.reasons.flatMap(({amount, text}) => indent(`${signed(amount, one.currency)}  ${text}`, 6)),
      ...(one.unexplained === 0
        ? []
        : indent(`${signed(one.unexplained, one.currency)}  unexplained`, 6).map((line) =>
            paint('warn', line, terminal),
          )),
    ]),
    ...[...new Set(late.map(({currency}) => currency))].flatMap((currency) => {
      const same = late.filter((one) => one.currency === currency)
      const sum = same.reduce((total, {difference}) => total + difference, 0)
      const models = [...new Set(same.map(({modelId}) => modelId))].join(', ')
      return indent(`${signed(sum, currency)}  ${same[0]?.reasons[0]?.text}: ${models}`, 2)
    }),
  ]
}

/** The bill is behind, and nothing else differs. */
function isLateAlone({reasons, unexplained}: Reconciled): boolean {
  return unexplained === 0 && reasons.length === 1 && reasons[0]?.kind === 'delay'
}

function signed(amount: number, currency: string): string {
  return `${amount > 0 ? '+' : ''}${formatMoney(amount, currency)}`
}

function forecastLines({forecasts, gate}: ActualResult, terminal: Terminal): readonly string[] {
  const say = (text: string) => wrapText(text, terminal.width)
  const lines = forecasts.flatMap(({source, how, soFar, month, low, high}) => {
    const range =
      low === null || high === null
        ? ''
        : ` (${formatMoney(low, month.currency)} to ${formatMoney(high, month.currency)})`
    const name = source === 'cost-explorer' ? 'Cost Explorer' : 'metrics, straight line'
    return [
      ...say(`Month, ${name}: ${moneyWords([soFar])} so far, ${moneyWords([month])} in all${range}`),
      ...say(how).map((line) => paint('faint', line, terminal)),
    ]
  })
  const verdict = gate
    ? [
        ...say(
          `${gate.passed ? 'PASS' : 'FAIL'}  ${gate.requirement}${gate.passed ? '' : `: ${gate.failures.join('; ')}`}`,
        ).map((line) => paint(gate.passed ? 'good' : 'bad', line, terminal)),
      ]
    : []
  return [...lines, ...verdict]
}

const MOST_NAMED = 5

function tagLines({activeTags, untagged}: ActualResult, say: (text: string) => string[]): readonly string[] {
  if (untagged === null) {
    const keys = activeTags ?? []
    if (keys.length < 2) return []
    return [...say(`Tags activated: ${keys.map(sanitise).join(', ')}; --tag KEY tells what is without one.`)]
  }
  const {active, billed, profiles, share, systemIds, tag} = untagged
  const name = sanitise(tag)
  const how =
    share === null ? '' : `${(share * 100).toLocaleString('en-US', {maximumFractionDigits: 1})} % of what was billed`
  const amount = billed.length === 0 ? '' : `${how === '' ? '' : ', '}${moneyWords(billed)}`
  return [
    ...say(`Without the tag ${name}: ${how === '' && amount === '' ? 'nothing that was billed' : `${how}${amount}`}`),
    ...(active === false ? say(`${name} is not activated for cost allocation: nothing shows under it.`) : []),
    ...(profiles.length === 0 ? [] : say(`Called, and lacking it: ${named(profiles)}`)),
    ...(systemIds.length === 0 ? [] : say(`Ids of AWS, which carry no tags: ${named(systemIds)}`)),
  ]
}

function named(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : ''
  return `${ids.slice(0, MOST_NAMED).map(sanitise).join(', ')}${more}`
}

function leftOver({undecoded, unpriced}: ActualResult, say: (text: string) => string[]): readonly string[] {
  const lines = [
    ...undecoded.map(
      ({service, usageType, ...money}) =>
        `Not decoded: ${sanitise(service)} ${sanitise(usageType)} ${moneyWords([money])}`,
    ),
    ...unpricedLines(unpriced),
  ]
  return lines.flatMap(say)
}

/** A line for each id and reason; JSON has the kinds of tokens apart. */
function unpricedLines(unpriced: ActualResult['unpriced']): readonly string[] {
  const sums = new Map<string, number>()
  for (const {called, region, tokens, why} of unpriced) {
    const line = `${sanitise(called.replace(/^.*\//, ''))} in ${region}: ${why}`
    sums.set(line, (sums.get(line) ?? 0) + tokens)
  }
  return [...sums].map(([line, tokens]) => `Not priced: ${formatCount(tokens)} tokens of ${line}`)
}

import {plural, sanitise} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {moneyWords, originWords} from '../cost-words.js'
import type {ActualResult, ActualRow} from './actual.schema.js'
import {reconciliation} from './render-reconciliation.js'
import {forecastLines, leftOver, tagLines} from './render-remarks.js'

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

const MOST_REGIONS = 5

function originsOf({prices, regions, requests}: ActualResult): readonly string[] {
  const parts = [
    ...(regions.length === 0
      ? []
      : [
          `metrics: CloudWatch of ${regions.length > MOST_REGIONS ? plural(regions.length, 'Region') : regions.join(', ')}`,
        ]),
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
    ...(metrics === null ? [] : [`${billed === null ? 'Tokens' : 'tokens'} by metrics ${moneyWords(metrics)}`]),
    ...adjustments.map(({recordType, ...money}) => `${sanitise(recordType)} ${moneyWords([money])}`),
  ]
  return parts.length === 0 ? [] : [paint('strong', parts.join('   '), terminal)]
}

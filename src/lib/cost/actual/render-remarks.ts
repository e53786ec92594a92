import {sanitise} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import {moneyWords} from '../cost-words.js'
import type {ActualResult, Untagged} from './actual.schema.js'

/** What this month comes to, and the verdict on the budget. */
export function forecastLines({forecasts, gate}: ActualResult, terminal: Terminal): readonly string[] {
  const say = (text: string) => wrapText(text, terminal.width)
  const lines = forecasts.flatMap(({source, how, soFar, month, low, high}) => {
    const range =
      low === null || high === null || month === null
        ? ''
        : ` (${formatMoney(low, month.currency)} to ${formatMoney(high, month.currency)})`
    const name = source === 'cost-explorer' ? 'Cost Explorer' : 'metrics, straight line'
    return [
      ...say(
        `Month, ${name}: ${moneyWords([soFar])} so far, ${month === null ? 'the whole month is not known' : `${moneyWords([month])} in all${range}`}`,
      ),
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

/** Who is without the tag; which tags there are where none was chosen. */
export function tagLines({activeTags, untagged}: ActualResult, say: (text: string) => string[]): readonly string[] {
  if (untagged === null) {
    const keys = activeTags ?? []
    if (keys.length < 2) return []
    return say(`Tags activated: ${keys.map(sanitise).join(', ')}; --tag KEY tells what is without one.`)
  }
  const {active, profiles, systemIds, tag} = untagged
  const lines = [
    ...withoutTag(untagged),
    ...(active === false ? [`${sanitise(tag)} is not activated for cost allocation: nothing shows under it.`] : []),
    ...(profiles.length === 0 ? [] : [`Called, and lacking it: ${named(profiles)}`]),
    ...(systemIds.length === 0 ? [] : [`Ids of AWS, which carry no tags: ${named(systemIds)}`]),
  ]
  return lines.flatMap(say)
}

function withoutTag({billed, share, tag}: Untagged): readonly string[] {
  if (billed === null) return []
  const percent = (share ?? 0) * 100
  const parts = [
    ...(share === null ? [] : [`${percent.toLocaleString('en-US', {maximumFractionDigits: 1})} % of what was billed`]),
    ...(billed.length === 0 ? [] : [moneyWords(billed)]),
  ]
  return [`Without the tag ${sanitise(tag)}: ${parts.join(', ') || 'nothing that was billed'}`]
}

function named(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : ''
  return `${ids.slice(0, MOST_NAMED).map(sanitise).join(', ')}${more}`
}

/** What is on the bill or was counted, and could not be understood or priced. */
export function leftOver({undecoded, unpriced}: ActualResult, say: (text: string) => string[]): readonly string[] {
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

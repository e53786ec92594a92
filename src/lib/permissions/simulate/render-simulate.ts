import {plural, sanitise} from '../../core/text.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {LegVerdict, Outcome} from '../call/call.schema.js'
import {causeWords, decisive, gapWords, layerWords, outcomeWord, reasonWords} from '../call/leg-words.js'
import {targetWords} from '../call/target-words.js'
import type {AwsCheck, IamSimulate} from './simulate.schema.js'

const COLUMNS: readonly Column<LegVerdict>[] = [
  {key: 'leg', title: 'LEG', value: ({name}) => name},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome},
  {key: 'denial', title: 'DENIAL', value: ({denial}) => denial},
  {key: 'actor', title: 'ACTOR', value: ({actor}) => actor},
  {key: 'action', title: 'ACTION', value: ({action}) => action},
  {key: 'resource', title: 'RESOURCE', value: ({resource}) => resource},
  {key: 'layer', title: 'LAYER', value: (leg) => decisive(leg)?.layer ?? null},
  {key: 'level', title: 'LEVEL', value: (leg) => decisive(leg)?.level ?? null},
  {key: 'policy', title: 'POLICY', value: (leg) => decisive(leg)?.policy ?? null},
  {key: 'statement', title: 'STATEMENT', value: (leg) => decisive(leg)?.statement ?? null},
  {key: 'doubt', title: 'DOUBT', value: ({doubt}) => doubt},
  {key: 'remedies', title: 'REMEDIES', value: ({remedies}) => remedies.join(' ')},
]

export const iamSimulateView: View<IamSimulate, LegVerdict> = {
  rows: ({legs}) => legs,
  columns: () => COLUMNS,
  text: renderSimulate,
}

const MEANINGS: Readonly<Record<Outcome, Meaning>> = {ALLOW: 'good', DENY: 'bad', UNKNOWN: 'warn'}

async function renderSimulate(result: IamSimulate, terminal: Terminal): Promise<string> {
  const {legs, notes, verification} = result
  const open = legs.filter(({outcome}) => outcome !== 'ALLOW')
  const parts = [
    head(result, terminal),
    (await renderTable(legs, TABLE, terminal)).split('\n'),
    ...groupAlike(open).map((alike) => legLines(alike, terminal)),
    ...inertLines(legs, terminal),
    ...(verification === null ? [] : [verificationLines(verification, terminal)]),
    ...notes.map((note) => wrapped(note, terminal)),
  ]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}

const TABLE: readonly Column<LegVerdict>[] = [
  {key: 'leg', title: 'LEG', value: ({name}) => name},
  {
    key: 'verdict',
    title: 'VERDICT',
    value: ({outcome}) => outcome,
    text: ({outcome}, terminal) => paint(MEANINGS[outcome], outcomeWord(outcome), terminal),
  },
  {key: 'decided-by', title: 'DECIDED BY', value: (leg) => reasonWords(leg), weight: 0},
]

function head(result: IamSimulate, terminal: Terminal): readonly string[] {
  const {outcome, principal, call, legs, takenAt} = result
  const words = [
    call.workload === 'invoke' ? 'call' : call.workload === 'batch' ? 'batch job' : 'call on Mantle',
    ...(call.streaming ? ['streamed'] : []),
    ...(call.guardrail ? [`guardrail ${call.guardrail.id}:${call.guardrail.version}`] : []),
    ...(call.endpoint ? [`through ${call.endpoint}`] : []),
    ...(call.apiKey ? [call.apiKey === 'LONG_TERM' ? 'long-term API key' : 'short-term API key'] : []),
    ...(call.role ? [`role ${call.role.slice(call.role.lastIndexOf('/') + 1)}`] : []),
  ]
  const counts = (['ALLOW', 'DENY', 'UNKNOWN'] as const).flatMap((one) => {
    const count = legs.filter((leg) => leg.outcome === one).length
    return count === 0 ? [] : [`${count} ${COUNTED[one]}`]
  })
  const linked = principal.serviceLinked ? ' (service-linked)' : ''
  return [
    `${paint(MEANINGS[outcome], outcome, terminal)}  ${sanitise(principal.kind)} ${paint('strong', sanitise(principal.name), terminal)}${linked} from ${call.from}`,
    ...wrapped(`${targetWords(call)}`, terminal, '      '),
    ...wrapped(
      `${words.join(', ')}; ${plural(legs.length, 'leg')}: ${counts.join(', ')}; policies read ${takenAt}`,
      terminal,
      '      ',
    ),
  ]
}

const COUNTED: Readonly<Record<Outcome, string>> = {ALLOW: 'allowed', DENY: 'denied', UNKNOWN: 'not known'}

/** Legs with one cause are told together. */
function groupAlike(legs: readonly LegVerdict[]): readonly (readonly LegVerdict[])[] {
  const groups = new Map<string, LegVerdict[]>()
  for (const leg of legs) {
    const {outcome, denial, reasons, gaps, doubt, remedies, action} = leg
    const key = JSON.stringify([outcome, denial, reasons, gaps, doubt, remedies, action])
    groups.set(key, [...(groups.get(key) ?? []), leg])
  }
  return [...groups.values()]
}

function legLines(alike: readonly LegVerdict[], terminal: Terminal): readonly string[] {
  const [leg] = alike
  if (leg === undefined) return []
  const {outcome, denial, action, reasons, gaps, nearMisses, doubt, remedies} = leg
  const kind = denial === 'explicit' ? 'denied by a statement' : denial === 'implicit' ? 'not allowed' : 'not known'
  const name = alike.length === 1 ? leg.name : `${alike.length} legs`
  const asked = action === null ? [] : [action, ...alike.map(({resource}) => resource ?? '')]
  const open = [...gaps.map(gapWords), ...(doubt ? [doubt] : [])]
  const misses = nearMisses.map((miss) => `${layerWords(miss)}: ${MISSES[miss.failed]} ${miss.subject}`)
  return [
    `${paint(MEANINGS[outcome], outcomeWord(outcome), terminal)}  ${paint('strong', sanitise(name), terminal)}, ${kind}`,
    ...entry('asked', asked, terminal),
    ...entry('because', [...new Set(reasons.map((reason) => causeWords(reason)))], terminal),
    ...entry('open', [...new Set(open)], terminal),
    ...entry('almost', outcome === 'DENY' ? [...new Set(misses)].slice(0, SHOWN) : [], terminal),
    ...entry('to close', remedies, terminal),
  ]
}

/** As many near misses are told; the JSON answer holds all. */
const SHOWN = 4
const MISSES = {resource: 'only for', principal: 'only for', condition: 'fails on'} as const

function inertLines(legs: readonly LegVerdict[], terminal: Terminal): (readonly string[])[] {
  const places = [...new Set(legs.flatMap(({inert}) => inert.map((place) => layerWords(place))))]
  if (places.length === 0) return []
  return [[...entry('no effect', places, terminal)]]
}

function verificationLines(checks: readonly AwsCheck[], terminal: Terminal): readonly string[] {
  return [
    paint('strong', 'iam:SimulatePrincipalPolicy on the same legs', terminal),
    ...checks.flatMap((check) => wrapped(`${check.leg}: ${checkWords(check)}`, terminal, '  ')),
  ]
}

function checkWords({asked, aws, own, agrees, notCompared}: AwsCheck): string {
  if (!asked) return `not asked, ${notCompared.join(', ')}`
  const left = notCompared.length === 0 ? '' : ` (leaves out ${notCompared.join(', ')})`
  if (aws === null) return `not answered${left}`
  const agreement = agrees === null ? 'not comparable' : agrees ? 'agrees' : 'DIFFERS'
  return `${aws}, identity and boundary here ${own}: ${agreement}${left}`
}

const LABEL = 10

function entry(label: string, texts: readonly string[], terminal: Terminal): readonly string[] {
  return texts
    .flatMap((text) => wrapText(sanitise(text), Math.max(20, terminal.width - LABEL - 2)))
    .map((line, index) => `  ${paint('faint', (index === 0 ? label : '').padEnd(LABEL), terminal)}${line}`)
}

function wrapped(text: string, terminal: Terminal, indent = ''): readonly string[] {
  return wrapText(sanitise(text), Math.max(20, terminal.width - indent.length)).map((line) => `${indent}${line}`)
}

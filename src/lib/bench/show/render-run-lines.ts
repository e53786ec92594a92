import {formatMoney} from '../../output/money.js'
import {cleanCell} from '../../output/paint-codes.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {widthOf, wrapText} from '../../output/wrap.js'
import type {RunSummary} from '../metrics/summary.schema.js'
import {
  checkWords,
  deviceWords,
  energyWords,
  exceptWords,
  priceWords,
  searchWords,
  toldReasons,
  VERDICT_WORDS,
} from './run-words.js'

const VERDICT_TONE = {usable: 'good', 'usable-with-warnings': 'warn', 'not-usable': 'bad'} as const

/** Whether the numbers can be used, and why not: before any number. */
export function verdictLines(summary: RunSummary, terminal: Terminal): readonly string[] {
  const {ended, endedWhy, verdict} = summary
  const partial = ended === 'partial' ? [`partial: ${endedWhy ?? 'it was stopped'}`] : []
  return [
    ...wrapText(`${VERDICT_WORDS[verdict.kind]}${cleanCell(exceptWords(summary), false)}`, terminal.width).map((line) =>
      paint(VERDICT_TONE[verdict.kind], line, terminal),
    ),
    ...partial.flatMap((text) => hanging('stopped', text, terminal, 'warn')),
    ...toldReasons(summary).flatMap((reason) => [
      ...hanging(reason.severity, reason.text, terminal, reason.severity === 'error' ? 'bad' : 'warn'),
      ...(reason.hint === null || !terminal.interactive ? [] : hanging('', reason.hint, terminal)),
    ]),
  ]
}

/** The levels that a search was for. */
export function foundLines(summary: RunSummary, terminal: Terminal): readonly string[] {
  return searchWords(summary).flatMap((text) => hanging('found', text, terminal))
}

/** PASS and FAIL of what was asserted. */
export function assertLines({asserts}: RunSummary, terminal: Terminal): readonly string[] {
  return asserts.flatMap(({met, note, text, unit, value}) => {
    const measured = value === null ? 'nothing to measure' : `${Number(value.toPrecision(4))} ${unit}`.trim()
    return hanging(
      met ? 'PASS' : 'FAIL',
      `${text}: ${measured}${note === null ? '' : ` (${note})`}`,
      terminal,
      met ? 'good' : 'bad',
    )
  })
}

/** What failed, in the words of the servers. */
export function failureLines(summary: RunSummary, terminal: Terminal): readonly string[] {
  const seen = new Map<string, {name: string; count: number; text: string}>()
  for (const cell of summary.cells) {
    const name = summary.targets[cell.target]?.name ?? ''
    for (const {count, detail, error, status} of cell.failures) {
      const text = `${error}${status > 0 ? ` (${status})` : ''}${detail === '' ? '' : `: ${detail}`}`
      const known = seen.get(`${name} ${text}`)
      seen.set(`${name} ${text}`, {name, count: (known?.count ?? 0) + count, text})
    }
  }
  const all = [...seen.values()].toSorted((left, right) => right.count - left.count)
  const shown = all.slice(0, MOST_FAILURES)
  return [
    ...shown.flatMap(({count, name, text}) =>
      hanging(`${count.toLocaleString('en-US')} ×`, `${name}: ${text}`, terminal),
    ),
    ...(all.length > shown.length ? [`  ${all.length - shown.length} more kinds of failure`] : []),
  ]
}

const MOST_FAILURES = 8

/** Prices, devices, the client itself: a line each, with what it is about. */
export function factLines(summary: RunSummary, terminal: Terminal): readonly string[] {
  const line = (label: string, text: string) => hanging(label, text, terminal)
  const spent = summary.cells.reduce((sum, {price}) => sum + (price?.usd ?? 0), 0)
  return [
    ...(summary.cells.some(({price}) => price !== null)
      ? line('cost', `${formatMoney(spent, 'USD')} in all, warm-up included`)
      : []),
    ...priceWords(summary).flatMap((text) => line('price', text)),
    ...summary.telemetry.flatMap((device) => line('device', deviceWords(device))),
    ...energyWords(summary).flatMap((text) => line('energy', text)),
    ...line('client', checkWords(summary)),
  ]
}

/** What was run, and where it is. */
export function originLines(summary: RunSummary, terminal: Terminal): readonly string[] {
  const {data, environment, exclusions, id, imported, name, seed, shards, startedAt, tool} = summary
  const line = (label: string, text: string) => hanging(label, text, terminal)
  return [
    ...line('run', [id, ...(name === null ? [] : [name]), startedAt, tool].join(', ')),
    ...(imported
      ? line(
          'from',
          `${imported.tool}${imported.version === null ? '' : ` ${imported.version}`}: its definitions, not those of bedrockctl`,
        )
      : []),
    ...line('data', `${data}, seed ${seed}`),
    ...(shards.length > 1 ? line('shards', `${shards.length} of ${shards[0]?.of ?? shards.length}`) : []),
    ...(environment.cpus === 0
      ? []
      : line('on', `${environment.cpus} × ${environment.cpuModel}, ${environment.os}, Node ${environment.node}`)),
    ...(exclusions.length > 0 ? line('without', exclusions.join(', ')) : []),
  ]
}

const LABEL = 11

/** A word, and text that wraps beside it. */
export function hanging(label: string, text: string, terminal: Terminal, tone?: Meaning): readonly string[] {
  const gutter = Math.max(LABEL, widthOf(label) + 4)
  const lines = wrapText(cleanCell(text, false), Math.max(20, terminal.width - gutter))
  const head = `  ${tone ? paint(tone, label, terminal) : paint('faint', label, terminal)}`
  const blank = ' '.repeat(gutter - 2 - widthOf(label))
  return lines.map((line, index) => (index === 0 ? `${head}${blank}${line}` : ' '.repeat(gutter) + line))
}

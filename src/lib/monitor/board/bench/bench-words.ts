import {plural} from '../../../core/text.js'
import {formatMoney} from '../../../output/money.js'
import {barSpans} from '../../progress-spans.js'
import {showElapsed, showMs} from '../../quantities.js'
import type {SpanLine, Tone} from '../../span.js'
import {toWidth} from '../../text-width.js'
import {allRows} from '../data.js'
import type {BoardFacts} from '../state.js'
import type {Room} from '../view.js'
import type {BenchLevel, BenchRow} from './bench.schema.js'

const VERDICTS: Readonly<Record<string, string>> = {
  ...{usable: 'usable', 'usable-with-warnings': 'with warnings', 'not-usable': 'not usable'},
}
const STATES: Readonly<Record<string, Tone>> = {
  ...{running: 'good', complete: 'good', partial: 'warn', unfinished: 'warn', unreadable: 'bad'},
}

export function allRuns({data}: BoardFacts): readonly BenchRow[] {
  return allRows(data.bench)
}

export function stateTone(state: string): Tone | undefined {
  return STATES[state]
}

/** `usable`, `with warnings`; why a run cannot be read, as it is. */
export function verdictWord({verdict}: BenchRow): string {
  return verdict === null ? '-' : (VERDICTS[verdict] ?? verdict)
}

export function countWord(count: number | null): string {
  return count === null ? '-' : Math.round(count).toLocaleString('en-US')
}

/** `41.2`, `6,104`. */
export function rateWord(rate: number | null): string {
  if (rate === null) return '-'
  return rate.toLocaleString('en-US', {maximumFractionDigits: rate < 100 ? 1 : 0})
}

export function timesWord({ttftP50, ttftP99}: Pick<BenchRow, 'ttftP50' | 'ttftP99'>): string {
  return `${showMs(ttftP50 ?? undefined)} / ${showMs(ttftP99 ?? undefined)}`
}

export function costWord({usd}: BenchRow): string {
  return usd === null ? '-' : formatMoney(usd, 'USD')
}

/** Of a run that goes on the time left, of one that ended how long it took. */
export function lengthWord({endedAtMs, leftMs, live, startedAtMs}: BenchRow): string {
  if (live) return leftMs === null ? '-' : `${showElapsed(leftMs)} left`
  return startedAtMs === null || endedAtMs === null ? '-' : showElapsed(endedAtMs - startedAtMs)
}

/** How far a run is: of what it asked for where that is known. */
export function shareOf({asked, live, requests}: BenchRow): number | undefined {
  if (!live || asked === null || requests === null || asked === 0) return undefined
  return Math.min(0.99, requests / asked)
}

/** The run that goes on, in three lines; else how many there are. */
export function benchHead(state: BoardFacts, room: Room): readonly SpanLine[] {
  const runs = allRuns(state)
  const live = runs.filter((run) => run.live)
  if (live.length === 0)
    return runs.length === 0 ? [] : [[{text: plural(runs.length, 'run')}, {text: ', none under way', tone: 'faint'}]]
  return live.slice(0, 1).flatMap((run) => liveLines(run, room))
}

/** What a run does now, and how far it is. */
export function liveLines(run: BenchRow, room: Room): readonly SpanLine[] {
  const share = shareOf(run)
  const left = run.leftMs === null ? '' : `, ${lengthWord(run)}`
  const failed = run.failed ?? 0
  return [
    [
      {text: run.name === '' ? run.id : run.name, tone: 'strong'},
      {text: `  ${countWord(failed)} failed`, ...(failed > 0 && {tone: 'bad' as const})},
      {text: `  ${run.numbersOf ?? run.targets.join(', ')}`},
    ],
    [{text: `${rateWord(run.perSecond)}/s  TTFT ${timesWord(run)} ms  ${rateWord(run.tokensPerSecond)} tokens/s`}],
    share === undefined
      ? [{text: `${countWord(run.requests)} requests${left}`}]
      : barSpans(
          {share, text: `${countWord(run.requests)} of ${countWord(run.asked)} requests${left}`},
          room.columns,
          room,
        ),
  ]
}

const HEADS = ['LEVEL', 'REQUESTS', 'FAILED', 'REQ/S', 'TTFT P50 / P99', 'TOKENS/S'] as const

/** The levels of a run below one another, by target. */
export function levelLines({levels}: BenchRow, room: Room): readonly SpanLine[] {
  if (levels.length === 0) return []
  const rows = levels.map((level) => [nameOf(level), ...numbersOf(level)])
  const widths = HEADS.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const first = Math.max(10, room.columns - widths.slice(1).reduce((sum, width) => sum + width + 2, 0))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? toWidth(cell, Math.min(widths[0] ?? 0, first)) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
  return [
    [{text: line(HEADS), tone: 'faint'}],
    ...rows.map((row, at): SpanLine => {
      const failed = (levels[at]?.failed ?? 0) > 0 || levels[at]?.ended !== 'complete'
      return [{text: line(row), ...(failed && {tone: 'warn' as const})}]
    }),
  ]
}

function nameOf({ended, label, target}: BenchLevel): string {
  return `${target}, ${label}${ended === 'complete' ? '' : ` (${ended})`}`
}

function numbersOf(level: BenchLevel): readonly string[] {
  const {failed, perSecond, requests, tokensPerSecond} = level
  return [countWord(requests), countWord(failed), rateWord(perSecond), timesWord(level), rateWord(tokensPerSecond)]
}

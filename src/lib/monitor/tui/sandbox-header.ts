import {percentile} from '../percentile.js'
import {showCount, showDuration, showElapsed, showShare, sparkline} from '../quantities.js'
import {perSecond, ratePerSecond, WINDOW_SECONDS} from '../rate-window.js'
import {busiestServices} from '../sandbox/busiest.js'
import type {SandboxState} from '../sandbox/state.js'
import type {Look, Span, SpanLine} from '../span.js'
import {widthOf} from '../text-width.js'

/** What a sandbox is from its start to its end. */
export interface SandboxFacts {
  readonly url: string
  readonly scenario: string
  readonly clock: 'real' | 'fast' | 'manual'
  /** The command that points another shell at it. */
  readonly hint: string
}

/** A line of fewer seconds says nothing. */
const FEWEST_BARS = 10

/** What it is, how to use it, and how it goes: three lines, a fourth with the services when there is room. */
export function sandboxHeader(
  facts: SandboxFacts,
  state: SandboxState,
  {look, spacious}: {readonly look: Look; readonly spacious: boolean},
): readonly SpanLine[] {
  const lines: readonly SpanLine[] = [titleOf(facts, state), [{text: facts.hint, tone: 'id'}], countsOf(state, look)]
  return spacious ? [...lines, servicesOf(state)] : lines
}

function titleOf({url, scenario, clock}: SandboxFacts, {size, nowMs, startedAtMs, sandboxNowMs}: SandboxState) {
  const wide = size.columns >= 90
  const narrow = size.columns < 70
  const time = clock === 'real' ? '' : ` ${new Date(sandboxNowMs).toISOString().slice(5, 16).replace('T', ' ')}Z`
  return [
    {text: narrow ? 'simulated' : 'simulated AWS', tone: 'strong'},
    {text: `  ${url}`},
    {text: '  up ', tone: 'faint'},
    {text: showElapsed(nowMs - startedAtMs)},
    {text: wide ? '  scenario ' : '  ', tone: 'faint'},
    {text: scenario},
    {text: narrow ? '  ' : '  clock ', tone: 'faint'},
    {text: clock + time},
  ] as const satisfies readonly Span[]
}

function countsOf(state: SandboxState, look: Look): readonly Span[] {
  const {count, errors, window, nowMs, countedSinceMs, latencies, size} = state
  const spans: readonly Span[] = [
    {text: 'requests ', tone: 'faint'},
    {text: showCount(count), tone: 'strong'},
    {text: '  errors ', tone: 'faint'},
    {text: `${showCount(errors)} (${showShare(errors, count)})`, ...(errors > 0 ? {tone: 'bad'} : {})},
    {text: `  ${ratePerSecond(window, nowMs, countedSinceMs).toFixed(1)}/s`},
    {text: '  p50 / p99 ', tone: 'faint'},
    {text: `${showDuration(percentile(latencies, 0.5))} / ${showDuration(percentile(latencies, 0.99))}`},
  ]
  const room = size.columns - spans.reduce((sum, {text}) => sum + widthOf(text), 0) - 2
  if (!look.unicode || room < FEWEST_BARS) return spans
  const bars = sparkline(perSecond(window, nowMs, Math.min(room, WINDOW_SECONDS)))
  return [...spans, {text: `  ${bars}`, tone: 'id'}]
}

function servicesOf({operations}: SandboxState): readonly Span[] {
  return busiestServices(operations).flatMap(({service, count}, index) => [
    {text: `${index === 0 ? '' : '  '}${service} `, tone: 'faint' as const},
    {text: showCount(count)},
  ])
}

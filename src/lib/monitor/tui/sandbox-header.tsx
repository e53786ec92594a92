import {percentile} from '../percentile.js'
import {showCount, showElapsed, showMs, showShare, sparkline} from '../quantities.js'
import {perSecond, ratePerSecond} from '../rate-window.js'
import {busiestServices} from '../sandbox/busiest.js'
import type {SandboxState} from '../sandbox/state.js'
import {Line, type Look, type Span} from './line.js'

/** What a sandbox is from its start to its end. */
export interface SandboxFacts {
  readonly url: string
  readonly scenario: string
  readonly clock: 'real' | 'fast' | 'manual'
  /** The command that points another shell at it. */
  readonly hint: string
}

export interface SandboxHeaderProps {
  readonly facts: SandboxFacts
  readonly state: SandboxState
  readonly look: Look
  /** There is room for the line of services. */
  readonly spacious: boolean
}

const SPARK_FROM = 70
const SPARK_SECONDS = 20

/** What it is, how to use it, and how it goes: three lines, a fourth with the services when there is room. */
export function SandboxHeader({facts, state, look, spacious}: SandboxHeaderProps) {
  const {columns} = state.size
  const line = (spans: readonly Span[]) => <Line look={look} spans={spans} width={columns} />
  return (
    <>
      {line(titleOf(facts, state))}
      {line([{text: facts.hint, tone: 'id'}])}
      {line(countsOf(state, look))}
      {spacious && line(servicesOf(state))}
    </>
  )
}

function titleOf({url, scenario, clock}: SandboxFacts, {size, nowMs, startedAtMs, sandboxNowMs}: SandboxState) {
  const wide = size.columns >= 70
  const time = clock === 'real' ? '' : ` ${new Date(sandboxNowMs).toISOString().slice(0, 16).replace('T', ' ')}Z`
  return [
    {text: wide ? 'sandbox (simulated)' : 'sandbox', tone: 'strong'},
    {text: `  ${url}`},
    {text: '  up ', tone: 'faint'},
    {text: showElapsed(nowMs - startedAtMs)},
    {text: wide ? '  scenario ' : '  ', tone: 'faint'},
    {text: scenario},
    {text: wide ? '  clock ' : '  ', tone: 'faint'},
    {text: clock + time},
  ] as const satisfies readonly Span[]
}

function countsOf({count, errors, window, nowMs, countedSinceMs, latencies, size}: SandboxState, look: Look) {
  const spark = size.columns >= SPARK_FROM && look.unicode ? sparkline(perSecond(window, nowMs, SPARK_SECONDS)) : ''
  return [
    {text: 'requests ', tone: 'faint'},
    {text: showCount(count), tone: 'strong'},
    {text: '  errors ', tone: 'faint'},
    {text: `${showCount(errors)} (${showShare(errors, count)})`, ...(errors > 0 ? {tone: 'bad' as const} : {})},
    {text: `  ${ratePerSecond(window, nowMs, countedSinceMs).toFixed(1)}/s`},
    {text: spark === '' ? '' : ` ${spark}`, tone: 'id'},
    {text: '  p50 ', tone: 'faint'},
    {text: `${showMs(percentile(latencies, 0.5))} ms`},
    {text: '  p99 ', tone: 'faint'},
    {text: `${showMs(percentile(latencies, 0.99))} ms`},
  ] as const satisfies readonly Span[]
}

function servicesOf({operations}: SandboxState): readonly Span[] {
  return busiestServices(operations).flatMap(({service, count}, index) => [
    {text: `${index === 0 ? '' : '  '}${service} `, tone: 'faint' as const},
    {text: showCount(count)},
  ])
}

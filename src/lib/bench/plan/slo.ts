import {didYouMean} from '../../core/closest.js'
import {parseDurationMs} from '../../core/duration.js'

/** Objectives of a request: it is good when it meets all that are said. ms; null: none. */
export interface Slo {
  readonly ttftMs: number | null
  readonly tpotMs: number | null
  readonly e2eMs: number | null
  /** Of a preset. */
  readonly name: string | null
}

/** MLPerf Inference, server scenario: p99 of TTFT and TPOT in ms, and of its interactive variants. */
export const SLO_PRESETS: Readonly<Record<string, readonly [ttftMs: number, tpotMs: number]>> = {
  'llama2-70b': [2000, 200],
  'llama2-70b-interactive': [450, 40],
  'llama3.1-405b': [6000, 175],
  'llama3.1-405b-interactive': [4500, 80],
  'llama3.1-8b': [2000, 100],
  'llama3.1-8b-interactive': [500, 30],
  'deepseek-r1': [2000, 80],
  'deepseek-r1-interactive': [1500, 15],
  'gpt-oss-120b': [3000, 80],
  'gpt-oss-120b-interactive': [2000, 15],
  mixtral: [2000, 200],
}

const METRICS = {ttft: 'ttftMs', tpot: 'tpotMs', e2e: 'e2eMs'} as const

/** `ttft:500,tpot:40,e2e:5s` (ms unless a unit is given), or the name of a preset; a text that is wrong says what is. */
export function parseSlo(text: string): Slo | {readonly wrong: string} {
  const name = text.trim()
  const preset = Object.hasOwn(SLO_PRESETS, name) ? SLO_PRESETS[name] : undefined
  if (preset !== undefined) return {ttftMs: preset[0], tpotMs: preset[1], e2eMs: null, name}
  let slo: Slo = {ttftMs: null, tpotMs: null, e2eMs: null, name: null}
  const parts = name.split(/[\s,]+/).filter((one) => one !== '')
  for (const part of parts) {
    const bound = parseBound(part)
    if ('wrong' in bound) return bound
    if (slo[bound.member] !== null) return {wrong: `${part}: bound twice`}
    slo = {...slo, [bound.member]: bound.ms}
  }
  return parts.length === 0 ? {wrong: unknown('')} : slo
}

function parseBound(
  part: string,
): {readonly member: 'ttftMs' | 'tpotMs' | 'e2eMs'; readonly ms: number} | {readonly wrong: string} {
  const [, metric = part, bound = ''] = /^([^:<=]+)(?::|<=?|=)(.*)$/.exec(part) ?? []
  if (!Object.hasOwn(METRICS, metric)) return {wrong: unknown(metric)}
  const ms = /^\d+(\.\d+)?$/.test(bound) ? Number(bound) : parseDurationMs(bound)
  if (ms === undefined || ms <= 0) return {wrong: `${metric} needs a bound such as ${metric}:500 (ms) or ${metric}:2s`}
  return {member: METRICS[metric as keyof typeof METRICS], ms}
}

function unknown(metric: string): string {
  const presets = Object.keys(SLO_PRESETS)
  const near = didYouMean(metric, [...Object.keys(METRICS), ...presets])
  const said = metric === '' ? 'it says no objective' : `“${metric}” is no objective`
  return `${said}; write ttft:500,tpot:40,e2e:5000, or one of ${presets.join(', ')}${near === undefined ? '' : `. ${near}`}`
}

import {isTree} from '../../core/is-tree.js'
import {GapRecorder} from '../samples/gaps.js'
import {
  type ImportedResult,
  type ImportedRow,
  memberOf,
  numberIn,
  type Problems,
  type Tree,
  textIn,
  toldDistribution,
  toMs,
} from './imported.js'
import {FAILED} from './vllm.js'

/** Whether a line is of AIPerf's `profile_export.jsonl`. */
export function isAiperfLine(tree: Tree): boolean {
  return isTree(tree['metadata']) && isTree(tree['metrics']) && 'request_start_ns' in tree['metadata']
}

/** Whether a document is a summary of AIPerf or GenAI-Perf: tags with units. */
export function isPerfSummary(tree: Tree): boolean {
  return ['time_to_first_token', 'request_latency'].some((tag) => textIn(memberOf(tree, `${tag}.unit`)) !== undefined)
}

/** Requests line by line; units are read, not assumed. */
export function readAiperfLines(lines: readonly unknown[], problems: Problems): ImportedResult {
  const gaps = new GapRecorder()
  const zero = Math.min(...lines.flatMap((line) => numberIn(memberOf(line, 'metadata.request_start_ns')) ?? []))
  return {
    tool: 'AIPerf',
    version: null,
    model: 'unknown',
    startedAt: Number.isFinite(zero) ? new Date(zero / 1e6).toISOString() : undefined,
    cells: [
      {
        level: {kind: 'replay', value: null, text: 'as AIPerf sent them'},
        rows: lines.map((line, at) => rowOf(line, at, zero, gaps, problems)),
        gaps: gaps.histogram(),
        told: undefined,
      },
    ],
    notes: ['What it calls inter-chunk latency is ICL here.'],
  }
}

function rowOf(line: unknown, at: number, zero: number, gaps: GapRecorder, problems: Problems): ImportedRow {
  const place = `line ${at + 1}`
  const start = problems.number(memberOf(line, 'metadata.request_start_ns'), `${place}: metadata.request_start_ns`)
  const timeOf = (name: string) => {
    const ns = numberIn(memberOf(line, `metadata.${name}`))
    return ns === undefined ? Number.NaN : (ns - zero) / 1e6
  }
  const sent = (start - zero) / 1e6
  const due = timeOf('credit_issued_ns')
  const phase = memberOf(line, 'metadata.benchmark_phase') === 'warmup' ? 1 : 0
  const asked = {k: at, sched: Number.isNaN(due) ? sent : due, sent, phase, end: timeOf('request_end_ns')}
  if (memberOf(line, 'metadata.was_cancelled') === true) return {...asked, flags: 8}
  if (isTree(memberOf(line, 'error'))) {
    return {...asked, error: FAILED, status: numberIn(memberOf(line, 'error.code')) ?? 0}
  }
  return {...asked, ...answerOf(line, sent, phase === 0 ? gaps : undefined)}
}

/** Of a request that was answered; its gaps are pooled unless it warmed up. */
function answerOf(line: unknown, sent: number, gaps: GapRecorder | undefined): ImportedRow {
  const metric = (tag: string) => memberOf(line, `metrics.${tag}.value`)
  const spanOf = (tag: string) => {
    const factor = toMs(memberOf(line, `metrics.${tag}.unit`))
    const value = numberIn(metric(tag))
    return factor === undefined || value === undefined ? undefined : value * factor
  }
  const chunks = metric('inter_chunk_latency')
  const factor = toMs(memberOf(line, 'metrics.inter_chunk_latency.unit')) ?? 1
  const own = Array.isArray(chunks) ? chunks.map((gap) => Math.max(0, Number(gap) * factor)) : []
  for (const gap of own) gaps?.add(gap)
  const first = sent + (spanOf('time_to_first_token') ?? Number.NaN)
  const visible = sent + (spanOf('time_to_first_output_token') ?? Number.NaN)
  const last = sent + (spanOf('request_latency') ?? Number.NaN)
  return {
    ...{first, visible, last, events: own.length + 1, status: 200},
    gapMax: own.length > 0 ? Math.max(...own) : Number.NaN,
    input: numberIn(metric('input_sequence_length')) ?? -1,
    output: numberIn(metric('output_sequence_length')) ?? -1,
  }
}

/** A summary without requests. */
export function readPerfSummary(tree: Tree): ImportedResult {
  const version = textIn(tree['aiperf_version']) ?? null
  const isAiperf = version !== null || textIn(tree['schema_version']) !== undefined
  const tag = (name: string, part = 'avg') => memberOf(tree, `${name}.${part}`)
  const ok = numberIn(tag('request_count')) ?? numberIn(tag('request_latency', 'count')) ?? 0
  const told = (name: string) => {
    const [mean, deviation, min, max] = ['avg', 'std', 'min', 'max'].map((part) => tag(name, part))
    return toldDistribution(
      {n: Math.max(1, ok), mean, deviation, min, max},
      (key) => tag(name, `p${key}`),
      toMs(tag(name, 'unit')) ?? 1,
    )
  }
  return {
    tool: isAiperf ? 'AIPerf' : 'GenAI-Perf',
    version,
    model: textIn(memberOf(tree, 'input_config.endpoint.model_names.0')) ?? 'unknown',
    startedAt: undefined,
    cells: [
      {
        level: {kind: 'replay', value: null, text: `as ${isAiperf ? 'AIPerf' : 'GenAI-Perf'} sent them`},
        rows: [],
        gaps: new GapRecorder().histogram(),
        told: {
          ok,
          bad: numberIn(tag('error_request_count')) ?? 0,
          seconds: numberIn(tag('benchmark_duration')),
          requestsPerSecond: numberIn(tag('request_throughput')),
          outputTokensPerSecond: numberIn(tag('output_token_throughput')),
          inputTokens: undefined,
          outputTokens: undefined,
          ttft: told('time_to_first_token'),
          tpot: told('inter_token_latency'),
          icl: told('inter_chunk_latency'),
          e2e: told('request_latency'),
        },
      },
    ],
    notes: ['Percentiles are those of the file.'],
  }
}

import {NO_GAPS} from '../samples/gaps.js'
import {
  type ImportedCell,
  type ImportedResult,
  type ImportedRow,
  memberOf,
  numberIn,
  Problems,
  type Tree,
  textIn,
  toldDistribution,
} from './imported.js'
import {FAILED} from './vllm.js'

const KEYS = {
  '1': 'p01',
  '5': 'p05',
  '10': 'p10',
  '25': 'p25',
  '50': 'p50',
  '75': 'p75',
  '90': 'p90',
  '95': 'p95',
  '99': 'p99',
  '99.9': 'p999',
} as const

/** Whether a document is guidellm's `benchmarks.json`. */
export function isGuidellm(tree: Tree): boolean {
  const [first] = Array.isArray(tree['benchmarks']) ? (tree['benchmarks'] as readonly unknown[]) : []
  return memberOf(first, 'metrics') !== undefined
}

/** Epoch seconds; a benchmark a cell. Requests may be a sample of those there were: then the file's own numbers are kept. */
export function readGuidellm(tree: Tree, problems: Problems): ImportedResult {
  const benchmarks = problems.list(tree['benchmarks'], 'benchmarks')
  const notes = [
    'Its time_per_output_token has the time to the first token in it: TPOT here is its inter_token_latency.',
  ]
  const cells = benchmarks.map((one) => cellOf(one, notes))
  const start = numberIn(memberOf(benchmarks[0], 'scheduler_metrics.start_time'))
  return {
    tool: 'guidellm',
    version: textIn(memberOf(tree, 'metadata.guidellm_version')) ?? null,
    model: textIn(memberOf(tree, 'args.model')) ?? textIn(memberOf(tree, 'config.model')) ?? 'unknown',
    startedAt: start === undefined ? undefined : new Date(start * 1000).toISOString(),
    cells,
    notes,
  }
}

function cellOf(benchmark: unknown, notes: string[]): ImportedCell {
  const strategy = memberOf(benchmark, 'config.strategy')
  const rate = numberIn(memberOf(strategy, 'rate'))
  const streams = numberIn(memberOf(strategy, 'streams')) ?? null
  const level: ImportedCell['level'] =
    rate === undefined
      ? {
          kind: 'concurrency',
          value: streams,
          text: streams === null ? (textIn(memberOf(strategy, 'type_')) ?? 'one after the other') : `${streams} users`,
        }
      : {kind: 'rate', value: rate, text: `${rate}/s`}
  const listOf = (kind: string): readonly unknown[] => {
    const found = memberOf(benchmark, `requests.${kind}`)
    return Array.isArray(found) ? found : []
  }
  const total = (kind: string) => numberIn(memberOf(benchmark, `metrics.request_totals.${kind}`)) ?? 0
  const [good, failed, cut] = [listOf('successful'), listOf('errored'), listOf('incomplete')]
  const complete = good.length > 0 && good.length >= total('successful')
  const rows = complete ? rowsOf(good, failed, cut) : undefined
  if (rows !== undefined) return {level, rows, gaps: NO_GAPS, told: undefined}
  if (good.length > 0)
    notes.push(
      `${level.text}: the file has ${good.length} of ${total('successful')} requests: its own numbers are kept.`,
    )
  const told = (name: string, factor = 1) => {
    const of = memberOf(benchmark, `metrics.${name}.successful`)
    const part = (key: string) => memberOf(of, key)
    const n = numberIn(part('count')) ?? 0
    const known = {n, mean: part('mean'), deviation: part('std_dev'), min: part('min'), max: part('max')}
    return toldDistribution(known, (key) => part(`percentiles.${KEYS[key]}`), factor)
  }
  const meanOf = (name: string) => numberIn(memberOf(benchmark, `metrics.${name}.successful.mean`))
  const sumOf = (name: string) => numberIn(memberOf(benchmark, `metrics.${name}.successful.total_sum`))
  return {
    level,
    rows: [],
    gaps: NO_GAPS,
    told: {
      ok: total('successful'),
      bad: total('errored'),
      seconds: undefined,
      requestsPerSecond: meanOf('requests_per_second'),
      outputTokensPerSecond: meanOf('output_tokens_per_second'),
      inputTokens: sumOf('prompt_token_count'),
      outputTokens: sumOf('output_token_count'),
      ttft: told('time_to_first_token_ms'),
      tpot: told('inter_token_latency_ms'),
      icl: null,
      e2e: told('request_latency', 1000),
    },
  }
}

/** undefined where a request lacks its times. */
function rowsOf(
  good: readonly unknown[],
  failed: readonly unknown[],
  cut: readonly unknown[],
): readonly ImportedRow[] | undefined {
  const problems = new Problems()
  const all = [...good, ...failed, ...cut]
  const start = (one: unknown) => numberIn(memberOf(one, 'info.timings.request_start'))
  const zero = Math.min(...all.flatMap((one) => start(one) ?? []))
  const rows = all.map((one, k): ImportedRow => {
    const at = (name: string) => {
      const seconds = numberIn(memberOf(one, `info.timings.${name}`))
      return seconds === undefined ? Number.NaN : (seconds - zero) * 1000
    }
    const sent = at('request_start')
    const due = at('targeted_start')
    const asked = {k, sched: Number.isNaN(due) ? sent : due, sent, end: at('request_end')}
    if (k >= good.length) return k < good.length + failed.length ? {...asked, error: FAILED} : {...asked, flags: 8}
    problems.number(start(one), 'request_start')
    return {
      ...asked,
      first: at('first_token_iteration'),
      last: at('last_token_iteration'),
      events: numberIn(memberOf(one, 'info.timings.token_iterations')) ?? 1,
      input: numberIn(memberOf(one, 'prompt_tokens')) ?? -1,
      output: numberIn(memberOf(one, 'output_tokens')) ?? -1,
      status: 200,
    }
  })
  return problems.lines.length > 0 ? undefined : rows
}

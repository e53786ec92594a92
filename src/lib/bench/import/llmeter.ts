import {distributionOf} from '../metrics/distribution.js'
import {NO_GAPS} from '../samples/gaps.js'
import {
  type ImportedResult,
  type ImportedRow,
  leastOf,
  memberOf,
  numberIn,
  type Problems,
  type Tree,
  textIn,
} from './imported.js'
import {FAILED} from './vllm.js'

/** Whether a line is of LLMeter's `responses.jsonl`. */
export function isLlmeterLine(tree: Tree): boolean {
  return 'time_to_last_token' in tree && 'num_tokens_output' in tree
}

/** Seconds from the start of each request; `summary` is its `summary.json`, where it lies beside the lines. */
export function readLlmeter(lines: readonly unknown[], summary: unknown, problems: Problems): ImportedResult {
  const rows = rowsOf(lines, problems)
  const users = numberIn(memberOf(summary, 'clients')) ?? null
  const level = {
    kind: 'concurrency',
    value: users,
    text: users === null ? 'as LLMeter sent them' : `${users} users`,
  } as const
  const common = {
    tool: 'LLMeter',
    version: null,
    model: textIn(memberOf(summary, 'model_id')) ?? 'unknown',
    startedAt: textIn(memberOf(summary, 'start_time')),
  }
  if (rows.every(({sent}) => !Number.isNaN(sent ?? Number.NaN))) {
    return {
      ...common,
      cells: [{level, rows, gaps: NO_GAPS, told: undefined}],
      notes: ['It keeps no gaps: there is no ICL.'],
    }
  }
  const ok = rows.filter(({error}) => error === undefined)
  const seconds = numberIn(memberOf(summary, 'total_test_time'))
  const spread = (take: (row: ImportedRow) => number) => {
    const values = Float64Array.from(ok.map(take).filter((value) => !Number.isNaN(value)))
    return distributionOf(values, new Uint8Array(values.length))
  }
  const sum = (name: 'input' | 'output') => ok.reduce((total, row) => total + Math.max(0, row[name] ?? 0), 0)
  const per = (total: number) => (seconds === undefined || seconds === 0 ? undefined : total / seconds)
  return {
    ...common,
    cells: [
      {
        level,
        rows: [],
        gaps: NO_GAPS,
        told: {
          ok: ok.length,
          bad: rows.length - ok.length,
          seconds,
          requestsPerSecond: per(ok.length),
          outputTokensPerSecond: per(sum('output')),
          inputTokens: sum('input'),
          outputTokens: sum('output'),
          ttft: spread(({first}) => first ?? Number.NaN),
          tpot: spread(
            ({first, last, output}) =>
              ((last ?? Number.NaN) - (first ?? Number.NaN)) / ((output ?? 0) - 1 || Number.NaN),
          ),
          icl: null,
          e2e: spread(({last}) => last ?? Number.NaN),
        },
      },
    ],
    notes: ['Its requests have no start times: throughput is of the whole test as the file has it.'],
  }
}

/** Times count from the start of each request where the file has none. */
function rowsOf(lines: readonly unknown[], problems: Problems): readonly ImportedRow[] {
  const starts = lines.map((line) => Date.parse(textIn(memberOf(line, 'request_time')) ?? ''))
  const known = starts.every((start) => !Number.isNaN(start))
  const zero = known ? leastOf(starts) : 0
  return lines.map((line, k) => {
    const sent = known ? (starts[k] ?? 0) - zero : Number.NaN
    const from = known ? sent : 0
    const last = from + (numberIn(memberOf(line, 'time_to_last_token')) ?? Number.NaN) * 1000
    const asked = {k, sched: sent, sent, end: last}
    const count = (name: string) => numberIn(memberOf(line, name)) ?? -1
    if (memberOf(line, 'error') !== null && memberOf(line, 'error') !== undefined) return {...asked, error: FAILED}
    problems.number(memberOf(line, 'time_to_last_token'), `line ${k + 1}: time_to_last_token`)
    return {
      ...asked,
      first: from + (numberIn(memberOf(line, 'time_to_first_token')) ?? Number.NaN) * 1000,
      visible: from + (numberIn(memberOf(line, 'time_to_first_content_token')) ?? Number.NaN) * 1000,
      last,
      input: count('num_tokens_input'),
      output: count('num_tokens_output'),
      cacheRead: count('num_tokens_input_cached'),
      reasoning: count('num_tokens_output_reasoning'),
      events: 1,
      status: 200,
    }
  })
}

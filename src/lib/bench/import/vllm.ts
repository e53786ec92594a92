import {GapRecorder} from '../samples/gaps.js'
import {
  type ImportedCell,
  type ImportedResult,
  type ImportedRow,
  leastOf,
  numberIn,
  type Problems,
  type Tree,
  textIn,
  toldDistribution,
} from './imported.js'

/** Whether a document is of `vllm bench serve --save-result`, or of SGLang's bench_serving. */
export function isVllm(tree: Tree): boolean {
  return (
    'completed' in tree &&
    'duration' in tree &&
    ('mean_ttft_ms' in tree || 'ttfts' in tree || 'output_throughput' in tree)
  )
}

/** Seconds in arrays, ms in the summary. With --save-detailed and start times it has its requests. */
export function readVllm(tree: Tree, problems: Problems): ImportedResult {
  const gaps = new GapRecorder()
  const rows = 'start_times' in tree && 'ttfts' in tree ? rowsOf(tree, gaps, problems) : []
  const rate = numberIn(tree['request_rate'])
  const users = numberIn(tree['max_concurrency'])
  const level: ImportedCell['level'] =
    rate !== undefined
      ? {kind: 'rate', value: rate, text: `${rate}/s`}
      : {kind: 'concurrency', value: users ?? null, text: users === undefined ? 'all at once' : `${users} users`}
  const seconds = problems.number(tree['duration'], 'duration')
  const ok = problems.number(tree['completed'], 'completed')
  const told = (name: string) =>
    toldDistribution(
      {n: ok, mean: tree[`mean_${name}_ms`], deviation: tree[`std_${name}_ms`]},
      (key) => tree[`p${key}_${name}_ms`] ?? (key === '50' ? tree[`median_${name}_ms`] : undefined),
    )
  return {
    tool: 'vLLM bench',
    version: null,
    model: textIn(tree['model_id']) ?? 'unknown',
    startedAt: startOf(textIn(tree['date'])),
    cells: [
      {
        level,
        rows,
        gaps: gaps.histogram(),
        told:
          rows.length > 0
            ? undefined
            : {
                ok,
                bad: numberIn(tree['failed']) ?? 0,
                seconds,
                requestsPerSecond: numberIn(tree['request_throughput']),
                outputTokensPerSecond: numberIn(tree['output_throughput']),
                inputTokens: numberIn(tree['total_input_tokens']),
                outputTokens: numberIn(tree['total_output_tokens']),
                ttft: told('ttft'),
                tpot: told('tpot'),
                icl: told('itl'),
                e2e: told('e2el'),
              },
      },
    ],
    notes: [
      'TTFT is of the first chunk, which may be one without a token.',
      'What it calls ITL are gaps between chunks: ICL here.',
    ],
  }
}

function rowsOf(tree: Tree, gaps: GapRecorder, problems: Problems): readonly ImportedRow[] {
  const lists = Object.fromEntries(
    ['start_times', 'ttfts', 'itls', 'input_lens', 'output_lens', 'errors'].map((name) => [
      name,
      tree[name] === undefined ? [] : problems.list(tree[name], name),
    ]),
  )
  const of = (name: string, at: number) => lists[name]?.[at]
  const starts = (lists['start_times'] ?? []).map((value, at) => problems.number(value, `start_times[${at}]`))
  const zero = leastOf(starts)
  return starts.map((start, at) => {
    const sent = (start - zero) * 1000
    const asked = {k: at, sched: sent, sent, input: numberIn(of('input_lens', at)) ?? -1}
    if (textIn(of('errors', at)) !== undefined) return {...asked, end: sent, error: FAILED, status: 0}
    const first = sent + problems.number(of('ttfts', at), `ttfts[${at}]`) * 1000
    const itls = problems
      .list(of('itls', at) ?? [], `itls[${at}]`)
      .map((gap, place) => problems.number(gap, `itls[${at}][${place}]`) * 1000)
    for (const gap of itls) gaps.add(gap)
    const last = first + itls.reduce((sum, gap) => sum + gap, 0)
    const output = numberIn(of('output_lens', at)) ?? -1
    const events = itls.length + 1
    return {
      ...asked,
      first,
      last,
      end: last,
      output,
      events,
      gapMax: itls.reduce((most, gap) => Math.max(most, gap), 0),
      status: 200,
    }
  })
}

/** Other tools tell texts of failures, not classes: unavailable. */
export const FAILED = 6

function startOf(date: string | undefined): string | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/.exec(date ?? '') ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}

import {GapRecorder} from '../samples/gaps.js'
import {
  type ImportedCell,
  type ImportedResult,
  type ImportedRow,
  leastOf,
  memberOf,
  numberIn,
  type Problems,
  type Tree,
  textIn,
} from './imported.js'

/** Whether a document is perf_analyzer's `profile_export.json`. */
export function isGenaiPerf(tree: Tree): boolean {
  const [first] = Array.isArray(tree['experiments']) ? (tree['experiments'] as readonly unknown[]) : []
  return Array.isArray(memberOf(first, 'requests'))
}

/** Times of responses in ns; a response counts where it holds content. Texts are looked at and dropped. */
export function readGenaiPerf(tree: Tree, problems: Problems): ImportedResult {
  const experiments = problems.list(tree['experiments'], 'experiments')
  return {
    tool: 'GenAI-Perf',
    version: textIn(tree['version']) ?? null,
    model: 'unknown',
    startedAt: undefined,
    cells: experiments.map((experiment, at) => cellOf(experiment, `experiments[${at}]`, problems)),
    notes: ['Token counts are not in the file: events with content are counted.'],
  }
}

function cellOf(experiment: unknown, place: string, problems: Problems): ImportedCell {
  const gaps = new GapRecorder()
  const requests = problems.list(memberOf(experiment, 'requests'), `${place}.requests`)
  const starts = requests.map((one, at) =>
    problems.number(memberOf(one, 'timestamp'), `${place}.requests[${at}].timestamp`),
  )
  const zero = leastOf(starts)
  const value = numberIn(memberOf(experiment, 'experiment.value')) ?? null
  const isRate = String(memberOf(experiment, 'experiment.mode')).includes('rate')
  return {
    level: isRate ? {kind: 'rate', value, text: `${value}/s`} : {kind: 'concurrency', value, text: `${value} users`},
    rows: requests.map((one, at) => rowOf(one, at, ((starts[at] ?? 0) - zero) / 1e6, zero, gaps)),
    gaps: gaps.histogram(),
    told: undefined,
  }
}

function rowOf(request: unknown, k: number, sent: number, zero: number, gaps: GapRecorder): ImportedRow {
  const stamps = memberOf(request, 'response_timestamps')
  const outputs = memberOf(request, 'response_outputs')
  const all = (Array.isArray(stamps) ? stamps : []).map((ns) => (Number(ns) - zero) / 1e6)
  const times = all.filter((_, at) =>
    holdsContent(Array.isArray(outputs) ? memberOf(outputs[at], 'response') : undefined),
  )
  const [first] = times
  if (first === undefined) return {k, sched: sent, sent, end: all.at(-1) ?? sent, error: 14, status: 0}
  let largest = 0
  for (const [at, time] of times.slice(1).entries()) {
    const gap = Math.max(0, time - (times[at] ?? time))
    gaps.add(gap)
    largest = Math.max(largest, gap)
  }
  const last = times.at(-1) ?? first
  return {
    k,
    sched: sent,
    sent,
    first,
    last,
    end: all.at(-1) ?? last,
    events: times.length,
    gapMax: largest,
    flags: 1,
    status: 200,
  }
}

/** Whether a chunk of a chat or a completion has text in it; what is no such chunk is taken to have. */
function holdsContent(response: unknown): boolean {
  if (typeof response !== 'string') return true
  const data = response.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []))
  if (data.length === 0) return response.trim() !== ''
  return data.some((text) => {
    if (text === '[DONE]') return false
    try {
      const choice = memberOf(JSON.parse(text), 'choices')
      const first: unknown = Array.isArray(choice) ? choice[0] : undefined
      const parts = ['delta.content', 'delta.reasoning_content', 'delta.reasoning', 'text', 'message.content']
      return parts.some((path) => textIn(memberOf(first, path)) !== undefined)
    } catch {
      return false
    }
  })
}

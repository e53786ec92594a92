import type {CellSummary, Reason, RunSummary} from './summary.schema.js'

const BOUNDS = {
  badError: 0.2,
  badWarning: 0.01,
  throttled: 0.01,
  length: 0.1,
  samples: 1000,
  cached: 0.01,
  lateMs: 1000,
} as const

type Judged = Pick<RunSummary, 'cells' | 'targets' | 'shards' | 'ended' | 'endedWhy' | 'telemetry' | 'imported'>

/** Whether the numbers can be used, from what is known of each cell; `more` is what the self-check and others found. */
export function judgeRun(run: Judged, more: readonly Reason[]): RunSummary['verdict'] {
  const reasons = [
    ...more,
    ...run.cells.flatMap(cellReasons),
    ...run.targets.flatMap(targetReasons),
    ...runReasons(run),
  ]
  const isUnusable = ({cell}: CellSummary) =>
    reasons.some((reason) => reason.severity === 'error' && reason.cell === cell)
  const whole = reasons.some(({cell, severity}) => severity === 'error' && cell === null)
  if (whole || run.cells.every(isUnusable)) return {kind: 'not-usable', reasons}
  return {kind: reasons.length > 0 ? 'usable-with-warnings' : 'usable', reasons}
}

function cellReasons(summary: CellSummary): Reason[] {
  const {cell, counts, label, target} = summary
  const {bad, errors, ok} = counts
  const reason = (code: string, severity: Reason['severity'], text: string, hint: string | null = null): Reason => ({
    code,
    severity,
    target,
    cell,
    text: `${label}: ${text}`,
    hint,
  })
  if (ok === 0 && bad === 0 && counts.warmUp > 0) {
    return [reason('ONLY_WARM_UP', 'error', 'it ended in its warm-up: nothing was measured after it.')]
  }
  if (ok === 0) return [reason('NOTHING_ANSWERED', 'error', `no request was answered${mainFailure(summary)}.`)]
  const throttled = (errors['throttled'] ?? 0) + (errors['quota'] ?? 0)
  const all = ok + bad
  const failed = (bad - throttled) / all
  return [
    ...(throttled / all > BOUNDS.throttled
      ? [
          reason(
            'THROTTLED',
            throttled / all > BOUNDS.badError ? 'error' : 'warning',
            `${percent(throttled / all)} were throttled: it measures the quota.`,
          ),
        ]
      : []),
    ...(failed > BOUNDS.badWarning
      ? [reason('ERRORS', failed > BOUNDS.badError ? 'error' : 'warning', `${percent(failed)} of requests failed.`)]
      : []),
    ...(ok < BOUNDS.samples
      ? [reason('FEW_SAMPLES', 'warning', `${ok} answers are few: p99 needs 1,000.`, 'Run it longer.')]
      : []),
    ...emptyReasons(summary, reason),
    ...lengthReasons(summary, reason),
    ...paceReasons(summary, reason),
    ...(summary.ended === 'complete' ? [] : [reason('CELL_CUT', 'warning', `it was ${summary.ended} before its end.`)]),
  ]
}

function mainFailure({failures}: CellSummary): string {
  const [first] = failures
  return first === undefined ? '' : `: ${[first.error, first.detail].filter(Boolean).join(', ')}`
}

type Say = (code: string, severity: Reason['severity'], text: string, hint?: string | null) => Reason

/** Answers without a token where some were asked for: quick, and of no use. */
function emptyReasons({counts, tokens, ttft}: CellSummary, reason: Say): Reason[] {
  const share = tokens.askedOut === null ? 0 : 1 - (ttft?.n ?? 0) / counts.ok
  if (share <= BOUNDS.badWarning) return []
  const severity = share > BOUNDS.badError ? 'error' : 'warning'
  return [
    reason('NO_TOKENS', severity, `${percent(share)} of answers had no token.`, 'They have no TTFT to be judged by.'),
  ]
}

function lengthReasons({counts, tokens}: CellSummary, reason: Say): Reason[] {
  const {askedIn, askedOut, cacheRead, estimatedRows, input, output} = tokens
  const off = (asked: number | null, billed: number) => (asked === null ? 0 : Math.abs(billed / asked - 1))
  const differs = (what: string, asked: number | null, billed: number) =>
    off(asked, billed) > BOUNDS.length
      ? [
          reason(
            'LENGTHS_OFF',
            'warning',
            `${what} tokens were ${percent(billed / (asked ?? 1))} of what was asked for.`,
            'Compare with runs of the same lengths only.',
          ),
        ]
      : []
  return [
    ...(estimatedRows > 0
      ? [
          reason(
            'TOKENS_ESTIMATED',
            'warning',
            `the server did not count the tokens of ${percent(estimatedRows / counts.ok)} of answers; events were counted.`,
          ),
        ]
      : []),
    ...differs('prompt', askedIn, input + (cacheRead ?? 0)),
    ...differs('output', askedOut, output),
    ...((cacheRead ?? 0) > BOUNDS.cached * input
      ? [reason('CACHED', 'warning', 'prompts were read from a cache: times to the first token are shorter for it.')]
      : []),
  ]
}

function paceReasons({coalescedFraction}: CellSummary, reason: Say): Reason[] {
  return [
    ...((coalescedFraction ?? 0) > 0.5
      ? [
          reason(
            'BUNDLED',
            'warning',
            `${percent(coalescedFraction ?? 0)} of events came together with an earlier one: server or a proxy bundles them.`,
          ),
        ]
      : []),
  ]
}

function targetReasons(target: RunSummary['targets'][number], place: number): Reason[] {
  const reason = (code: string, text: string): Reason => ({
    code,
    severity: 'warning',
    target: place,
    cell: null,
    text: `${target.name}: ${text}`,
    hint: null,
  })
  const others = (served: Readonly<Record<string, number>>, asked: string) =>
    Object.keys(served).filter((one) => one !== asked)
  const tiers = others(target.servedTier, target.tier)
  const latencies = others(target.servedLatency, target.latency)
  const models = Object.keys(target.servedModel)
  return [
    ...(tiers.length > 0
      ? [reason('TIER_CHANGED', `some were served by ${tiers.join(', ')}, not ${target.tier}.`)]
      : []),
    ...(latencies.length > 0
      ? [reason('LATENCY_CHANGED', `some were served with ${latencies.join(', ')} latency, not ${target.latency}.`)]
      : []),
    ...(models.length > 1 ? [reason('MODEL_CHANGED', `answers name several models: ${models.join(', ')}.`)] : []),
  ]
}

function runReasons({cells, ended, endedWhy, imported, shards, telemetry}: Judged): Reason[] {
  const reason = (code: string, text: string, severity: Reason['severity'] = 'warning'): Reason => ({
    code,
    severity,
    target: null,
    cell: null,
    text,
    hint: null,
  })
  const missing = missingShards(shards)
  const lateMs = Math.max(0, ...shards.map((shard) => shard.lateMs))
  return [
    ...(lateMs > BOUNDS.lateMs
      ? [
          reason(
            'LATE_START',
            `It began ${(lateMs / 1000).toFixed(0)} s after --start-at: what was due until then was sent at once.`,
            'error',
          ),
        ]
      : []),
    ...(cells.length === 0 ? [reason('NOTHING_MEASURED', 'No cell has a sample.', 'error')] : []),
    ...(ended === 'partial' ? [reason('PARTIAL', `It is partial: ${endedWhy ?? 'it was cut off'}.`)] : []),
    ...(missing.length > 0 ? [reason('SHARDS_MISSING', `Shards are missing: ${missing.join(', ')}.`)] : []),
    ...(imported === null ? [] : [reason('IMPORTED', `It was measured by ${imported.tool}, by its definitions.`)]),
    ...telemetry.flatMap(({absent, source}) =>
      absent === null ? [] : [reason('TELEMETRY_ABSENT', `No telemetry of ${source}: ${absent}`)],
    ),
  ]
}

/** Of a run that was split, the shards nobody has, from 0. */
export function missingShards(shards: RunSummary['shards']): readonly number[] {
  const of = Math.max(1, ...shards.map((shard) => shard.of))
  return Array.from({length: of}, (_, index) => index).filter((index) => shards.every((one) => one.index !== index))
}

function percent(share: number): string {
  return share < 0.1 ? `${(share * 100).toFixed(1)} %` : `${Math.round(share * 100)} %`
}

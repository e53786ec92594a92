import type {MeasuredServing, MeasuredTarget} from '../bench/advise/measured-serving.js'
import type {RunSummary} from '../bench/metrics/summary.schema.js'
import {usageError} from '../core/errors.js'

/** A server of one's own in a run, measured. */
export interface OwnTarget extends MeasuredTarget {
  readonly run: RunSummary
  readonly withoutSlo: MeasuredServing
}

const OWN_KINDS: readonly string[] = ['openai', 'ollama']

/** The target on premises that is meant, of these runs; refused where a run says itself that it cannot be used. */
export async function ownTarget(runs: readonly RunSummary[], name: string | undefined): Promise<OwnTarget> {
  const found = runs.flatMap((run) =>
    run.targets.flatMap((target, place) =>
      (name === undefined ? OWN_KINDS.includes(target.kind) : target.name === name) ? [{run, place, target}] : [],
    ),
  )
  const [only, ...more] = found
  const all = runs.flatMap(({targets}) => targets.map((target) => target.name)).join(', ')
  if (!only || more.length > 0) {
    throw usageError('BENCH_TARGET', 'Which target is on premises is not known.', {
      why: `${name === undefined ? (only ? 'several are no Bedrock' : 'all are Bedrock') : `${found.length} are called ${name}`}; there are ${all}`,
      hint: 'Name it with --own NAME.',
    })
  }
  const {measureTarget} = await import('../bench/advise/measured-serving.js')
  const measured = measureTarget(only.run, only.place)
  if (only.run.verdict.kind === 'not-usable') {
    throw usageError('RUN_NOT_USABLE', `Run ${only.run.id} says itself that its numbers cannot be used.`, {
      why: only.run.verdict.reasons
        .filter(({severity}) => severity === 'error')
        .map(({text}) => text)
        .join('\n'),
      hint: `See bedrockctl bench show ${only.run.id}, and measure again.`,
    })
  }
  if (measured?.withoutSlo) return {...measured, withoutSlo: measured.withoutSlo, run: only.run}
  throw usageError('RUN_WITHOUT_ANSWERS', `${only.target.name} answered nothing in run ${only.run.id}.`)
}

/** The objectives of a run, in words; null without. */
export function sloWords(slo: RunSummary['slo']): string | null {
  if (!slo) return null
  const parts = [
    ...(slo.ttftMs === null ? [] : [`ttft ≤ ${slo.ttftMs} ms`]),
    ...(slo.tpotMs === null ? [] : [`tpot ≤ ${slo.tpotMs} ms`]),
    ...(slo.e2eMs === null ? [] : [`e2e ≤ ${slo.e2eMs} ms`]),
  ]
  return `${slo.name === null ? '' : `${slo.name}: `}${parts.join(', ')}`
}

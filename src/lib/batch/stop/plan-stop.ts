import {plural} from '../../core/text.js'
import {type Look, rowsOfLook} from '../follow/look.js'
import {GONE} from '../progress/gone-job.js'
import {isEndState} from '../progress/job-states.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import type {BatchStopResult, StopItem} from './batch-stop.schema.js'

/** A group or job to stop, as it stands. */
export interface StopTarget {
  /** As it was named. */
  readonly text: string
  readonly look: Look
  /** Its plans are on this machine: shards without a job can be held back. */
  readonly local: boolean
}

export interface StopPlan {
  readonly items: readonly StopItem[]
  readonly costs: BatchStopResult['costs']
}

/** What stopping would do, each job once however often it was named. Pure. */
export function planStop(targets: readonly StopTarget[], nowMs: number): StopPlan {
  const items = new Map<string, StopItem>()
  const costs = targets.map(({local, look, text}) => {
    const {members, summary} = rowsOfLook(look, nowMs)
    const asked = askedOf(look)
    for (const row of look.kind === 'job' ? [summary] : members) {
      const item = toItem(row, text, local, asked)
      const key = item.arn ?? `${item.region} ${item.name}`
      if (!items.has(key)) items.set(key, item)
    }
    return {target: text, cost: summary.cost}
  })
  return {items: [...items.values()], costs}
}

/** Names of what may have a job that is not listed yet: it was asked for, and nobody saw the answer. */
function askedOf(look: Look): ReadonlySet<string> {
  const rounds = look.kind === 'group' ? (look.state?.rounds ?? []) : []
  const asked = rounds.flatMap(({shards}) => shards.filter(({state}) => state === 'asked'))
  return new Set(asked.flatMap((shard) => shard.asked?.name ?? []))
}

function toItem(row: ProgressRow, target: string, local: boolean, asked: ReadonlySet<string>): StopItem {
  const {arn, name, region, state} = row
  const outcome = outcomeOf(row, local, asked.has(name))
  return {target, name, arn, region, state, outcome, endedUploads: 0}
}

function outcomeOf({arn, state}: ProgressRow, local: boolean, asked: boolean): StopItem['outcome'] {
  if (state === 'Stopping') return 'already-stopping'
  if (state === 'Withheld') return 'withheld'
  if (state !== null && (isEndState(state) || state === 'Refused' || state === GONE)) return 'already-ended'
  if (arn !== null || (local && asked)) return 'would-stop'
  return local ? 'would-withhold' : 'already-ended'
}

/** The question before it is done; undefined when there is nothing to do. `costs` in words, one a target. */
export function stopQuestion({items}: StopPlan, costs: readonly string[]): string | undefined {
  const jobs = items.filter(({outcome}) => outcome === 'would-stop')
  const shards = items.filter(({outcome}) => outcome === 'would-withhold').length
  if (jobs.length === 0 && shards === 0) return undefined
  const targets = [...new Set(items.map(({target}) => target))].join(', ')
  const spent = costs.length === 0 ? '' : ` So far: ${costs.join(', ')}; processed records are paid.`
  const toMake = `${shards === 1 ? 'the job that is' : `the ${shards} jobs that are`} still to be made`
  if (jobs.length === 0) return `Leave ${toMake} of ${targets} unmade?${spent}`
  const unmade = shards === 0 ? '' : `, and leave ${toMake} unmade`
  return `Stop ${plural(jobs.length, 'job')} of ${targets}${unmade}?${spent}`
}

import {isEndState} from '../job-row.js'
import type {CustomizationJob, CustomizationSource} from '../ports.js'
import type {StopItem} from './customization-stop.schema.js'

export interface StopTarget {
  readonly text: string
  readonly job: CustomizationJob
}

/** What would be done with each job. */
export function planStop(targets: readonly StopTarget[]): readonly StopItem[] {
  return targets.map(({job: {arn, name, region, state}, text}) => ({
    target: text,
    name,
    arn,
    region,
    state,
    outcome: isEndState(state) ? 'already-ended' : state === 'Stopping' ? 'already-stopping' : 'would-stop',
  }))
}

/** The question before jobs are stopped; undefined where none would be. */
export function stopQuestion(items: readonly StopItem[]): string | undefined {
  const names = items.filter(({outcome}) => outcome === 'would-stop').map(({name}) => name)
  if (names.length === 0) return undefined
  return `Stop ${names.join(', ')}? Tokens that were trained are charged, no model comes of it, and it cannot be resumed.`
}

/** Stops what runs. A job that ends in between had ended already. */
export async function stopJobs(
  items: readonly StopItem[],
  source: Pick<CustomizationSource, 'stop'>,
  signal?: AbortSignal,
): Promise<readonly StopItem[]> {
  const stopped: StopItem[] = []
  for (const item of items) {
    const isOpen = item.outcome === 'would-stop'
    stopped.push(isOpen ? {...item, outcome: await source.stop(item.region, item.arn, signal)} : item)
  }
  return stopped
}

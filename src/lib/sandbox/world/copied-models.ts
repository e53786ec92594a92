import {parseArn} from '../../core/arn.js'
import {momentAt} from './moment.js'
import type {CopyJob} from './resources.js'
import type {RegionalState} from './state.js'

const MINUTE_MS = 60_000

/**
 * The models that the copy jobs of a Region make, or have made: that of one that runs is ready when it ends. Without its
 * source in the scenario nothing is known of a copy.
 */
export function addCopiedModels(
  {customModels, tags}: Pick<RegionalState, 'customModels' | 'tags'>,
  jobs: readonly CopyJob[],
  {sourceIn, now}: {sourceIn(region: string): RegionalState | undefined; readonly now: number},
): void {
  for (const {createdOn, kmsKeyArn, sourceModelArn, status, takesMinutes, targetModelArn, targetModelName} of jobs) {
    const source = sourceIn(parseArn(sourceModelArn)?.region ?? '')?.customModels.get(sourceModelArn)
    if (!source || status === 'Failed' || customModels.has(targetModelArn)) continue
    const createdAt = momentAt(createdOn, now)
    const lasts = takesMinutes ?? (status === 'Completed' ? 1 : Number.POSITIVE_INFINITY)
    const readyAt = createdAt + lasts * MINUTE_MS
    const own = {arn: targetModelArn, name: targetModelName, job: undefined, kmsKeyArn}
    customModels.set(targetModelArn, {...source, ...own, createdAt, readyAt, listedAt: readyAt})
    tags.set(targetModelArn, [])
  }
}

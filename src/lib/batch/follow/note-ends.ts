import {BedrockctlError} from '../../core/errors.js'
import {foldJournal} from '../group/group-state.js'
import {type OpenGroup, openGroup} from '../group/group-store.js'
import type {BatchJob} from '../ports.js'
import {isEndState} from '../progress/job-states.js'
import {stateOfShard} from '../progress/shard-standing.js'
import type {AtWork} from '../watch/watch-batch.js'
import type {Look} from './look.js'

/**
 * Writes into the journal of a group of this machine which of its jobs have ended, so that they are known when the
 * service does not list them any more. Whoever holds the group does that itself: then nothing is written.
 */
export async function noteEnds(look: Look, stateFolder: string, now: () => Date): Promise<AtWork> {
  if (look.kind === 'job' || look.state === undefined) return 'nobody'
  const unknown = look.standing.shards.filter(({ended, job}) => job && isEndState(job.state) && !ended)
  const planned = look.standing.shards.some((shard) => stateOfShard(shard) === 'Planned')
  if (unknown.length === 0 && !planned) return 'nobody'
  const group = await openFree(stateFolder, look.standing.group, now)
  if (group === undefined) return 'somebody'
  try {
    await append(group, new Map(unknown.flatMap(({job}) => (job ? [[job.arn, job]] : []))), now)
  } finally {
    await group.close()
  }
  return 'nobody'
}

async function openFree(stateFolder: string, name: string, now: () => Date): Promise<OpenGroup | undefined> {
  try {
    return await openGroup(stateFolder, name, {wait: false, now})
  } catch (failure) {
    if (failure instanceof BedrockctlError && failure.code === 'GROUP_BUSY') return undefined
    throw failure
  }
}

/** As the journal stands now: another process may have written since the look. */
async function append(group: OpenGroup, ended: ReadonlyMap<string, BatchJob>, now: () => Date): Promise<void> {
  const {rounds} = foldJournal(group.plans, group.events)
  const at = now().toISOString()
  for (const {end, job, number, round} of rounds.flatMap(({shards}) => shards)) {
    const found = ended.get(job?.arn ?? '')
    if (found === undefined || end !== undefined) continue
    const {arn, message, records, state} = found
    await group.append({kind: 'job-ended', at, round, shard: number, arn, state, said: message, ...records})
  }
}

import type {ListBatchFacts} from '../batch/list/list-batch.js'
import type {Settings} from '../config/settings.js'
import {BedrockctlError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {openBatch} from './open-batch.js'

/** Reads what `batch list` shows: jobs of the Regions, and groups of this machine; of one group only its own. */
export async function readBatchList(
  group: string | undefined,
  settings: Settings,
  connection: Connection,
  {signal, warn}: {readonly signal: AbortSignal; readonly warn: (text: string) => void},
): Promise<ListBatchFacts> {
  const [door, {readJobs}, {readUnlisted}] = await Promise.all([
    openBatch(settings, connection),
    import('../batch/progress/read-jobs.js'),
    import('../batch/progress/read-unlisted.js'),
  ])
  const groups = (await door.groups(warn)).filter(({name}) => group === undefined || name === group)
  const filter = group === undefined ? {} : {nameContains: `${group}-r`}
  const [{jobs, unread}, account] = await Promise.all([
    readJobs(door.regions, filter, door.source, signal),
    groups.length === 0 ? undefined : accountOf(connection, signal),
  ])
  const here = groups.filter(({rounds: [first]}) => first !== undefined && door.regions.includes(first.plan.region))
  const failed = new Set(unread.map(({region}) => region))
  const asked = here.filter(({rounds: [first]}) => first !== undefined && !failed.has(first.plan.region))
  const own = asked.filter(({rounds: [first]}) => account === undefined || first?.plan.account === account)
  const unlisted = await readUnlisted(own, jobs, door.source, new Date(), signal)
  return {
    regions: door.regions,
    jobs: [...jobs, ...unlisted.jobs],
    gone: unlisted.gone,
    unread,
    groups,
    account,
    simulated: connection.simulated(),
    nowMs: Date.now(),
  }
}

/** Groups of other accounts are not shown; where nobody says whose credentials these are, all are. */
async function accountOf(connection: Connection, signal: AbortSignal): Promise<string | undefined> {
  const identity = await onlineSession(connection, 'Batch jobs').identity()
  try {
    return (await identity.whoAmI(signal)).account
  } catch (error) {
    if (error instanceof BedrockctlError && error.code !== 'INTERRUPTED') return undefined
    throw error
  }
}

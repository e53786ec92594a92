import type {OpenGroup} from '../batch/group/group-store.js'
import type {JournalEvent} from '../batch/group/journal.schema.js'
import type {BatchStopResult, StopItem} from '../batch/stop/batch-stop.schema.js'
import type {StopPlan, StopTarget} from '../batch/stop/plan-stop.js'
import type {Settings} from '../config/settings.js'
import {BedrockctlError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {type FollowedBatch, followBatch} from './follow-batch.js'
import {openBatch} from './open-batch.js'

/** What is to be stopped, and how. */
export interface OpenedStop {
  readonly plan: StopPlan
  readonly targets: readonly StopTarget[]
  /** Stops it; with `wait`, until nothing of it is open any more. */
  stop(options: {readonly wait: boolean; readonly dryRun: boolean}): Promise<BatchStopResult>
}

/** Finds and looks at each GROUP|JOB; nothing is stopped before `stop` is called. */
export async function openStop(
  texts: readonly string[],
  settings: Settings,
  connection: Connection,
  {signal, onClose}: {readonly signal: AbortSignal; readonly onClose: (close: () => Promise<void>) => void},
): Promise<OpenedStop> {
  const [{lookAt}, {planStop}] = await Promise.all([
    import('../batch/follow/look.js'),
    import('../batch/stop/plan-stop.js'),
  ])
  const followed: FollowedBatch[] = []
  const targets: StopTarget[] = []
  for (const text of texts) {
    const one = await followBatch(text, settings, connection, signal)
    followed.push(one)
    targets.push({text, look: await lookAt(one.target, one.ports, signal), local: one.folder !== null})
  }
  const plan = planStop(targets, Date.now())
  return {
    plan,
    targets,
    stop: async ({dryRun, wait}) => {
      const base = {schemaVersion: 1, simulated: connection.simulated(), dryRun, costs: plan.costs} as const
      if (dryRun) return {...base, unread: [], items: plan.items, next: []}
      const groups = await holdGroups(plan.items, followed, onClose)
      const {stopBatch} = await import('../batch/stop/stop-batch.js')
      const {source} = await openBatch(settings, connection)
      const note = async (group: string, event: JournalEvent) => groups.get(group)?.append(event)
      const {items, unread} = await stopBatch(plan.items, {source, note, now: () => new Date()}, signal)
      for (const group of groups.values()) await group.close()
      if (wait) await waitForEnd(followed, signal)
      const open = new Set(wait ? [] : items.filter(isStopping).map(({target}) => target))
      const next = texts.map((text) => `bedrockctl batch ${open.has(text) ? 'watch' : 'collect'} ${text}`)
      return {...base, simulated: connection.simulated(), unread, items, next}
    },
  }
}

/**
 * The groups of this machine that something is stopped of, held by this process. Where another one holds a group whose
 * shards still wait, that one would go on making jobs: then it is told to end that first.
 */
async function holdGroups(
  items: readonly StopItem[],
  followed: readonly FollowedBatch[],
  onClose: (close: () => Promise<void>) => void,
): Promise<ReadonlyMap<string, OpenGroup>> {
  const {openGroup} = await import('../batch/group/group-store.js')
  const groups = new Map<string, OpenGroup>()
  for (const {door, target} of followed) {
    if (target.kind !== 'group' || !target.local || groups.has(target.name)) continue
    const waiting = items.some((item) => item.target === target.name && item.outcome === 'would-withhold')
    try {
      const group = await openGroup(door.stateFolder, target.name, {wait: false, now: () => new Date()})
      if (group === undefined) continue
      groups.set(target.name, group)
      onClose(() => group.close())
    } catch (failure) {
      if (!(failure instanceof BedrockctlError) || failure.code !== 'GROUP_BUSY') throw failure
      if (waiting) throw stillSubmitting(target.name, failure)
    }
  }
  return groups
}

function stillSubmitting(name: string, cause: BedrockctlError): BedrockctlError {
  return new BedrockctlError('GROUP_BUSY', `${name} is still being submitted. ${cause.message}`, {
    fault: 'service',
    why: 'Shards without a job would get one after the others were stopped.',
    hint: 'End that process (Ctrl-C keeps its journal), then stop the group.',
    actions: [`bedrockctl batch stop ${name}`],
    cause,
  })
}

async function waitForEnd(followed: readonly FollowedBatch[], signal: AbortSignal): Promise<void> {
  const [{watchBatch}, {noteEnds}, {realClock}] = await Promise.all([
    import('../batch/watch/watch-batch.js'),
    import('../batch/follow/note-ends.js'),
    import('../jobs/clock.js'),
  ])
  for (const {door, ports, target} of followed) {
    await watchBatch(
      {
        target,
        intervalMs: undefined,
        timeoutMs: undefined,
        signal,
        onLook: () => undefined,
        onTrouble: () => undefined,
      },
      {...ports, clock: realClock, settle: (look) => noteEnds(look, door.stateFolder, realClock.now)},
    )
  }
}

function isStopping({outcome}: StopItem): boolean {
  return outcome === 'stopping' || outcome === 'already-stopping'
}

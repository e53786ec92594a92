import type {OpenGroup} from '../batch/group/group-store.js'
import type {BatchStopResult, StopItem} from '../batch/stop/batch-stop.schema.js'
import type {StopPlan, StopTarget} from '../batch/stop/plan-stop.js'
import type {StopPorts} from '../batch/stop/stop-batch.js'
import type {Settings} from '../config/settings.js'
import {BedrockctlError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {type FollowedBatch, followBatch} from './follow-batch.js'
import {onlineSession} from './online-session.js'
import {openBatch} from './open-batch.js'

/** What is to be stopped, and how. */
export interface OpenedStop {
  readonly plan: StopPlan
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
  const {planStop} = await import('../batch/stop/plan-stop.js')
  const followed: Named[] = []
  for (const text of texts) followed.push({...(await followBatch(text, settings, connection, signal)), text})
  const plan = planStop(await lookAtAll(followed, signal), Date.now())
  return {
    plan,
    stop: async ({dryRun, wait}) => {
      const base = {schemaVersion: 1, simulated: connection.simulated(), dryRun, costs: plan.costs} as const
      if (dryRun) return {...base, unread: [], items: plan.items, next: [`bedrockctl batch stop ${texts.join(' ')}`]}
      const {groups, busy} = await holdGroups(followed, onClose)
      // Jobs may have been made while it was asked; from here on none are of the groups that are held.
      const now = planStop(await lookAtAll(followed, signal), Date.now())
      refuseBusy(now.items, busy)
      const {stopBatch} = await import('../batch/stop/stop-batch.js')
      const ports = await portsOf(groups, settings, connection)
      const {items, unread} = await stopBatch(now.items, ports, signal)
      for (const group of groups.values()) await group.close()
      if (wait) await waitForEnd(followed, signal)
      const open = new Set(wait ? [] : items.filter(isStopping).map(({target}) => target))
      const next = texts.map((text) => `bedrockctl batch ${open.has(text) ? 'watch' : 'collect'} ${text}`)
      return {...base, simulated: connection.simulated(), unread, items, next}
    },
  }
}

type Named = FollowedBatch & {readonly text: string}

async function lookAtAll(followed: readonly Named[], signal: AbortSignal): Promise<readonly StopTarget[]> {
  const {lookAt} = await import('../batch/follow/look.js')
  const targets: StopTarget[] = []
  for (const {folder, ports, target, text} of followed) {
    targets.push({text, look: await lookAt(target, ports, signal), local: folder !== null})
  }
  return targets
}

interface HeldGroups {
  readonly groups: ReadonlyMap<string, OpenGroup>
  /** By name, those that another process holds, and what says so. */
  readonly busy: ReadonlyMap<string, BedrockctlError>
}

/** The groups of this machine that something is stopped of, held by this process where nobody else holds them. */
async function holdGroups(
  followed: readonly FollowedBatch[],
  onClose: (close: () => Promise<void>) => void,
): Promise<HeldGroups> {
  const {openGroup} = await import('../batch/group/group-store.js')
  const groups = new Map<string, OpenGroup>()
  const busy = new Map<string, BedrockctlError>()
  for (const {door, target} of followed) {
    if (target.kind !== 'group' || !target.local || groups.has(target.name)) continue
    try {
      const group = await openGroup(door.stateFolder, target.name, {wait: false, now: () => new Date()})
      if (group === undefined) continue
      groups.set(target.name, group)
      onClose(() => group.close())
    } catch (failure) {
      if (!(failure instanceof BedrockctlError) || failure.code !== 'GROUP_BUSY') throw failure
      busy.set(target.name, failure)
    }
  }
  return {groups, busy}
}

/** Whoever holds a group whose shards still wait would go on making jobs: then it is told to end that first. */
function refuseBusy(items: readonly StopItem[], busy: HeldGroups['busy']): void {
  for (const [name, failure] of busy) {
    if (items.some(({arn, outcome, target}) => target === name && outcome.startsWith('would-') && arn === null)) {
      throw stillSubmitting(name, failure)
    }
  }
}

async function portsOf(groups: HeldGroups['groups'], settings: Settings, connection: Connection): Promise<StopPorts> {
  const [{source}, store, {foldJournal}, {realClock}] = await Promise.all([
    openBatch(settings, connection),
    onlineSession(connection, 'Batch jobs').objectStore(),
    import('../batch/group/group-state.js'),
    import('../jobs/clock.js'),
  ])
  const states = new Map([...groups].map(([name, {events, plans}]) => [name, foldJournal(plans, events)]))
  return {
    source,
    store,
    clock: realClock,
    shardOf: ({group, round, shard: number}) => {
      const found = states.get(group)?.rounds.find((one) => one.round === round)
      const shard = found?.shards.find((one) => one.number === number)
      return found && shard && {plan: found.plan, shard}
    },
    note: async (group, event) => groups.get(group)?.append(event),
  }
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

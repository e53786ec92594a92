import {createHash} from 'node:crypto'
import {mkdir, open, readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import {writeWhole} from '../../core/write-whole.js'
import {type Journal, openJournal, type ReadEvent, readJournal, syncFolder} from '../../jobs/journal.js'
import {type LockOptions, takeLock} from '../../jobs/lock.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {readPlanText} from '../plan/read-plan.js'
import type {JournalEvent} from './journal.schema.js'

/** A group as it stands on disk. */
export interface GroupRecord {
  readonly name: string
  readonly folder: string
  /** By round, from 1. */
  readonly plans: readonly PlanFile[]
  readonly events: readonly JournalEvent[]
}

/** A group that this process alone may change, until it is closed. */
export interface OpenGroup extends GroupRecord {
  append(event: JournalEvent): Promise<void>
  /** Adds the next round; the plan must be of this group and follow the last one. */
  addRound(plan: PlanFile): Promise<void>
  close(): Promise<void>
}

/** Names of the groups of a state folder, sorted. */
export async function listGroups(stateFolder: string): Promise<readonly string[]> {
  const entries = await readdir(join(stateFolder, 'batch'), {withFileTypes: true}).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw usageError('STATE_UNREADABLE', `The groups in ${join(stateFolder, 'batch')} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Check the folder and its permissions; BEDROCKCTL_STATE_DIR names another one.',
      cause,
    })
  })
  const names: string[] = []
  for (const entry of entries ?? []) {
    if (entry.isDirectory() && (await roundsIn(join(stateFolder, 'batch', entry.name))).includes(1)) {
      names.push(entry.name)
    }
  }
  return names.toSorted()
}

/** Reads a group without holding up who works on it; undefined when there is none of that name. */
export async function readGroup(stateFolder: string, name: string): Promise<GroupRecord | undefined> {
  const folder = folderOf(stateFolder, name)
  if (folder === undefined) return undefined
  // The plans after the journal: a round that is added in between is only one without events.
  const events = await readJournal(journalOf(folder), await eventReader())
  const plans = await readPlans(folder, name)
  refuseChanged(folder, plans, events)
  return plans.length === 0 ? undefined : {name, folder, plans, events}
}

/** Opens a group to change it; undefined when there is none of that name. Others wait or are told who holds it. */
export async function openGroup(
  stateFolder: string,
  name: string,
  locking: LockOptions,
): Promise<OpenGroup | undefined> {
  const folder = folderOf(stateFolder, name)
  if (folder === undefined || !(await roundsIn(folder)).includes(1)) return undefined
  return locked(folder, name, locking)
}

/**
 * Opens the group of a first round, made where it is not there yet. A group of that name with another first round is
 * refused.
 */
export async function createGroup(stateFolder: string, made: PlanFile, locking: LockOptions): Promise<OpenGroup> {
  const folder = folderOf(stateFolder, made.group)
  if (folder === undefined) throw usageError('GROUP_NAME_INVALID', `"${made.group}" is no name of a group.`)
  const plan = await asItIsRead(made)
  await mkdir(folder, {recursive: true, mode: 0o700})
  const group = await locked(folder, plan.group, locking)
  try {
    const [first] = group.plans
    if (first === undefined) await group.addRound(plan)
    else if (textOf(first) !== textOf(plan)) throw taken(plan.group)
    return group
  } catch (cause) {
    await group.close()
    throw cause
  }
}

/** Digest of a plan as it is stored. */
export function planDigest(plan: PlanFile): string {
  return createHash('sha256').update(textOf(plan)).digest('hex')
}

async function locked(folder: string, name: string, locking: LockOptions): Promise<OpenGroup> {
  const lock = await takeLock(folder, locking)
  try {
    const journal = await openJournal(journalOf(folder), await eventReader())
    const plans = [...(await readPlans(folder, name))]
    const group: OpenGroup = {
      name,
      folder,
      plans,
      get events() {
        return journal.events
      },
      append: (event) => journal.append(event),
      addRound: async (made) => {
        const plan = await asItIsRead(made)
        refuseOther(plan, journal.events)
        await writeRound(folder, plan, plans.length + 1)
        plans.push(plan)
        await journal.append(roundAdded(plan, locking.now()))
      },
      close: async () => {
        await journal.close()
        await lock.release()
      },
    }
    refuseChanged(folder, plans, journal.events)
    await tellUnheardOf(plans, journal, locking.now())
    return group
  } catch (cause) {
    await lock.release()
    throw cause
  }
}

/** A process that ended between a plan and its line in the journal left a round that the journal does not know. */
async function tellUnheardOf(plans: readonly PlanFile[], journal: Journal<JournalEvent>, now: Date): Promise<void> {
  const known = addedRounds(journal.events)
  for (const plan of plans) if (!known.has(plan.round)) await journal.append(roundAdded(plan, now))
}

/** What was done was done by the plans that the journal names: none of another content is believed. */
function refuseChanged(folder: string, plans: readonly PlanFile[], events: readonly JournalEvent[]): void {
  const known = addedRounds(events)
  for (const plan of plans) {
    const added = known.get(plan.round)
    if (added === undefined || added.planSha256 === planDigest(plan)) continue
    throw usageError('GROUP_DAMAGED', `${roundFile(folder, plan.round)} was changed.`, {
      why: `Its content is not that of the plan with which round ${plan.round} was begun at ${added.at}.`,
      hint: restoreHint(folder),
    })
  }
}

function addedRounds(events: readonly JournalEvent[]) {
  return new Map(events.flatMap((event) => (event.kind === 'round-added' ? [[event.round, event] as const] : [])))
}

function roundFile(folder: string, round: number): string {
  return join(folder, `round-${round}.json`)
}

function restoreHint(folder: string): string {
  return `Restore it from a backup. Without one, move ${folder} away: show, watch and collect then find the jobs by their names.`
}

/** Where the file of a round was lost: what was done by it must not be taken for what another plan says. */
function refuseOther(plan: PlanFile, events: readonly JournalEvent[]): void {
  const digest = planDigest(plan)
  const isOther = events.some(
    (event) => event.kind === 'round-added' && event.round === plan.round && event.planSha256 !== digest,
  )
  if (!isOther) return
  throw usageError('GROUP_DAMAGED', `The plan of round ${plan.round} of ${plan.group} is lost, and this is another.`, {
    why: 'The journal tells what was done by the lost one.',
    hint: `Restore round-${plan.round}.json from a backup, or submit the plan file that it was made of.`,
  })
}

function roundAdded(plan: PlanFile, now: Date): JournalEvent {
  return {kind: 'round-added', at: now.toISOString(), round: plan.round, planSha256: planDigest(plan)}
}

async function writeRound(folder: string, plan: PlanFile, round: number): Promise<void> {
  if (plan.round !== round) {
    throw usageError('ROUND_OUT_OF_ORDER', `Round ${plan.round} cannot follow round ${round - 1} of ${plan.group}.`)
  }
  const file = roundFile(folder, round)
  await writeWhole(file, textOf(plan), {mode: 0o600})
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(folder)
}

/** The plan with its members in the order of the file's schema: its digest is the same when it is read again. */
function asItIsRead(plan: PlanFile): Promise<PlanFile> {
  return readPlanText(`The plan of ${plan.group}`, textOf(plan))
}

function textOf(plan: PlanFile): string {
  return `${JSON.stringify(plan)}\n`
}

async function readPlans(folder: string, name: string): Promise<readonly PlanFile[]> {
  const rounds = await roundsIn(folder)
  const plans: PlanFile[] = []
  for (const [index, round] of rounds.entries()) {
    const file = roundFile(folder, round)
    const plan = await readPlanText(file, await readFile(file, 'utf8'), restoreHint(folder))
    if (round !== index + 1 || plan.round !== round || plan.group !== name) {
      throw usageError('GROUP_DAMAGED', `${file} is not round ${index + 1} of ${name}.`, {
        why: `It is round ${plan.round} of ${plan.group}.`,
        hint: restoreHint(folder),
      })
    }
    plans.push(plan)
  }
  return plans
}

async function roundsIn(folder: string): Promise<readonly number[]> {
  const names = (await readdir(folder).catch(orNone)) ?? []
  const rounds = names.flatMap((name) => /^round-(\d+)\.json$/.exec(name)?.[1] ?? [])
  return rounds.map(Number).toSorted((a, b) => a - b)
}

/** Undefined for what cannot be the name of a group: it goes into a path. */
function folderOf(stateFolder: string, name: string): string | undefined {
  return /^[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$/.test(name) && name.length <= 40
    ? join(stateFolder, 'batch', name)
    : undefined
}

function journalOf(folder: string): string {
  return join(folder, 'journal.jsonl')
}

async function eventReader(): Promise<ReadEvent<JournalEvent>> {
  const {journalEventSchema} = await import('./journal.schema.js')
  return (value) => {
    const parsed = journalEventSchema.safeParse(value)
    if (parsed.success) return {event: parsed.data}
    const problems = parsed.error.issues.map(({path, message}) => `${path.join('.') || 'the line'}: ${message}`)
    return {wrong: firstLines(problems, 3)}
  }
}

function orNone(cause: unknown): undefined {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
  throw cause
}

function taken(name: string): BedrockctlError {
  return usageError('GROUP_EXISTS', `There is a group ${name} already, and it began with another plan.`, {
    hint: 'Give the new one a name of its own with --group, or go on with the old one.',
    actions: [`bedrockctl batch show ${name}`],
  })
}

import type {Look} from '../batch/follow/look.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {BatchRetryResult} from '../batch/retry/batch-retry.schema.js'
import type {ChosenRecords} from '../batch/retry/choose-records.js'
import type {Includable} from '../batch/retry/retry-classes.js'
import type {Settings} from '../config/settings.js'
import {usageError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {type FollowedBatch, followBatch} from './follow-batch.js'
import {onlineSession} from './online-session.js'
import type {Progress} from './progress.js'
import {checkAccount, lockOptions, runSubmit, type SubmitWords} from './run-submit.js'

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly note: (text: string) => void
  readonly onClose: (close: () => Promise<void>) => void
}

export interface RetryWords {
  readonly group: string
  readonly include: readonly Includable[]
  /** Wait for jobs that are still open before, and for the new ones after. */
  readonly wait: boolean
  /** Between two looks while waiting. */
  readonly intervalMs: number | undefined
}

/** What a retry would do, before anything is done. */
export interface OpenedRetry {
  readonly plan: PlanFile | undefined
  tell(outcome: BatchRetryResult['outcome']): Promise<BatchRetryResult>
  /** Adds the round to the group and submits it. */
  submit(words: SubmitWords): Promise<BatchRetryResult>
}

/** Looks at a group whose jobs have ended, finds the records without an answer, and plans the next round of them. */
export async function openRetry(
  {group, include, intervalMs, wait}: RetryWords,
  settings: Settings,
  connection: Connection,
  frame: Frame,
): Promise<OpenedRetry> {
  const followed = await followBatch(group, settings, connection, frame.signal)
  const look = await lookAtEnded(followed, wait ? {intervalMs} : undefined, frame)
  const [{chooseRecords}, {makeRound}, {tellRetry}, gathered] = await Promise.all([
    import('../batch/retry/choose-records.js'),
    import('../batch/retry/make-round.js'),
    import('../batch/retry/tell-retry.js'),
    gather(look, connection, frame.signal),
  ])
  const {signal} = frame
  const {standing, state: before} = look
  const [part] = gathered.pile.inputs
  if (part === undefined || gathered.input.origin !== 'plan') throw inputGone(gathered.input.name)
  const reading = {region: gathered.region, signal}
  const chosen: ChosenRecords = await chooseRecords(gathered.pile, standing, include, reading)
  const plan =
    chosen.tally.sizes.length === 0
      ? undefined
      : await makeRound({plans: standing.rounds, tally: chosen.tally, source: part.source, now: new Date(), signal})
  const told = {group, chosen, include, plan}
  return {
    plan,
    tell: async (outcome) => tellRetry({...told, outcome, state: before, simulated: connection.simulated()}),
    submit: async (words) => {
      if (plan === undefined) throw usageError('NOTHING_TO_RETRY', 'There is nothing to try again.')
      await checkAccount(plan, connection, signal)
      const {state, end, gone} = await submitRound(plan, look, followed, words, connection, frame)
      const outcome = end === 'done' ? (words.until === 'ended' ? 'ended' : 'submitted') : end
      return tellRetry({...told, outcome, state, gone, simulated: connection.simulated()})
    },
  }
}

type GroupLook = Look & {readonly kind: 'group'}

/** The group once none of its jobs is open; refused where one is and nobody wants to wait, or where shards have no job. */
async function lookAtEnded(
  {door, ports, target}: FollowedBatch,
  waiting: {readonly intervalMs: number | undefined} | undefined,
  frame: Frame,
): Promise<GroupLook> {
  if (target.kind === 'job' || !target.local) throw noPlan(target.kind === 'job' ? target.arn : target.name)
  const [{lookAt}, {watchBatch}, {noteEnds}, {realClock}, {isShardOver, stateOfShard}] = await Promise.all([
    import('../batch/follow/look.js'),
    import('../batch/watch/watch-batch.js'),
    import('../batch/follow/note-ends.js'),
    import('../jobs/clock.js'),
    import('../batch/progress/shard-standing.js'),
  ])
  const settle = (look: Look) => noteEnds(look, door.stateFolder, realClock.now)
  if (waiting !== undefined) {
    const onTrouble = ({message}: Error, waitMs: number) =>
      frame.note(`${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`)
    const input = {target, ...waiting, timeoutMs: undefined, signal: frame.signal}
    await watchBatch({...input, onLook: () => undefined, onTrouble}, {...ports, clock: realClock, settle})
  }
  const look = await lookAt(target, ports, frame.signal)
  if (look.kind === 'job') throw noPlan(target.name)
  const {shards} = look.standing
  if (shards.some((shard) => stateOfShard(shard) === 'Planned')) throw notSubmitted(target.name)
  const open = shards.filter((shard) => !isShardOver(shard))
  if (open.length > 0) throw stillOpen(target.name, open.length)
  await settle(look)
  return look
}

async function gather(look: Look, connection: Connection, signal: AbortSignal) {
  const [{gatherPile}, {openFileSource}, {inputPlace, outputUri}, store] = await Promise.all([
    import('../batch/collect/gather-pile.js'),
    import('../jsonl/file-source.js'),
    import('../batch/submit/job-of-shard.js'),
    onlineSession(connection, 'Batch jobs').objectStore(),
  ])
  return gatherPile(look, {store, openFile: openFileSource, placeOfShard: inputPlace, outputUriOf: outputUri}, signal)
}

async function submitRound(
  plan: PlanFile,
  {standing}: GroupLook,
  {door}: FollowedBatch,
  words: SubmitWords,
  connection: Connection,
  frame: Frame,
) {
  const {openGroup} = await import('../batch/group/group-store.js')
  const open = await openGroup(door.stateFolder, standing.group, lockOptions(true, frame))
  if (open === undefined) throw noPlan(standing.group)
  frame.onClose(() => open.close())
  // Another retry may have come first while this one asked.
  if (open.plans.length !== standing.rounds.length) throw notSubmitted(standing.group)
  await open.addRound(plan)
  return runSubmit(open, words, connection, frame)
}

function noPlan(name: string) {
  return usageError('RETRY_NEEDS_PLAN', `${name} is no group whose plan is on this machine.`, {
    why: 'A retry cuts the missing records out of the input that the plan names.',
    hint: 'Run it where the group was submitted, or plan the records of: bedrockctl batch collect --failed FILE',
    actions: ['bedrockctl batch list'],
  })
}

function notSubmitted(name: string) {
  return usageError('GROUP_UNSUBMITTED', `Shards of ${name} have no job yet.`, {
    hint: 'Submit them first; what fails of them is tried again after that.',
    actions: [`bedrockctl batch submit ${name}`],
  })
}

function stillOpen(name: string, jobs: number) {
  return usageError(
    'GROUP_OPEN',
    `${jobs === 1 ? 'A job' : `${jobs} jobs`} of ${name} ${jobs === 1 ? 'is' : 'are'} still open.`,
    {
      hint: 'Wait with --wait, or stop what is open; then run it again.',
      actions: [`bedrockctl batch watch ${name}`, `bedrockctl batch stop ${name}`],
    },
  )
}

function inputGone(name: string) {
  return usageError('INPUT_CHANGED', `${name} is not what it was when the group was planned.`, {
    why: 'The shards of a retry are parts of it.',
    hint: 'Put it back as it was; its answers can be collected all the same.',
  })
}

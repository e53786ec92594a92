import type {GatheredPile} from '../batch/collect/gather-pile.js'
import type {Look} from '../batch/follow/look.js'
import type {OpenGroup} from '../batch/group/group-store.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {BatchRetryResult} from '../batch/retry/batch-retry.schema.js'
import type {ChosenRecords} from '../batch/retry/choose-records.js'
import type {Includable} from '../batch/retry/retry-classes.js'
import type {Settings} from '../config/settings.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import {answerOnDemand, onDemandPrices} from './answer-on-demand.js'
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
  /** Ask for the records one by one, not by a job. */
  readonly onDemand: boolean
  /** Wait for jobs that are still open before, and for the new ones after. */
  readonly wait: boolean
  /** Between two looks while waiting. */
  readonly intervalMs: number | undefined
  /** For both waits together; undefined: no end. */
  readonly timeoutMs: number | undefined
}

/** What a retry would do, before anything is done. */
export interface OpenedRetry {
  readonly plan: PlanFile | undefined
  tell(outcome: BatchRetryResult['outcome']): Promise<BatchRetryResult>
  /** Adds the round to the group and submits it. */
  submit(words: Omit<SubmitWords, 'timeoutMs'>): Promise<BatchRetryResult>
}

/** Looks at a group whose jobs have ended, finds the records without an answer, and plans the next round of them. */
export async function openRetry(
  {group, include, intervalMs, onDemand, timeoutMs, wait}: RetryWords,
  settings: Settings,
  connection: Connection,
  frame: Frame,
): Promise<OpenedRetry> {
  const followed = await followBatch(group, settings, connection, frame.signal)
  const begin = performance.now()
  const look = await lookAtEnded(followed, wait ? {intervalMs, timeoutMs} : undefined, frame)
  const leftMs = timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (performance.now() - begin))
  const begun = begunOnDemand(look)
  if (begun && !onDemand) throw onDemandOpen(group)
  const [{chooseRecords}, {makeRound}, {tellRetry}, gathered] = await Promise.all([
    import('../batch/retry/choose-records.js'),
    import('../batch/retry/make-round.js'),
    import('../batch/retry/tell-retry.js'),
    gather(look, connection, frame.signal),
  ])
  const {signal} = frame
  const {standing, state: before} = look
  const [part] = gathered.pile.inputs
  if (part === undefined || gathered.input.origin !== 'plan') throw inputGone(gathered)
  const reading = {region: gathered.region, signal}
  const chosen: ChosenRecords = await chooseRecords(gathered.pile, standing, include, reading)
  const making = {plans: standing.rounds, tally: chosen.tally, source: part.source, now: new Date(), signal}
  const make = async () => {
    if (!onDemand) return makeRound(making)
    const {makeOnDemandRound} = await import('../batch/retry/make-on-demand-round.js')
    const [first] = standing.rounds
    return makeOnDemandRound(making, await onDemandPrices(first ?? NOWHERE, settings, connection, frame))
  }
  const plan = begun ?? (chosen.tally.sizes.length === 0 ? undefined : await make())
  const told = {group, chosen, include, plan}
  return {
    plan,
    tell: async (outcome) => tellRetry({...told, outcome, state: before, simulated: connection.simulated()}),
    submit: async (words) => {
      if (plan === undefined) throw usageError('NOTHING_TO_RETRY', 'There is nothing to try again.')
      await checkAccount(plan, connection, signal)
      if (onDemand) {
        const open = await openForRound(plan, look, followed, frame)
        const state = await answerOnDemand(open, part.source, connection, frame)
        return tellRetry({...told, outcome: 'ended', state, simulated: connection.simulated()})
      }
      const bounded = {...words, timeoutMs: leftMs}
      const {state, end, gone} = await submitRound(plan, look, followed, bounded, connection, frame)
      const outcome = end === 'done' ? (words.until === 'ended' ? 'ended' : 'submitted') : end
      return tellRetry({...told, outcome, state, gone, simulated: connection.simulated()})
    },
  }
}

type GroupLook = Look & {readonly kind: 'group'}

/** The group once none of its jobs is open; refused where one is and nobody wants to wait, or where shards have no job. */
async function lookAtEnded(
  {door, ports, target}: FollowedBatch,
  waiting: Pick<RetryWords, 'intervalMs' | 'timeoutMs'> | undefined,
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
    const input = {target, ...waiting, signal: frame.signal}
    const {end} = await watchBatch({...input, onLook: () => undefined, onTrouble}, {...ports, clock: realClock, settle})
    if (end === 'timed-out') throw waitOver(target.name)
  }
  const look = await lookAt(target, ports, frame.signal)
  if (look.kind === 'job') throw noPlan(target.name)
  const {shards} = look.standing
  if (begunOnDemand(look)) return look
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

const NOWHERE = {modelId: '', region: ''}

/** The last round, where it is on demand and was not ended. */
function begunOnDemand({state}: Look & {readonly kind: 'group'}): PlanFile | undefined {
  const last = state?.rounds.at(-1)
  return last?.plan.way === 'on-demand' && last.shards.some(({end}) => end === undefined) ? last.plan : undefined
}

async function submitRound(
  plan: PlanFile,
  look: GroupLook,
  followed: FollowedBatch,
  words: SubmitWords,
  connection: Connection,
  frame: Frame,
) {
  return runSubmit(await openForRound(plan, look, followed, frame), words, connection, frame)
}

/** The group, held by this process, with the round added where it is not there yet. */
async function openForRound(
  plan: PlanFile,
  {standing}: GroupLook,
  {door}: FollowedBatch,
  frame: Frame,
): Promise<OpenGroup> {
  const {openGroup} = await import('../batch/group/group-store.js')
  const open = await openGroup(door.stateFolder, standing.group, lockOptions(true, frame))
  if (open === undefined) throw noPlan(standing.group)
  frame.onClose(() => open.close())
  if (open.plans.length !== standing.rounds.length) throw overtaken(standing.group, plan)
  if (plan.round > open.plans.length) await open.addRound(plan)
  return open
}

function noPlan(name: string) {
  return usageError('RETRY_NEEDS_PLAN', `${name} is no group whose plan is on this machine.`, {
    why: 'A retry cuts the missing records out of the input that the plan names.',
    hint: 'Run it where the group was submitted. Elsewhere batch collect --failed FILE names the records without an answer: plan those of your input as a group of their own.',
    actions: ['bedrockctl batch list'],
  })
}

function notSubmitted(name: string) {
  return usageError('GROUP_UNSUBMITTED', `Shards of ${name} have no job yet.`, {
    hint: 'Submit them first; what fails of them is tried again after that.',
    actions: [`bedrockctl batch submit ${name}`],
  })
}

function onDemandOpen(name: string) {
  return usageError('ON_DEMAND_OPEN', `Records of ${name} are being answered on demand, and not all of them are yet.`, {
    hint: 'Go on with that first: what is answered is kept, and not asked again.',
    actions: [`bedrockctl batch retry ${name} --on-demand`],
  })
}

/** Another retry came first, while this one looked or asked. */
function overtaken(name: string, {way}: PlanFile) {
  return usageError('GROUP_CHANGED', `Another retry of ${name} began while this one was getting ready.`, {
    why: 'What this one found missing may be answered by then. It has done nothing.',
    hint: 'Run it again: it tries what is missing after the other one.',
    actions: [`bedrockctl batch retry ${name}${way === 'on-demand' ? ' --on-demand' : ''}`],
  })
}

function waitOver(name: string) {
  return new BedrockctlError('GROUP_OPEN', `Jobs of ${name} are still open, and the time to wait is over.`, {
    fault: 'timedOut',
    why: 'The jobs go on; nothing was tried again.',
    hint: 'Wait longer with --timeout, or stop what is open; then run it again.',
    actions: [`bedrockctl batch watch ${name}`, `bedrockctl batch stop ${name}`],
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

function inputGone({difference, input}: Pick<GatheredPile, 'difference' | 'input'>) {
  return usageError('INPUT_CHANGED', `${input.name} is not what it was when the group was planned.`, {
    why: difference ?? 'The shards of a retry are parts of it.',
    hint: 'Put it back as it was; its answers can be collected all the same.',
  })
}

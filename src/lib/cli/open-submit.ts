import {stat} from 'node:fs/promises'
import {join} from 'node:path'
import type {GroupState} from '../batch/group/group-state.js'
import type {GroupRecord} from '../batch/group/group-store.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {SubmitResult} from '../batch/submit/submit.schema.js'
import {usageError} from '../core/errors.js'
import type {Connection} from './connect.js'
import type {Progress} from './progress.js'
import {checkAccount, lockOptions, runSubmit, type SubmitWords} from './run-submit.js'

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly note: (text: string) => void
}

type OnClose = (close: () => Promise<void>) => void

/** What a plan or a group stands for, before anything is done. */
export interface OpenedSubmit {
  readonly before: GroupState
  readonly folder: string
  /** Takes the lock of the group, made where it is not there yet, and submits what is left of it. */
  open(
    words: SubmitWords & {readonly failIfBusy: boolean},
    connection: Connection,
    frame: Frame,
    onClose: OnClose,
  ): Promise<{
    readonly state: GroupState
    readonly outcome: SubmitResult['outcome']
    /** ARNs of jobs that the service knows no more. */
    readonly gone: ReadonlySet<string>
  }>
}

/** Reads a plan file, or a group of this machine by its name; or takes a plan that was just made. */
export async function openSubmit(planOrGroup: string | PlanFile): Promise<OpenedSubmit> {
  const [{stateFolder}, store, {foldJournal}] = await Promise.all([
    import('../config/state-folder.js'),
    import('../batch/group/group-store.js'),
    import('../batch/group/group-state.js'),
  ])
  const root = stateFolder(process.env, process.platform)
  const {plan, group} =
    typeof planOrGroup === 'string' ? await readWhat(planOrGroup, root) : await takeUp(planOrGroup, root)
  const plans = group?.plans ?? [plan]
  return {
    before: foldJournal(plans, group?.events ?? []),
    folder: group?.folder ?? join(root, 'batch', plan.group),
    async open({failIfBusy, ...words}, connection, frame, onClose) {
      await checkAccount(plan, connection, frame.signal)
      const {timeoutMs} = words
      const askedAt = performance.now()
      const open = await store.createGroup(root, plan, lockOptions(failIfBusy, frame, timeoutMs))
      onClose(() => open.close())
      // One time for all that is waited for.
      const left = timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (performance.now() - askedAt))
      const {state, end, gone} = await runSubmit(open, {...words, timeoutMs: left}, connection, frame)
      return {state, gone, outcome: end === 'done' ? (words.until === 'ended' ? 'ended' : 'submitted') : end}
    },
  }
}

interface What {
  /** Of the first round. */
  readonly plan: PlanFile
  /** As far as it is there. */
  readonly group: GroupRecord | undefined
}

/** The same records for the same jobs, planned a second time, go on with what was begun. */
async function takeUp(plan: PlanFile, root: string): Promise<What> {
  const {readGroup} = await import('../batch/group/group-store.js')
  const group = await readGroup(root, plan.group)
  const [first] = group?.plans ?? []
  if (first === undefined) return {plan, group: undefined}
  const others = differences(first, plan)
  if (others.length === 0) return {plan: first, group}
  throw usageError('GROUP_EXISTS', `There is a group ${plan.group} already, and it began with another plan.`, {
    why: `Not the same: ${others.join(', ')}.`,
    hint: 'Give the new one a name of its own with --group, or go on with the old one as it was begun.',
    actions: [`bedrockctl batch submit ${plan.group}`, `bedrockctl batch show ${plan.group}`],
  })
}

/** What makes other jobs of a plan; when it was made, what it costs and how far apart its jobs are do not. */
const OF_JOBS = {
  account: 'account',
  region: 'Region',
  modelId: 'model',
  api: 'API',
  roleArn: 'role',
  staging: 'staging',
  results: 'results',
  kmsKeyId: 'key',
  timeoutHours: 'time limit',
  vpc: 'VPC',
  tags: 'tags',
  bucketOwner: 'owner of the buckets',
} as const satisfies Partial<Record<keyof PlanFile, string>>

function differences(first: PlanFile, plan: PlanFile): readonly string[] {
  const digests = ({shards}: PlanFile) => JSON.stringify(shards.map(({sha256}) => sha256))
  const others = (Object.keys(OF_JOBS) as (keyof typeof OF_JOBS)[]).filter(
    (key) => JSON.stringify(first[key]) !== JSON.stringify(plan[key]),
  )
  return [...others.map((key) => OF_JOBS[key]), ...(digests(first) === digests(plan) ? [] : ['records'])]
}

async function readWhat(planOrGroup: string, root: string): Promise<What> {
  const [{readGroup}, {readPlan}] = await Promise.all([
    import('../batch/group/group-store.js'),
    import('../batch/plan/read-plan.js'),
  ])
  const isFile = await stat(planOrGroup).then(
    (facts) => facts.isFile(),
    () => false,
  )
  if (isFile) {
    return takeUp(await readPlan(planOrGroup), root)
  }
  const group = await readGroup(root, planOrGroup)
  const [plan] = group?.plans ?? []
  if (plan !== undefined) return {plan, group}
  throw usageError('PLAN_UNKNOWN', `There is no plan file and no group ${planOrGroup}.`, {
    hint: 'Make a plan first, or name a group of this machine: bedrockctl batch list',
    actions: ['bedrockctl batch plan FILE --model ID --role NAME --staging s3://BUCKET/PREFIX'],
  })
}

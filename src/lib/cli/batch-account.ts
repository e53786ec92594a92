import type {AccountSnapshot} from '../account/snapshot.schema.js'
import type {BatchLimits} from '../batch/plan/plan.schema.js'
import type {BatchJob} from '../batch/ports.js'
import type {Unread} from '../core/answer.schema.js'
import {attempt} from '../core/attempt.js'
import {toUnread} from '../core/unread.js'
import type {PreflightCheck} from '../jobs/preflight/preflight.schema.js'
import type {AccountFrame} from './account-frame.js'
import type {BatchWords} from './batch-words.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {takeSnapshot} from './take-snapshot.js'

/** What the account says of jobs that are to be made. */
export interface BatchAccount {
  readonly roleArn: string
  readonly limits: BatchLimits
  /** Undefined: not read. */
  readonly openJobs: number | undefined
  readonly earlierJobs: readonly BatchJob[]
  readonly preflight: readonly PreflightCheck[]
  readonly unread: readonly Unread[]
}

/** A job may wait and run for seven days; what is older says how fast jobs were. */
const LOOK_BACK_MS = 30 * 86_400_000

/** Reads quotas, jobs, policies, buckets and keys at once, and looks at them before a job is made. */
export async function readBatchAccount(
  words: BatchWords,
  inputName: string,
  frame: AccountFrame,
): Promise<BatchAccount> {
  const {connection, settings, signal} = frame
  const {baseModelId, kmsKey, region, results, staging, target, vpc} = words
  const session = onlineSession(connection, 'Where batch jobs run')
  const [{jobAccountReads}, {readProject}] = await Promise.all([
    import('../jobs/preflight/account-reads.js'),
    import('../config/read-project.js'),
  ])
  const reads = jobAccountReads([staging.bucket, results.bucket], {
    keys: kmsKey === null ? [] : [kmsKey],
    inVpc: vpc !== null,
    more: ['bedrock:foundation-models', 'bedrock:inference-profiles'],
  })
  const since = new Date(Date.now() - LOOK_BACK_MS).toISOString()
  const [{snapshot}, quotas, jobs, modelAccess, project, facts] = await Promise.all([
    takeSnapshot(
      {...reads, settings: {...settings, regions: [region]}, toolVersion: frame.toolVersion},
      connection,
      frame,
    ),
    attempt(session.quotas().then((source) => source.listQuotas(region, signal))),
    attempt(session.batchJobs().then((source) => source.list(region, {submittedAfter: since}, signal))),
    judgeAccess(baseModelId, region, connection, signal),
    readProject(words.project, process.cwd()),
    connection.catalog.batch(),
  ])
  const [{batchLimits}, {jobsOf, openJobsOf}] = await Promise.all([
    import('../batch/limits/batch-limits.js'),
    import('../batch/limits/open-jobs.js'),
  ])
  const {catalog} = connection
  const limits = batchLimits(
    {modelId: baseModelId, model: target.kind === 'custom-model' ? 'custom' : 'base'},
    quotas.error ? undefined : {quotas: quotas.value, readAt: snapshot.takenAt},
    catalog,
    facts,
  )
  const ofModel = jobs.error ? [] : jobsOf(baseModelId, jobs.value, catalog)
  const openJobs = jobs.error ? undefined : openJobsOf(baseModelId, ofModel, catalog).length
  const read = {
    limits,
    openJobs: jobs.error ? jobs.error.message : (openJobs ?? 0),
    modelAccess,
    project,
  }
  const {preflight, roleArn} = await judge(words, snapshot, read, inputName)
  return {
    roleArn,
    limits,
    openJobs,
    earlierJobs: ofModel,
    preflight,
    unread: quotas.error ? [toUnread(quotas.error, region, 'servicequotas:ListServiceQuotas')] : [],
  }
}

type Read = Pick<
  Parameters<typeof import('../batch/preflight/batch-preflight.js')['batchPreflight']>[1],
  'limits' | 'openJobs' | 'modelAccess' | 'project'
>

async function judge(words: BatchWords, snapshot: AccountSnapshot, read: Read, inputName: string) {
  const [{batchPreflight}, {openJobAccount}, {examplePlaces}, {findCallTarget}, {targetFor}] = await Promise.all([
    import('../batch/preflight/batch-preflight.js'),
    import('../jobs/preflight/open-job-account.js'),
    import('../batch/preflight/example-places.js'),
    import('../iam/account/call-targets.js'),
    import('../batch/preflight/target-for.js'),
  ])
  const {account, baseModelId, bucketOwner, kmsKey, modelId, partition, region, results, staging, vpc} = words
  const facts = openJobAccount(snapshot, words)
  const preflight = batchPreflight(
    {
      place: {partition, account, region},
      target: targetFor(words.target, findCallTarget(snapshot, region, modelId)),
      modelId,
      baseModelId,
      staging,
      results,
      example: examplePlaces({staging, results}, words.group, inputName),
      bucketOwner,
      kmsKey,
      vpc,
    },
    {...facts, support: words.support, ...read},
  )
  return {preflight, roleArn: facts.roleArn}
}

/** As `models access` judges it. That the Region is enabled is known: jobs of it were read. */
async function judgeAccess(
  id: string,
  region: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<Read['modelAccess']> {
  const [{readAccount}, {judgeAccount}, access] = await Promise.all([
    import('../models/access/read-account.js'),
    import('../models/access/account-verdict.js'),
    onlineSession(connection, 'Where batch jobs run').access(),
  ])
  const catalog = connection.catalog.model(id)
  const model = {id, provider: catalog?.provider ?? null, catalog}
  const read = await readAccount({regions: [region], models: [model]}, {isEnabled: () => true}, {access}, signal)
  const facts = read.accountOf(region, id)
  if (facts === undefined) return {answer: 'unknown', findings: [], offered: null}
  return {...judgeAccount(model, facts), offered: facts.access?.region ?? null}
}

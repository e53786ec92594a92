import {resolve} from 'node:path'
import type {BatchPlan} from '../batch/plan/batch-plan.schema.js'
import type {PlanQuestion} from '../batch/plan/make-plan.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {BatchApi} from '../batch/ports.js'
import type {S3Place} from '../jobs/ports.js'
import type {CommandFrame} from './base-command.js'
import {type BatchAccount, readBatchAccount} from './batch-account.js'
import {checkThreads, threadedRunner, tokenRates} from './batch-check.js'
import type {BatchPlanFlags} from './batch-flags.js'
import {openBatchInput} from './batch-input.js'
import {type BatchWords, settleBatchWords} from './batch-words.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {openPrices} from './price-book.js'

/** A plan as it was made, and what is told of it. */
export interface BatchPlanMade {
  /** Undefined where records or limits allow none; it may still fail its preflight: look at the gate. */
  readonly plan: PlanFile | undefined
  readonly result: BatchPlan
  readonly connection: Connection
}

export interface PlanFrame extends Omit<CommandFrame, 'connect'> {
  readonly connect: () => Promise<Connection>
  readonly warn: (text: string) => void
}

/** Checks a pile of records, looks at the account, and makes the plan that the flags ask for. Nothing is saved. */
export async function makeBatchPlan(file: string, flags: BatchPlanFlags, frame: PlanFrame): Promise<BatchPlanMade> {
  const {progress, settings, signal} = frame
  const [{makePlan}, {tellPlan}, {checkPile}, input] = await Promise.all([
    import('../batch/plan/make-plan.js'),
    import('../batch/plan/tell-plan.js'),
    import('../batch/plan/check-pile.js'),
    openBatchInput(file, frame.connect, signal),
  ])
  const {connection} = input
  onlineSession(connection, 'Where batch jobs run')
  const words = await settleBatchWords(flags, {connection, settings, signal, progress, warn: frame.warn})
  const threads = input.file === undefined ? 1 : checkThreads(flags.threads, input.source.bytes)
  const [rates, runnerOf] = await Promise.all([
    tokenRates(),
    input.file === undefined ? undefined : threadedRunner(input.file, input.source, threads),
  ])
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  const ratesOfModel = rates(words.baseModelId)
  const [pile, account, prices] = await Promise.all([
    checkPile(
      {source: input.source, modelId: words.baseModelId, api: words.api, rates: ratesOfModel},
      {
        catalog: connection.catalog,
        runnerOf,
        signal,
        onProgress: (bytes) => progress.update(megabytes(bytes), megabytes(input.source.bytes), 'MB checked'),
      },
    ),
    readBatchAccount(words, input.source.name, {...frame, connection}),
    openPrices(settings, connection, {regions: [words.region], signal, progress, warn: frame.warn}),
  ])
  const question = questionOf(words, account, pile.api)
  const facts = {
    source: input.source,
    check: pile.check,
    tally: pile.tally,
    limits: account.limits,
    openJobs: account.openJobs,
    earlierJobs: account.earlierJobs,
    preflight: account.preflight,
    book: prices.book,
    rates: ratesOfModel,
    isEmbedding: connection.catalog.model(words.baseModelId)?.outputModalities?.includes('EMBEDDING') === true,
    now: new Date(),
  }
  const made = await makePlan(question, facts, signal)
  const {route, why} = words
  const told = {question, facts, route, why, unread: account.unread, simulated: connection.simulated()}
  return {plan: made.plan && withFullPath(made.plan, input.file), result: tellPlan(made, told), connection}
}

/** A plan is carried out from any folder: its input is named by the full path, messages name it as it was typed. */
function withFullPath(plan: PlanFile, file: string | undefined): PlanFile {
  return file === undefined ? plan : {...plan, input: {...plan.input, name: resolve(file)}}
}

function questionOf(words: BatchWords, {roleArn}: BatchAccount, api: BatchApi): PlanQuestion {
  const {
    account,
    baseModelId,
    bucketOwner,
    group,
    kmsKey,
    maxJobs,
    modelId,
    region,
    results,
    route,
    skipRejected,
    staging,
  } = words
  return {
    account,
    api,
    baseModelId,
    ...(bucketOwner !== account && {bucketOwner}),
    kmsKeyId: kmsKey,
    modelId,
    region,
    results: uriOf(results),
    roleArn,
    staging: uriOf(staging),
    tags: words.tags,
    timeoutHours: words.timeoutHours,
    vpc: words.vpc,
    group,
    maxJobs,
    skipRejected,
    profileId: words.target.kind === 'profile' ? words.target.profileId : undefined,
    route: route ?? 'in-region',
  }
}

function uriOf({bucket, key}: S3Place): string {
  return key === '' ? `s3://${bucket}` : `s3://${bucket}/${key}`
}

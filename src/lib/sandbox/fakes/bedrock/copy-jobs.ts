import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelCopyJobStatus, ModelCopyJobSummary} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {CopyJob, CustomModel} from '../../world/custom-model-state.js'
import {partitionOf} from '../../world/offering.js'
import {placeOf} from '../account-place.js'
import {statusOf} from './custom-models/model-state.js'
import {settleJobs} from './customizations/settled-jobs.js'
import {findJob, type PlacedJob, placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'
import {here, ownArn} from './place.js'
import {invalid, notFound} from './refusals.js'
import {onceForToken} from './request-token.js'
import {checkedTags} from './tags.js'

/** How long a copy takes; AWS publishes no time. */
const COPY_MS = 60_000
const TAKEN = 'The provided custom model name is currently in use.'

export const copyJobs = handlersFor<typeof Bedrock>()({
  async CreateModelCopyJob(input, context) {
    const tags = checkedTags(input.targetModelTags ?? [])
    const {region: sourceRegion = context.region} = parseArn(input.sourceModelArn) ?? {}
    await settleJobs({...context, region: sourceRegion})
    const jobArn = onceForToken(input, context, () => {
      const source = sourceOf(input.sourceModelArn, context)
      if ([...here(context).customModels.values()].some(({name}) => name === input.targetModelName))
        throw invalid(TAKEN)
      const createdAt = context.now()
      const target = copyOf(source, input, createdAt, context)
      const arn = ownArn(context, `model-copy-job/${context.world.newId(12)}`)
      const {customModels, copyJobs: jobs, tags: kept} = here(context)
      customModels.set(target.arn, target)
      kept.set(target.arn, tags)
      jobs.set(arn, {arn, sourceModelArn: source.arn, target, createdAt})
      return arn
    })
    context.setStatus(201)
    return {jobArn}
  },

  ListModelCopyJobs(input, context) {
    const {targetModelNameContains, sourceAccountEquals, sourceModelArnEquals} = input
    const all = allJobs(context).filter(
      ({detail: {sourceModelArn, sourceAccountId}}) =>
        (sourceModelArnEquals === undefined || sourceModelArn === sourceModelArnEquals) &&
        (sourceAccountEquals === undefined || sourceAccountId === sourceAccountEquals),
    )
    const {items, next} = ownPage(all, {...input, nameContains: targetModelNameContains}, context)
    return {modelCopyJobSummaries: items.map(({detail}) => detail), nextToken: next}
  },

  GetModelCopyJob({jobArn}, context) {
    return findJob(allJobs(context), jobArn, context).detail
  },
})

/** A custom model of the account, in the Region that its ARN names. Words are ours. */
function sourceOf(identifier: string, {world, account, region, now}: RequestContext): CustomModel {
  const arn = parseArn(identifier)
  if (arn?.partition !== partitionOf(world.catalog, region)) throw invalid('The provided ARN is invalid.')
  if (!arn.resource.startsWith('custom-model/')) throw invalid(`${identifier} is no custom model.`)
  const found = arn.account === account ? world.regional(account, arn.region).customModels.get(identifier) : undefined
  if (!found) throw notFound(`The custom model ${identifier} was not found.`)
  if (statusOf(found, now()) !== 'Active') throw invalid(`The custom model ${identifier} is not Active.`)
  return found
}

function copyOf(
  source: CustomModel,
  {targetModelName: name, modelKmsKeyId: key}: Bedrock.CreateModelCopyJobCommandInput,
  now: number,
  context: RequestContext,
): CustomModel {
  const kind = source.arn.split('/')[1] ?? 'imported'
  const arn = ownArn(context, `custom-model/${kind}/${context.world.newId(12)}`)
  const kmsKeyArn = key === undefined || key.startsWith('arn:') ? key : placeOf(context).arn('kms', keyPath(key))
  const readyAt = now + COPY_MS
  // The job that made the source is none of this Region's.
  const own = {arn, name: name ?? source.name, job: undefined, kmsKeyArn}
  return {...source, ...own, createdAt: now, listedAt: readyAt, readyAt}
}

const keyPath = (key: string): string => (key.startsWith('alias/') ? key : `key/${key}`)

type Described = ModelCopyJobSummary & Required<Pick<ModelCopyJobSummary, 'sourceModelArn' | 'sourceAccountId'>>

/** Those that the scenario declares, and those that were made here. */
function allJobs(context: RequestContext): readonly PlacedJob<Described>[] {
  const jobs = (placeOf(context).resources.copyJobs ?? []).map((job) => ({...job, name: job.targetModelName}))
  const declared = placedJobs(jobs, 'model-copy-job', context).map((job): PlacedJob<Described> => {
    const {targetModelArn, targetModelName, sourceModelArn, kmsKeyArn, failureMessage} = job.detail
    const detail = {targetModelArn, targetModelName, sourceModelArn, targetModelKmsKeyArn: kmsKeyArn, failureMessage}
    return {...job, detail: described(job, detail)}
  })
  return [...declared, ...[...here(context).copyJobs.values()].map((job) => made(job, context.now()))]
}

function made({arn, target, sourceModelArn, createdAt}: CopyJob, now: number): PlacedJob<Described> {
  const ended = now >= target.readyAt
  const endedAt = ended ? target.readyAt : undefined
  const job = {arn, name: target.name, status: ended ? 'Completed' : 'InProgress', createdAt, endedAt}
  const detail = {
    targetModelArn: target.arn,
    targetModelName: target.name,
    targetModelKmsKeyArn: target.kmsKeyArn,
    sourceModelArn,
    sourceModelName: undefined,
  }
  return {...job, detail: described(job, detail)}
}

function described(
  {arn, status, createdAt}: Pick<PlacedJob<unknown>, 'arn' | 'status' | 'createdAt'>,
  detail: Pick<Described, 'sourceModelArn' | 'targetModelArn' | 'targetModelName' | 'targetModelKmsKeyArn'>,
): Described {
  return {
    ...detail,
    jobArn: arn,
    status: status as ModelCopyJobStatus,
    creationTime: new Date(createdAt),
    sourceAccountId: detail.sourceModelArn?.split(':')[4] ?? '',
  } as Described
}

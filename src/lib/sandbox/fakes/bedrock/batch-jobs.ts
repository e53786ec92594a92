import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelInvocationJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {BatchJob} from '../../world/batch-state.js'
import {placeOf} from '../account-place.js'
import {batchSettings, newJob, readGrounds} from './batch/create-job.js'
import {type DeclaredJob, describeDeclared, describeJob, type ListedJob} from './batch/describe-job.js'
import {batchLimits} from './batch/limits.js'
import {drive, type JobSite, settle} from './batch/run-job.js'
import {placedJobs} from './job-list.js'
import {ownPage} from './own-lists.js'
import {patiently} from './patience.js'
import {here, resourceHere} from './place.js'
import {conflict, invalid, notFound} from './refusals.js'
import {onceForToken} from './request-token.js'
import {checkedTags} from './tags.js'

export const batchJobs = handlersFor<typeof Bedrock>()({
  async CreateModelInvocationJob(input, context) {
    const tags = checkedTags(input.tags ?? [])
    const grounds = await readGrounds(input, context)
    // Nothing waits from here on, so that two requests at once do not both find a name or a token free.
    const jobArn = onceForToken(input, context, () => {
      const job = newJob(input, grounds, context)
      const state = here(context)
      state.batch.jobs.set(job.arn, job)
      state.tags.set(job.arn, tags)
      void drive(job, {...place(context), ...grounds})
      return job.arn
    })
    return {jobArn}
  },

  async GetModelInvocationJob({jobIdentifier}, context) {
    const job = find(jobIdentifier, context)
    return (await listed(job, context)).summary
  },

  async ListModelInvocationJobs(input, context) {
    const {submitTimeAfter, submitTimeBefore, ...rest} = input
    const own = [...here(context).batch.jobs.values()].filter(({listedAt}) => listedAt <= context.now())
    const all = await Promise.all([...declaredJobs(context), ...own].map((job) => listed(job, context)))
    const bounds = {creationTimeAfter: submitTimeAfter, creationTimeBefore: submitTimeBefore}
    const {items, next} = ownPage(all, {...rest, ...bounds}, context)
    return {invocationJobSummaries: items.map(({summary}) => summary), nextToken: next}
  },

  async StopModelInvocationJob({jobIdentifier}, context) {
    const job = find(jobIdentifier, context)
    const {status} = await listed(job, context)
    if (ENDED.has(status)) throw conflict(`The job ${job.arn} is in the state ${status} and cannot be stopped.`)
    if (status === 'Stopping') return {}
    if ('detail' in job) here(context).batch.stopped.set(job.arn, context.now())
    else await stop(job, context)
    return {}
  },
})

const ENDED: ReadonlySet<ModelInvocationJobStatus> = new Set([
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Stopped',
  'Expired',
])

type AnyJob = DeclaredJob | BatchJob

function declaredJobs(context: RequestContext): readonly DeclaredJob[] {
  return placedJobs(placeOf(context).resources.batchJobs, 'model-invocation-job', context)
}

/** By ARN alone: the pattern lets an id pass, Bedrock does not. */
function find(identifier: string, context: RequestContext): AnyJob {
  const resource = resourceHere(identifier, context)
  if (!resource?.startsWith('model-invocation-job/')) throw invalid('The provided ARN is invalid.')
  const found = here(context).batch.jobs.get(identifier) ?? declaredJobs(context).find(({arn}) => arn === identifier)
  if (!found) throw notFound(`The job ${identifier} was not found.`)
  return found
}

async function listed(job: AnyJob, context: RequestContext): Promise<ListedJob> {
  if ('detail' in job) return describeDeclared(job, context)
  if (!job.delivered) await patiently(settle(job, await site(job, context)), context)
  return describeJob(job, context.now())
}

async function stop(job: BatchJob, context: RequestContext): Promise<void> {
  job.stopAskedAt = context.now()
  void drive(job, await site(job, context))
}

function place(context: RequestContext): Pick<JobSite, 'world' | 'account' | 'region' | 'now' | 'sleep'> {
  const {world, account, region, now, sleep} = context
  return {world, account, region, now: () => now(), sleep: (ms) => sleep(ms)}
}

async function site(job: BatchJob, context: RequestContext): Promise<JobSite> {
  const limits = await batchLimits(job.baseModel, context)
  return {...place(context), limits, settings: batchSettings(context)}
}

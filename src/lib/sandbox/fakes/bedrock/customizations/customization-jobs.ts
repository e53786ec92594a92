import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelCustomizationJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import {placeOf} from '../../account-place.js'
import {placedJobs} from '../job-list.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {conflict, notFound} from '../refusals.js'
import {onceForToken} from '../request-token.js'
import {checkedTags} from '../tags.js'
import {goesOn, newJob, readGrounds} from './create-job.js'
import {describeDeclared, describeJob, describeMaker, type ListedJob} from './describe-job.js'
import {settleJobs, start} from './settled-jobs.js'

export const customizationJobs = handlersFor<typeof Bedrock>()({
  async CreateModelCustomizationJob(input, context) {
    const tags = checkedTags(input.jobTags ?? [])
    checkedTags(input.customModelTags ?? [])
    const grounds = await readGrounds(context)
    await settleJobs(context)
    // Nothing waits from here on, so that two requests at once do not both find a name or a token free.
    const jobArn = onceForToken(input, context, () => {
      const job = newJob(input, grounds, context)
      const state = here(context)
      state.tuning.jobs.set(job.arn, job)
      state.tags.set(job.arn, tags)
      void start(job, context)
      return job.arn
    })
    context.setStatus(201)
    return {jobArn}
  },

  async ListModelCustomizationJobs(input, context) {
    const now = context.now()
    const {jobs} = here(context).tuning
    const all = (await allJobs(context)).filter(({arn}) => (jobs.get(arn)?.listedAt ?? 0) <= now)
    const {items, next} = ownPage(all, input, context)
    return {modelCustomizationJobSummaries: items.map(({summary}) => summary), nextToken: next}
  },

  async GetModelCustomizationJob({jobIdentifier}, context) {
    return (await findJob(jobIdentifier, context)).details
  },

  async StopModelCustomizationJob({jobIdentifier}, context) {
    const {arn, status} = await findJob(jobIdentifier, context)
    if (ENDED.has(status)) throw conflict(`The job ${arn} is in the state ${status} and cannot be stopped.`)
    if (status === 'Stopping') return {}
    const {jobs, stopped} = here(context).tuning
    const job = jobs.get(arn)
    if (!job) stopped.set(arn, context.now())
    else {
      job.stopAskedAt = context.now()
      await start(job, context)
    }
    return {}
  },
})

const ENDED: ReadonlySet<ModelCustomizationJobStatus> = new Set(['Completed', 'Failed', 'Stopped'])

/** By ARN, the last part of it, or name. */
async function findJob(wanted: string, context: RequestContext): Promise<ListedJob> {
  resourceHere(wanted, context)
  const found = findOwn(new Map((await allJobs(context)).map((job) => [job.arn, job])), wanted)
  if (!found) throw notFound(`The job ${wanted} was not found.`)
  return found
}

/** Those that were made here, those that the scenario declares, and those that made the scenario's models. */
async function allJobs(context: RequestContext): Promise<readonly ListedJob[]> {
  await settleJobs(context)
  const {tuning, customModels} = here(context)
  const makers = [...customModels.values(), ...tuning.gone].filter(({job}) => job && !tuning.jobs.has(job.arn))
  const still = (placeOf(context).resources.customizationJobs ?? []).filter((job) => !goesOn(job))
  const declared = still.flatMap((job) => placedJobs([job], `model-customization-job/${job.baseModel}`, context))
  return [
    ...makers.flatMap((model) => describeMaker(model, context) ?? []),
    ...declared.map((job) => describeDeclared(job, context)),
    ...[...tuning.jobs.values()].map((job) => describeJob(job, context.now())),
  ]
}

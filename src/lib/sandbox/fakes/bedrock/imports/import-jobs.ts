import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {ModelImportJobStatus} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import type {ImportJob} from '../../../world/import-state.js'
import {asApi} from '../../../world/resources.js'
import {placeOf} from '../../account-place.js'
import {dateOf, findJob, type PlacedJob, placedJobs} from '../job-list.js'
import {ownPage} from '../own-lists.js'
import {here} from '../place.js'
import {onceForToken} from '../request-token.js'
import {serviceRole} from '../service-role.js'
import {checkedTags} from '../tags.js'
import {checkImportRegion, newImport} from './create-import.js'
import {importAt} from './import-timeline.js'
import {driveImport, type ImportSite, settleImport} from './run-import.js'

const HOUR_MS = 3_600_000

export const importJobs = handlersFor<typeof Bedrock>()({
  async CreateModelImportJob(input, context) {
    const tags = checkedTags(input.jobTags ?? [])
    const site = await siteOf(context)
    checkImportRegion(site.facts, context)
    await settleAll(site, context)
    // Nothing waits from here on, so that two requests at once do not both find a name or a token free.
    const jobArn = onceForToken(input, context, () => {
      const job = newImport(input, known(context), site.facts, context)
      const state = here(context)
      state.imports.jobs.set(job.arn, job)
      state.tags.set(job.arn, tags)
      void driveImport(job, site)
      return job.arn
    })
    return {jobArn}
  },

  async ListModelImportJobs(input, context) {
    await settleAll(await siteOf(context), context)
    const listed = allJobs(context).filter(({detail}) => (detail.listedAt ?? 0) <= context.now())
    const {items, next} = ownPage(listed, input, context)
    return {modelImportJobSummaries: items.map(summariseImport), nextToken: next}
  },

  async GetModelImportJob({jobIdentifier}, context) {
    await settleAll(await siteOf(context), context)
    const job = findJob(allJobs(context), jobIdentifier, context)
    const {roleArn, s3Uri, failureMessage, kmsKeyArn, vpc} = job.detail
    return {
      ...summariseImport(job),
      roleArn,
      modelDataSource: {s3DataSource: {s3Uri}},
      failureMessage,
      importedModelKmsKeyArn: kmsKeyArn,
      vpcConfig: vpc && asApi<Bedrock.VpcConfig>(vpc),
    }
  },
})

/** Brings the account's imports here to where they are by now. */
export async function settleAll(site: ImportSite, context: RequestContext): Promise<void> {
  const open = [...here(context).imports.jobs.values()].filter(({outcome}) => outcome === undefined)
  await Promise.all(open.map((job) => settleImport(job, site)))
  keepDeclared(context)
}

export async function siteOf(context: RequestContext): Promise<ImportSite> {
  const {world, account, region, now, sleep} = context
  const facts = await world.catalog.customModels()
  return {world, account, region, facts, now: () => now(), sleep: (ms) => sleep(ms)}
}

/** Names of the models that running imports will make. */
export function runningImports(context: RequestContext): readonly string[] {
  return allJobs(context)
    .filter(({status}) => status === 'InProgress')
    .map(({detail}) => detail.modelName)
}

const known = (context: RequestContext) => ({
  jobNames: allJobs(context).map(({name}) => name),
  running: runningImports(context),
})

interface ImportDetail {
  readonly roleArn: string
  readonly modelName: string
  readonly modelArn?: string | undefined
  readonly s3Uri: string
  readonly failureMessage?: string | undefined
  readonly kmsKeyArn?: string | undefined
  readonly vpc?: object | undefined
  /** Absent on what was there from the start. */
  readonly listedAt?: number
}

// Of the scenario are jobs that failed or run, and those that its models came from, deleted or not.
function allJobs(context: RequestContext): PlacedJob<ImportDetail>[] {
  const roleArn = serviceRole('sandbox-model-import', context)
  const {importedModels, imports} = here(context)
  const running = new Set(declaredJobs(context).map(({arn}) => arn))
  const declared = [...importedModels.values(), ...imports.deleted].filter(
    ({jobArn}) => !imports.jobs.has(jobArn) && !running.has(jobArn),
  )
  const completed = declared.map((model) => ({
    arn: model.jobArn,
    name: model.jobName,
    status: 'Completed',
    createdAt: model.createdAt - HOUR_MS,
    endedAt: model.createdAt,
    detail: {roleArn, modelName: model.name, modelArn: model.arn, s3Uri: model.s3Uri, kmsKeyArn: model.kmsKeyArn},
  }))
  return [...completed, ...declaredJobs(context), ...[...imports.jobs.values()].map(placed)]
}

function declaredJobs(context: RequestContext): PlacedJob<ImportDetail>[] {
  const jobs = placedJobs(placeOf(context).resources.importJobs, 'model-import-job', context)
  return jobs.map(({detail, ...job}) => ({
    ...job,
    detail: {...detail, modelArn: job.status === 'Completed' ? modelArnOf(job.arn) : undefined},
  }))
}

const modelArnOf = (jobArn: string): string => jobArn.replace(':model-import-job/', ':imported-model/')

/** The models of declared jobs that have completed since the last look. */
function keepDeclared(context: RequestContext): void {
  const {importedModels, imports, tags} = here(context)
  for (const {arn: jobArn, name: jobName, endedAt = 0, detail} of declaredJobs(context)) {
    const {modelArn: arn, modelName: name, s3Uri, kmsKeyArn} = detail
    if (arn === undefined || importedModels.has(arn) || imports.deleted.some((one) => one.arn === arn)) continue
    const model = {arn, name, jobArn, jobName, s3Uri, kmsKeyArn, createdAt: endedAt, listedAt: endedAt}
    importedModels.set(arn, {...model, ...PLAIN})
    tags.set(arn, [])
  }
}

/** What nothing is said of. */
const PLAIN = {
  architecture: 'mistral',
  instructSupported: true,
  chatTemplate: true,
  multimodal: false,
  customModelUnits: 1,
  customModelUnitsVersion: 'v1.0',
  bytes: 0,
}

function placed(job: ImportJob): PlacedJob<ImportDetail> {
  const {arn, name, createdAt, request, outcome, listedAt} = job
  const {status, endedAt, failure} = importAt(job)
  const {roleArn, modelName, s3Uri, kmsKeyArn, vpc} = request
  const result = {modelArn: outcome?.modelArn, failureMessage: failure}
  return {
    arn,
    name,
    status,
    createdAt,
    endedAt,
    detail: {roleArn, modelName, s3Uri, kmsKeyArn, vpc, listedAt, ...result},
  }
}

function summariseImport(job: PlacedJob<ImportDetail>) {
  return {
    jobArn: job.arn,
    jobName: job.name,
    status: job.status as ModelImportJobStatus,
    creationTime: new Date(job.createdAt),
    lastModifiedTime: new Date(job.endedAt ?? job.createdAt),
    endTime: dateOf(job.endedAt),
    importedModelArn: job.detail.modelArn,
    importedModelName: job.detail.modelName,
  }
}

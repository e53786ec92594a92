import type {CreateModelImportJobCommandInput} from '@aws-sdk/client-bedrock'
import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import type {RequestContext} from '../../../handler.js'
import {matchesPattern} from '../../../world/denials.js'
import type {ImportEnd, ImportJob, ImportPace} from '../../../world/import-state.js'
import type {ImportSettings} from '../../../world/resources.js'
import {placeOf} from '../../account-place.js'
import {checkNetwork, checkRole} from '../job-grounds.js'
import {modelKey} from '../model-key.js'
import {here, ownArn} from '../place.js'
import {conflict, invalid, quotaExceeded} from '../refusals.js'
import {checkedTags} from '../tags.js'
import {INTERNAL} from './failure-words.js'

// AWS's own words; of the quota's only their end is known.
const NO_ROLE = 'The provided role ARN is invalid'
const BUSY =
  'Too many model import jobs are in progress. Wait for one to end, or request a quota increase for Concurrent model import jobs'

/** Names of jobs and how many of them run. */
export interface KnownImports {
  readonly jobNames: readonly string[]
  /** Names of the models of running jobs. */
  readonly running: readonly string[]
}

/** How imports go here, as the scenario has it. */
export function importSettings(context: RequestContext): ImportSettings {
  return placeOf(context).resources.imports ?? {}
}

/** Models are imported in some Regions only; AWS's words for the others are not known. */
export function checkImportRegion({imports}: CustomModelFacts, {region}: RequestContext): void {
  if (!imports.regions.includes(region)) throw invalid(`Custom model import is not supported in the Region ${region}.`)
}

/** A job as Create makes it. Throws what Bedrock answers at once. */
export function newImport(
  input: CreateModelImportJobCommandInput,
  known: KnownImports,
  {imports}: CustomModelFacts,
  context: RequestContext,
): ImportJob {
  const {jobName = '', importedModelName: modelName = '', roleArn = '', vpcConfig: vpc} = input
  const s3Uri = input.modelDataSource?.s3DataSource?.s3Uri
  if (s3Uri === undefined) throw invalid('modelDataSource.s3DataSource is required.')
  const arn = ownArn(context, `model-import-job/${context.world.newId(12)}`)
  checkRole(roleArn, arn, context, NO_ROLE)
  checkNames(jobName, modelName, known, context)
  checkQuotas(known, imports.quotas, context)
  checkNetwork(vpc, context)
  const kmsKeyArn = modelKey(input.importedModelKmsKeyId, roleArn, context)
  const modelTags = checkedTags(input.importedModelTags ?? [])
  const settings = importSettings(context)
  const pace = paceOf(settings)
  const createdAt = context.now()
  return {
    arn,
    name: jobName,
    request: {jobName, modelName, roleArn, s3Uri, kmsKeyArn, vpc, modelTags},
    createdAt,
    listedAt: createdAt + pace.listDelayMs,
    pace,
    end: endOf(jobName, settings),
    opening: undefined,
    outcome: undefined,
    working: Promise.resolve(),
  }
}

function checkNames(
  jobName: string,
  modelName: string,
  {jobNames, running}: KnownImports,
  context: RequestContext,
): void {
  if (jobNames.includes(jobName)) throw conflict('The provided job name is currently in use.')
  const models = [...here(context).importedModels.values()].map(({name}) => name)
  if ([...models, ...running].includes(modelName)) throw conflict('The provided model name is currently in use.')
}

function checkQuotas(
  {running}: KnownImports,
  {jobs, models}: CustomModelFacts['imports']['quotas'],
  context: RequestContext,
): void {
  const {quotas} = context.world.account(context.account)
  const applied = ({code, value}: {readonly code: string; readonly value: number}) => quotas.get(code) ?? value
  if (running.length >= applied(jobs)) throw quotaExceeded(BUSY)
  const limit = applied(models)
  if (here(context).importedModels.size + running.length < limit) return
  throw quotaExceeded(`The account has reached its quota of ${limit} imported models.`)
}

function paceOf(settings: ImportSettings): ImportPace {
  const {configSeconds = 5, copySeconds = 60, megabytesPerSecond = 50, listDelaySeconds = 1} = settings
  return {
    configMs: configSeconds * 1000,
    copyMs: copySeconds * 1000,
    bytesPerMs: megabytesPerSecond * 1000,
    listDelayMs: listDelaySeconds * 1000,
  }
}

function endOf(jobName: string, {outcomes = []}: ImportSettings): ImportEnd | undefined {
  const forced = outcomes.find(({jobs = '*'}) => matchesPattern(jobs, jobName))
  return forced && {message: forced.message ?? INTERNAL, afterShare: forced.afterShare ?? 0}
}

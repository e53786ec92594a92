import type {CreateModelCustomizationJobCommandInput} from '@aws-sdk/client-bedrock'
import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import type {RequestContext} from '../../../handler.js'
import {matchesPattern} from '../../../world/denials.js'
import type {CustomizationSettings} from '../../../world/resources.js'
import type {ScenarioResources} from '../../../world/scenario.schema.js'
import type {TuningEnd, TuningJob, TuningPace} from '../../../world/tuning-state.js'
import {placeOf} from '../../account-place.js'
import {checkModelName} from '../custom-models/model-name.js'
import {checkNetwork, checkRole} from '../job-grounds.js'
import {modelKey} from '../model-key.js'
import {here, ownArn} from '../place.js'
import type {QuotaValues} from '../quota-values.js'
import {quotaValues} from '../quota-values.js'
import {conflict, quotaExceeded} from '../refusals.js'
import {checkedHyperparameters} from './hyperparameters.js'
import {checkGrader, checkRequest, checkTeacher, typeOf} from './job-request.js'
import {jobAt} from './job-state.js'
import {tunableBase} from './tunable-base.js'

/** What a job is judged by; reading it takes a moment. */
interface Grounds {
  readonly facts: CustomModelFacts
  readonly quota: QuotaValues
}

const SCHEDULED_JOBS = 'L-0406044C'
const CUSTOM_MODELS = 'L-CB5B847D'
const INTERNAL = 'Encountered an unexpected error when processing the request, please try again'

export async function readGrounds(context: RequestContext): Promise<Grounds> {
  return {facts: await context.world.catalog.customModels(), quota: await quotaValues(context)}
}

type DeclaredJob = NonNullable<ScenarioResources['customizationJobs']>[number]

/** A job of the scenario that is among those made here: it runs. */
export const goesOn = ({status, trainingMinutes}: DeclaredJob): boolean =>
  status === 'InProgress' && trainingMinutes !== undefined

/** A job as Create makes it. Throws what Bedrock answers at once. */
export function newJob(
  input: CreateModelCustomizationJobCommandInput,
  {facts, quota}: Grounds,
  context: RequestContext,
): TuningJob {
  const {jobName = '', customModelName = '', roleArn = '', baseModelIdentifier = ''} = input
  const type = typeOf(input)
  const tunable = tunableBase(baseModelIdentifier, type, facts, context)
  checkRequest(input, type, tunable)
  checkGrader(input, context)
  checkTeacher(input, tunable, context)
  const hyperparameters = checkedHyperparameters(input.hyperParameters ?? {}, tunable.tuning, facts)
  checkJobName(jobName, context)
  checkModelName(customModelName, context)
  const id = context.world.newId(12)
  const arn = ownArn(context, `model-customization-job/${tunable.base.id}/${id}`)
  checkRole(roleArn, arn, context)
  const keyArn = modelKey(input.customModelKmsKeyId, roleArn, context)
  checkNetwork(input.vpcConfig, context)
  checkQuotas(quota, context)
  const settings = customizationSettings(context)
  const createdAt = context.now()
  return {
    arn,
    id,
    name: jobName,
    request: input,
    base: tunable.base.id,
    baseModelArn: tunable.baseModelArn,
    type,
    keyArn,
    hyperparameters: withEpochs(input, hyperparameters),
    createdAt,
    listedAt: createdAt + (settings.listDelaySeconds ?? 1) * 1000,
    pace: paceOf(settings),
    end: endOf(jobName, settings),
    modelArn: ownArn(context, `custom-model/${tunable.base.id}/${context.world.newId(12)}`),
    intake: undefined,
    stopAskedAt: undefined,
    written: 0,
    delivered: false,
    working: Promise.resolve(),
  }
}

/** How customization goes here, as the scenario has it. */
export function customizationSettings(context: RequestContext): CustomizationSettings {
  return placeOf(context).resources.customization ?? {}
}

/** A reinforcement has its epochs elsewhere, and typed. */
function withEpochs(
  {customizationConfig}: CreateModelCustomizationJobCommandInput,
  values: TuningJob['hyperparameters'],
) {
  const {epochCount, batchSize} = customizationConfig?.rftConfig?.hyperParameters ?? {}
  return {
    ...values,
    ...(epochCount !== undefined && {epochCount: String(epochCount)}),
    ...(batchSize !== undefined && {batchSize: String(batchSize)}),
  }
}

function checkJobName(name: string, context: RequestContext): void {
  const {customModels, tuning} = here(context)
  const declared = placeOf(context).resources.customizationJobs ?? []
  const makers = [...customModels.values(), ...tuning.gone].flatMap(({job}) => job ?? [])
  const taken = [...declared, ...makers, ...tuning.jobs.values()].some((job) => job.name === name)
  if (taken) throw conflict('The provided job name is currently in use.')
}

function checkQuotas(quota: QuotaValues, context: RequestContext): void {
  const {customModels, tuning} = here(context)
  const now = context.now()
  const open = [...tuning.jobs.values()].filter((job) => !jobAt(job, now).ended).length
  const declared = (placeOf(context).resources.customizationJobs ?? []).filter(
    (job) => job.status === 'InProgress' && !goesOn(job),
  )
  const jobs = quota(SCHEDULED_JOBS)
  if (open + declared.length >= jobs) {
    throw quotaExceeded(`The account has reached its quota of ${jobs} scheduled customization jobs.`)
  }
  const models = quota(CUSTOM_MODELS)
  if (customModels.size >= models) throw quotaExceeded(`The account has reached its quota of ${models} custom models.`)
}

function paceOf(settings: CustomizationSettings): TuningPace {
  const {validationSeconds = 2, dataProcessingSeconds = 2, queueSeconds = 1, stoppingSeconds = 1} = settings
  const {trainingSeconds, tokensPerSecond = 5000} = settings
  return {
    validationMs: validationSeconds * 1000,
    processingMs: dataProcessingSeconds * 1000,
    queueMs: queueSeconds * 1000,
    trainingMs: trainingSeconds === undefined ? undefined : trainingSeconds * 1000,
    tokensPerSecond,
    stoppingMs: stoppingSeconds * 1000,
  }
}

function endOf(name: string, {outcomes = []}: CustomizationSettings): TuningEnd | undefined {
  const forced = outcomes.find(({jobs = '*'}) => matchesPattern(jobs, name))
  if (!forced) return undefined
  const {phase, message = INTERNAL, afterShare = 0} = forced
  return {phase, message, afterShare}
}

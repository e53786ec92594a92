import type {
  CreateModelCustomizationJobCommandInput,
  CustomizationConfig,
  CustomizationType,
  TrainingDataConfig,
} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../../core/arn.js'
import type {RequestContext} from '../../../handler.js'
import {foundationIdOf} from '../../../world/base-model.js'
import {isListed} from '../../../world/offering.js'
import {invalid, notFound} from '../refusals.js'
import type {Tunable} from './tunable-base.js'

const TYPES: readonly CustomizationType[] = [
  'FINE_TUNING',
  'CONTINUED_PRE_TRAINING',
  'DISTILLATION',
  'REINFORCEMENT_FINE_TUNING',
]
/** Types whose data may be an invocation log. */
const LEARNING_FROM_LOGS: ReadonlySet<CustomizationType> = new Set(['DISTILLATION', 'REINFORCEMENT_FINE_TUNING'])

/** What a request asks for; a job that names no type is fine-tuning. */
export function typeOf({
  customizationType = 'FINE_TUNING',
}: CreateModelCustomizationJobCommandInput): CustomizationType {
  if (!TYPES.includes(customizationType)) {
    throw invalid(`The customization type ${customizationType} is not supported for model customization jobs.`)
  }
  return customizationType
}

/** Throws where the parts of a request do not go together. The words are ours, save those of a folder as data. */
export function checkRequest(
  input: CreateModelCustomizationJobCommandInput,
  type: CustomizationType,
  {tuning}: Tunable,
): void {
  checkData(input.trainingDataConfig, type)
  checkConfig(input.customizationConfig, type)
  const validators = input.validationDataConfig?.validators ?? []
  if (validators.length > 0 && tuning.validation === null) {
    throw invalid('Validation data is not supported for the provided base model.')
  }
  for (const {s3Uri = ''} of validators) checkFile(s3Uri)
}

function checkData(data: TrainingDataConfig | undefined, type: CustomizationType): void {
  const {s3Uri, invocationLogsConfig: logs} = data ?? {}
  if ((s3Uri === undefined) === (logs === undefined)) {
    throw invalid('Exactly one of trainingDataConfig.s3Uri and trainingDataConfig.invocationLogsConfig is required.')
  }
  if (logs !== undefined && !LEARNING_FROM_LOGS.has(type)) {
    throw invalid(`Invocation logs are not supported for the customization type ${type}.`)
  }
  if (s3Uri !== undefined) checkFile(s3Uri)
}

function checkFile(uri: string): void {
  if (/^s3:\/\/[^/]+\/.*[^/]$/.test(uri)) return
  throw invalid(
    'Invalid training input data configuration.Check the input data S3 Uris(Uri should be a file, not a directory) ' +
      'and retry request',
  )
}

function checkConfig(config: CustomizationConfig | undefined, type: CustomizationType): void {
  const {distillationConfig, rftConfig} = config ?? {}
  if ((type === 'DISTILLATION') !== (distillationConfig !== undefined)) {
    throw invalid('customizationConfig.distillationConfig goes with the customization type DISTILLATION alone.')
  }
  if ((type === 'REINFORCEMENT_FINE_TUNING') !== (rftConfig !== undefined)) {
    throw invalid('customizationConfig.rftConfig goes with the customization type REINFORCEMENT_FINE_TUNING alone.')
  }
  if (rftConfig && rftConfig.graderConfig?.lambdaGrader?.lambdaArn === undefined) {
    throw invalid('customizationConfig.rftConfig.graderConfig is required.')
  }
}

/** The grader of a reinforcement must be in the Region of the job. */
export function checkGrader(
  {customizationConfig}: CreateModelCustomizationJobCommandInput,
  {region}: RequestContext,
): void {
  const lambdaArn = customizationConfig?.rftConfig?.graderConfig?.lambdaGrader?.lambdaArn
  if (lambdaArn !== undefined && parseArn(lambdaArn)?.region !== region) {
    throw invalid(`The Lambda function ${lambdaArn} is not in the Region of the job.`)
  }
}

/** Throws where the teacher of a distillation teaches this student nothing. */
export function checkTeacher(
  {customizationConfig}: CreateModelCustomizationJobCommandInput,
  {tuning}: Tunable,
  {world, now}: RequestContext,
): void {
  const named = customizationConfig?.distillationConfig?.teacherModelConfig?.teacherModelIdentifier
  if (named === undefined) return
  const id = teacherId(named)
  const model = world.catalog.model(id) ?? world.catalog.profile(id)?.model
  if (!model || !tuning.teachers.includes(model.id)) {
    throw invalid(`The teacher model ${named} is not supported for the provided student model.`)
  }
  if (!isListed(model, now())) throw notFound(`The teacher model ${named} has reached the end of its life.`)
}

function teacherId(named: string): string {
  if (!named.startsWith('arn:')) return named
  return foundationIdOf(named) || (parseArn(named)?.resource.replace(/^inference-profile\//, '') ?? '')
}

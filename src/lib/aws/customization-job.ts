import type {
  CustomizationConfig,
  GetModelCustomizationJobCommandOutput,
  ModelCustomizationJobSummary,
  StatusDetails,
} from '@aws-sdk/client-bedrock'
import type {CustomizationJob, Phase} from '../customizations/ports.js'
import {isoOf, lastPart} from './bedrock-calls.js'

/** One job, with all that is told of it. */
export function readJob(job: GetModelCustomizationJobCommandOutput, region: string): CustomizationJob {
  return {
    ...sharedBy(job, region),
    modelName: job.outputModelName ?? null,
    modelArn: job.outputModelArn ?? null,
    roleArn: job.roleArn ?? null,
    trainingUri: job.trainingDataConfig?.s3Uri ?? null,
    validationUris: (job.validationDataConfig?.validators ?? []).flatMap(({s3Uri}) => s3Uri ?? []),
    outputUri: job.outputDataConfig?.s3Uri ?? null,
    hyperparameters: hyperparametersOf(job),
    trainingLoss: job.trainingMetrics?.trainingLoss ?? null,
    validationLosses: (job.validationMetrics ?? []).flatMap(({validationLoss}) => validationLoss ?? []),
    kmsKeyArn: job.outputModelKmsKeyArn ?? null,
    teacher: teacherOf(job.customizationConfig),
    graderArn: graderOf(job.customizationConfig),
    clientRequestToken: job.clientRequestToken ?? null,
  }
}

/** A job as a listing has it; the rest is null. */
export function listedJob(job: ModelCustomizationJobSummary, region: string): CustomizationJob {
  return {
    ...sharedBy(job, region),
    modelName: job.customModelName ?? null,
    modelArn: job.customModelArn ?? null,
    roleArn: null,
    trainingUri: null,
    validationUris: [],
    outputUri: null,
    hyperparameters: null,
    trainingLoss: null,
    validationLosses: [],
    kmsKeyArn: null,
    teacher: null,
    graderArn: null,
    clientRequestToken: null,
  }
}

function sharedBy(job: GetModelCustomizationJobCommandOutput | ModelCustomizationJobSummary, region: string) {
  const arn = job.jobArn ?? ''
  return {
    arn,
    id: lastPart(arn),
    region,
    name: job.jobName ?? '',
    baseModelArn: job.baseModelArn ?? '',
    type: job.customizationType ?? null,
    state: job.status ?? 'InProgress',
    message: ('failureMessage' in job ? job.failureMessage : undefined) ?? null,
    phases: phasesOf(job.statusDetails),
    createdAt: job.creationTime?.toISOString() ?? '',
    modifiedAt: isoOf(job.lastModifiedTime),
    endedAt: isoOf(job.endTime),
  }
}

function phasesOf(details: StatusDetails | undefined): readonly Phase[] {
  if (details === undefined) return []
  const {dataProcessingDetails, trainingDetails, validationDetails} = details
  return [
    toPhase('validation', validationDetails),
    toPhase('data-processing', dataProcessingDetails),
    toPhase('training', trainingDetails),
  ]
}

function toPhase(name: Phase['name'], details: StatusDetails['trainingDetails']): Phase {
  return {
    name,
    state: details?.status ?? null,
    startedAt: isoOf(details?.creationTime),
    modifiedAt: isoOf(details?.lastModifiedTime),
  }
}

/** Those of reinforcement are typed on the wire; here all are text. */
function hyperparametersOf({customizationConfig, hyperParameters}: GetModelCustomizationJobCommandOutput) {
  const typed = Object.entries(customizationConfig?.rftConfig?.hyperParameters ?? {})
  if (hyperParameters === undefined && typed.length === 0) return null
  return {...hyperParameters, ...Object.fromEntries(typed.map(([name, value]) => [name, String(value)]))}
}

function teacherOf(config: CustomizationConfig | undefined): string | null {
  return config?.distillationConfig?.teacherModelConfig?.teacherModelIdentifier ?? null
}

function graderOf(config: CustomizationConfig | undefined): string | null {
  return config?.rftConfig?.graderConfig?.lambdaGrader?.lambdaArn ?? null
}

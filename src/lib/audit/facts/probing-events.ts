import type {ReadValues} from '../../account/snapshot.schema.js'
import {isInference} from './trail-event.js'

export type TrailEvent = ReadValues['cloudtrail:bedrock-events']['events'][number]

/** What somebody with stolen credentials asks before using a model: what is there, is it open, is it logged, what is left. */
const LOOKING = new Set([
  'GetFoundationModel',
  'GetFoundationModelAvailability',
  'GetInferenceProfile',
  'GetModel',
  'GetModelInvocationLoggingConfiguration',
  'GetUseCaseForModelAccess',
  'ListCustomModels',
  'ListFoundationModelAgreementOffers',
  'ListFoundationModels',
  'ListImportedModels',
  'ListInferenceProfiles',
  'ListModels',
  'ListProvisionedModelThroughputs',
])
/** Changes that open a model or close an eye. */
const OPENING = new Set([
  'CreateFoundationModelAgreement',
  'DeleteModelInvocationLoggingConfiguration',
  'PutFoundationModelEntitlement',
  'PutModelInvocationLoggingConfiguration',
  'PutUseCaseForModelAccess',
])
const BATCH = new Set(['CreateModelInvocationJob', 'StartAsyncInvoke'])
/** Of Mantle's own: everything else that begins with Create makes a project, a file or a job. */
const MANTLE_INFERENCE = /^Create(?:Inference|Response|ChatCompletion|Completion|Message)/

/** 1 for a look, 2 for a change, 0 for anything else. */
export function probingPoints({name}: TrailEvent): 0 | 1 | 2 {
  if (OPENING.has(name)) return 2
  return LOOKING.has(name) ? 1 : 0
}

/** A call of a model, also one that was refused: probing begins with those. */
export function isInvocation(event: TrailEvent): boolean {
  if (event.source.startsWith('bedrock-mantle.')) return MANTLE_INFERENCE.test(event.name)
  return BATCH.has(event.name) || isInference(event)
}

/** Whether a service of AWS made the call for somebody, such as CloudFormation for a stack. */
export function isByService({principalType, sourceIp}: TrailEvent): boolean {
  return principalType === 'AWSService' || (sourceIp ?? '').endsWith('.amazonaws.com')
}

/** The role behind a session, else the caller itself; null when the event names none. */
export function callerOf(principalArn: string | null): string | null {
  if (principalArn === null) return null
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)/.exec(principalArn)
  return session === null ? principalArn : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`
}

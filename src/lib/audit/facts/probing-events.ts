import type {ReadValues} from '../../account/snapshot.schema.js'
import {isInference} from './trail-event.js'

export type TrailEvent = ReadValues['cloudtrail:bedrock-events']['events'][number]

/** What applications and tools ask as well: which models there are. */
const ORDINARY = new Set([
  'GetFoundationModel',
  'GetInferenceProfile',
  'GetModel',
  'ListFoundationModels',
  'ListInferenceProfiles',
  'ListModels',
])
/** What somebody with stolen credentials asks besides: is a model open, is it logged, what else is paid for. */
const TELLING = new Set([
  'GetFoundationModelAvailability',
  'GetModelInvocationLoggingConfiguration',
  'GetUseCaseForModelAccess',
  'ListCustomModels',
  'ListFoundationModelAgreementOffers',
  'ListImportedModels',
  'ListProvisionedModelThroughputs',
  'PutModelInvocationLoggingConfiguration',
])
/** Changes that open a model or close an eye. */
const OPENING = new Set([
  'CreateFoundationModelAgreement',
  'DeleteModelInvocationLoggingConfiguration',
  'PutFoundationModelEntitlement',
  'PutUseCaseForModelAccess',
])
const BATCH = new Set(['CreateModelInvocationJob', 'StartAsyncInvoke'])
/** Of Mantle's own: everything else that begins with Create makes a project, a file or a job. */
const MANTLE_INFERENCE = /^Create(?:Inference|Response|ChatCompletion|Completion|Message)/

export function isProbe({name}: TrailEvent): boolean {
  return ORDINARY.has(name) || TELLING.has(name) || OPENING.has(name)
}

/** Every kind of call once: a telling look counts one, a change two, and all ordinary looks together one. */
export function probingPoints(events: readonly TrailEvent[]): number {
  const kinds = [...new Set(events.map(({name}) => name))]
  const telling = kinds.filter((name) => TELLING.has(name)).length
  const opening = kinds.filter((name) => OPENING.has(name)).length
  return telling + 2 * opening + (kinds.some((name) => ORDINARY.has(name)) ? 1 : 0)
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

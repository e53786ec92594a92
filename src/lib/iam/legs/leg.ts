import {formatArn} from '../../core/arn.js'
import type {ContextValues} from '../request-context.js'

/** One authorisation that a call needs. A call is allowed when all of its legs are. */
export interface Leg {
  readonly kind: 'leg'
  readonly name: string
  /** Whose policies decide: the caller's, those of the role the caller passes, or the trust of that role. */
  readonly actor: 'caller' | 'service-role' | 'service'
  readonly action: string
  readonly resource: string
  readonly context: ContextValues
  /** Families of context keys of which `context` holds all that exist. */
  readonly complete: readonly string[]
  /** Whether the policy of the caller's VPC endpoint counts; for some checks that is not documented. */
  readonly endpoint: 'applies' | 'unknown' | 'bypassed'
  /** False where AWS documents the check, but not on exactly this resource: a denial is then not definite. */
  readonly certain: boolean
  readonly why: string
  readonly source: string
  readonly asOf: string
}

/** A part of the call that cannot be asked about, because a fact is missing. */
export interface OpenLeg {
  readonly kind: 'open'
  readonly name: string
  readonly actor: Leg['actor']
  readonly unknown: string
}

export type CallLeg = Leg | OpenLeg

/** Where a call is made. */
export interface CallPlace {
  readonly partition: string
  readonly account: string
  /** The Region called. */
  readonly region: string
}

export const SOURCES = {
  inference: {source: 'Bedrock User Guide, inference-prereq', asOf: '2026-10-01'},
  geographic: {source: 'Bedrock User Guide, geographic-cross-region-inference', asOf: '2026-10-01'},
  global: {source: 'Bedrock User Guide, global-cross-region-inference', asOf: '2026-10-01'},
  guardrails: {source: 'Bedrock User Guide, guardrails-cross-region-support', asOf: '2026-10-01'},
  keys: {source: 'Bedrock User Guide, api-keys-permissions', asOf: '2026-10-01'},
  batch: {source: 'Bedrock User Guide, batch-iam-sr', asOf: '2026-10-01'},
  actions: {source: 'Service Authorization Reference', asOf: '2026-09-26'},
} as const

type Given = Pick<Leg, 'name' | 'action' | 'resource' | 'context' | 'why'>

export function createLeg(given: Given & Partial<Leg>, provenance: {source: string; asOf: string}): Leg {
  return {kind: 'leg', actor: 'caller', complete: [], endpoint: 'applies', certain: true, ...provenance, ...given}
}

/** ARN of a foundation model; it has no account, and under a Global profile no Region either. */
export function modelArn({partition}: CallPlace, region: string, modelId: string): string {
  return formatArn({partition, service: 'bedrock', region, account: '', resource: `foundation-model/${modelId}`})
}

/** ARN of something of the account, in the Region called unless another is given. */
export function ownArn(place: CallPlace, resource: string, {service = 'bedrock', region = place.region} = {}): string {
  return formatArn({partition: place.partition, service, region, account: place.account, resource})
}

/** Tags of a resource as context keys. */
export function tagValues(tags: Readonly<Record<string, string>> | undefined): ContextValues {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]))
}

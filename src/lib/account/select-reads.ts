import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import {isReadId, READ_IDS, READS} from './reads.js'
import type {ReadId} from './snapshot.schema.js'

/** What a snapshot is taken for. */
export const PURPOSES = ['all', 'audit', 'iam'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Told by no check of the catalogue. */
const NOT_JUDGED: ReadonlySet<ReadId> = new Set<ReadId>([
  'bedrock:customization-jobs',
  'bedrock:import-jobs',
  'bedrock:evaluation-jobs',
  'bedrock:copy-jobs',
  'bedrock-agentcore:workload-identities',
  'bedrock-agentcore:credential-providers',
  'ec2:route-tables',
  'ec2:network-acls',
  'ce:cost-allocation-tags',
])

/** What decides whether a principal's call goes through. */
const OF_IAM: readonly ReadId[] = [
  'iam:authorization-details',
  'organizations:organization',
  'organizations:tree',
  'organizations:policies',
  'organizations:effective-policies',
  'bedrock:foundation-models',
  'bedrock:inference-profiles',
  'bedrock:guardrails',
  'bedrock:enforced-guardrails',
  'ec2:vpc-endpoints',
]

export function readsFor(purpose: Purpose): readonly ReadId[] {
  switch (purpose) {
    case 'all':
      return READ_IDS
    case 'audit':
      return READ_IDS.filter((id) => !NOT_JUDGED.has(id))
    case 'iam':
      return OF_IAM
  }
}

/** Ids as typed: a read, or a service for all its reads. */
export function selectReads(typed: readonly string[]): readonly ReadId[] {
  const services = new Set(READ_IDS.map((id) => READS[id].service))
  return [...new Set(typed.flatMap((text) => expand(text.replace(/:\*$/, ''), services)))]
}

function expand(text: string, services: ReadonlySet<string>): readonly ReadId[] {
  if (isReadId(text)) return [text]
  if (services.has(text)) return READ_IDS.filter((id) => READS[id].service === text)
  throw usageError('UNKNOWN_READ', `There is no read "${text}".`, {
    hint: didYouMean(text, [...READ_IDS, ...services]) ?? `Reads: ${[...services].join(', ')}, or one of their parts.`,
  })
}

import type {Narrowed} from '../../account/collect/narrowed.js'
import type {ReadId} from '../../account/snapshot.schema.js'

export interface PreflightReads {
  readonly reads: readonly ReadId[]
  readonly narrowed: Narrowed
}

/** What of the account is read for jobs with these buckets and this key. */
export function preflightReads(
  buckets: readonly string[],
  {kmsKey, inVpc}: {readonly kmsKey: string | null; readonly inVpc: boolean},
): PreflightReads {
  const names = [...new Set(buckets)]
  return {
    reads: [
      'iam:authorization-details',
      'organizations:organization',
      'organizations:tree',
      'organizations:policies',
      'bedrock:foundation-models',
      'bedrock:inference-profiles',
      's3:buckets',
      'kms:keys',
      ...(inVpc ? (['ec2:subnets', 'ec2:security-groups'] as const) : []),
    ],
    narrowed: {
      's3:buckets': {dependsOn: [], subjects: () => names.map((name) => ({name, uses: []}))},
      'kms:keys': {
        dependsOn: ['s3:buckets'],
        subjects: (known) => {
          const keys = (known.value('s3:buckets') ?? []).flatMap(({encryption}) =>
            encryption.status === 'read' ? (encryption.value?.kmsKey ?? []) : [],
          )
          const all = new Set([...keys, ...(kmsKey === null ? [] : [kmsKey])])
          return [...all].map((id) => ({id, uses: []}))
        },
      },
    },
  }
}

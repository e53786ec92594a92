import type {Narrowed} from '../../account/collect/narrowed.js'
import type {ReadId} from '../../account/snapshot.schema.js'

export interface JobAccountReads {
  readonly reads: readonly ReadId[]
  readonly narrowed: Narrowed
}

/** What of the account is read for a job with these buckets and keys; `more` is what only jobs of its kind need. */
export function jobAccountReads(
  buckets: readonly string[],
  {inVpc, keys, more}: {readonly keys: readonly string[]; readonly inVpc: boolean; readonly more: readonly ReadId[]},
): JobAccountReads {
  const names = [...new Set(buckets)]
  return {
    reads: [
      'iam:authorization-details',
      'organizations:organization',
      'organizations:tree',
      'organizations:policies',
      ...more,
      's3:buckets',
      'kms:keys',
      ...(inVpc ? (['ec2:subnets', 'ec2:security-groups', 'ec2:route-tables', 'ec2:vpc-endpoints'] as const) : []),
    ],
    narrowed: {
      's3:buckets': {dependsOn: [], subjects: () => names.map((name) => ({name, uses: []}))},
      'kms:keys': {
        dependsOn: ['s3:buckets'],
        subjects: (known) => {
          const ofBuckets = (known.value('s3:buckets') ?? []).flatMap(({encryption}) =>
            encryption.status === 'read' ? (encryption.value?.kmsKey ?? []) : [],
          )
          return [...new Set([...ofBuckets, ...keys])].map((id) => ({id, uses: []}))
        },
      },
    },
  }
}

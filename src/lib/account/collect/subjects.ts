import type {Subjects} from '../ports/readers.js'
import type {ReadId} from '../snapshot.schema.js'
import {bucketsInUse} from './buckets-in-use.js'
import {keysInUse} from './keys-in-use.js'
import type {KnownValues} from './known-values.js'
import {modelsInUse} from './models-in-use.js'
import type {Narrowed} from './narrowed.js'
import {principalsNamingBedrock} from './principals-naming-bedrock.js'

const SUBJECTS: {
  readonly [Id in keyof Subjects]: (known: KnownValues, region: string, models: readonly string[]) => Subjects[Id]
} = {
  'bedrock:model-access': modelsInUse,
  'cloudwatch:bedrock-usage': (known, region) => known.value('cloudwatch:bedrock-metrics', region) ?? [],
  'iam:key-user-credentials': (known) => [
    ...new Set((known.value('iam:service-specific-credentials') ?? []).map(({user}) => user)),
  ],
  'iam:last-accessed': (known) => {
    const details = known.value('iam:authorization-details')
    return details ? principalsNamingBedrock(details) : []
  },
  'kms:keys': keysInUse,
  'logs:log-groups': (known, region) => {
    const group = known.value('bedrock:invocation-logging', region)?.cloudWatch?.logGroup
    return group === undefined ? [] : [group]
  },
  'route53:vpc-hosted-zones': (known, region) => (known.value('ec2:vpcs', region) ?? []).map(({id}) => id),
  's3:buckets': bucketsInUse,
}

/** What a read is to ask about, from what was read before; undefined for reads that need nobody to tell. */
export function subjectsOf(
  {id, region}: {readonly id: ReadId; readonly region: string},
  known: KnownValues,
  {models, narrowed}: {readonly models: readonly string[]; readonly narrowed: Narrowed},
): Subjects[keyof Subjects] | undefined {
  if (!(id in SUBJECTS)) return undefined
  const read = id as keyof Subjects
  return narrowed[read]?.subjects(known, region) ?? SUBJECTS[read](known, region, models)
}

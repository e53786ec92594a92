import type {ReadId} from '../../account/snapshot.schema.js'
import type {CallInput} from './plan-call.js'

/** Reads that decide about any call. */
const ALWAYS: readonly ReadId[] = [
  'iam:authorization-details',
  'organizations:organization',
  'organizations:tree',
  'organizations:policies',
  'bedrock:foundation-models',
  'bedrock:inference-profiles',
]
/** Reads that tell which guardrails account and organisation put on invocations. */
const OF_INVOCATIONS: readonly ReadId[] = [
  'bedrock:enforced-guardrails',
  'bedrock:guardrails',
  'organizations:effective-policies',
]

/** What a snapshot must hold to judge a call; a text that the catalog knows is no resource of the account. */
export function readsForCall(
  {workload, vpce}: Pick<CallInput, 'workload' | 'vpce'>,
  isKnownModel: boolean,
): readonly ReadId[] {
  return [
    ...ALWAYS,
    ...(workload === 'invoke' ? OF_INVOCATIONS : []),
    ...(vpce === undefined ? [] : (['ec2:vpc-endpoints'] as const)),
    ...(isKnownModel
      ? []
      : (['bedrock:provisioned-throughputs', 'bedrock:imported-models', 'bedrock:custom-model-deployments'] as const)),
  ]
}

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

/** What a snapshot must hold to judge a call; a text that the catalog knows is no resource of the account. */
export function readsForCall(
  {guardrail, vpce}: Pick<CallInput, 'guardrail' | 'vpce'>,
  isKnownModel: boolean,
): readonly ReadId[] {
  return [
    ...ALWAYS,
    ...(guardrail === undefined ? [] : (['bedrock:guardrails'] as const)),
    ...(vpce === undefined ? [] : (['ec2:vpc-endpoints'] as const)),
    ...(isKnownModel
      ? []
      : (['bedrock:provisioned-throughputs', 'bedrock:imported-models', 'bedrock:custom-model-deployments'] as const)),
  ]
}

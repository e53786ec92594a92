import type {ReadId} from '../../../account/snapshot.schema.js'

/** What tells which versions of a guardrail are in use. */
export const VERSION_READS: readonly ReadId[] = [
  'bedrock:enforced-guardrails',
  'bedrock-agent:agents',
  'bedrock-agent:flows',
  'organizations:effective-policies',
  'cloudwatch:bedrock-usage',
]

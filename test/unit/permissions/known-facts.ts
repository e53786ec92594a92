import type {AccountSnapshot} from '../../../src/lib/account/snapshot.schema.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {openAccountPolicies} from '../../../src/lib/iam/account/account-policies.js'
import type {CallFacts, CallInput} from '../../../src/lib/permissions/call/plan-call.js'
import {buildSnapshot, details, model, profile, REGION} from '../iam/account/build-snapshot.js'
import {FACTS} from '../iam/read-cases.js'

export const CATALOG = await openCatalog()
export const SONNET = 'anthropic.claude-sonnet-4-6'

export function knownFacts(snapshot: AccountSnapshot): CallFacts {
  return {snapshot, policies: openAccountPolicies(snapshot, FACTS), catalog: CATALOG, facts: FACTS}
}

/** An account in no organisation that enforces nothing: one model, its EU and its Global profile, and the principals given. */
export function account(
  given: Parameters<typeof details>[0],
  more: Parameters<typeof buildSnapshot>[0] = {},
): CallFacts {
  const arns = (regions: readonly string[]) => ({
    modelArns: regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/${SONNET}`),
  })
  return knownFacts(
    buildSnapshot({
      'organizations:organization': null,
      'organizations:effective-policies': [],
      'bedrock:enforced-guardrails': [],
      'iam:authorization-details': details(given),
      'bedrock:foundation-models': [model(SONNET, ['INFERENCE_PROFILE'])],
      'bedrock:inference-profiles': [
        profile(`global.${SONNET}`, [], arns([REGION, ''])),
        profile(`eu.${SONNET}`, [], arns([REGION, 'eu-west-1'])),
      ],
      ...more,
    }),
  )
}

export const CALL: CallInput = {
  workload: 'invoke',
  model: SONNET,
  region: REGION,
  route: undefined,
  streaming: false,
  guardrail: undefined,
  vpce: undefined,
  apiKey: undefined,
  role: undefined,
  context: [],
}

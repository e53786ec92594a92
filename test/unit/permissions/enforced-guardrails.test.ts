import {describe, expect, test} from 'vitest'
import {simulateCall} from '../../../src/lib/permissions/simulate/simulate-call.js'
import {
  ACCOUNT,
  type buildSnapshot,
  organization,
  part,
  policy,
  REGION,
  refused,
  role,
} from '../iam/account/build-snapshot.js'
import {account, CALL, SONNET} from './known-facts.js'

const GUARDRAIL = `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail/g1`
const SIGNAL = new AbortController().signal
type Values = Parameters<typeof buildSnapshot>[0]

const enforced = (models: {included: readonly string[]; excluded: readonly string[]} | null) => ({
  ...{configId: 'c', guardrailArn: GUARDRAIL, guardrailId: 'g1', guardrailVersion: '1', inputTags: null},
  ...{guarding: null, models, owner: 'ACCOUNT', updatedAt: null},
})
const guardrails: Values['bedrock:guardrails'] = [
  {
    ...{id: 'g1', arn: GUARDRAIL, name: 'g', status: 'READY', createdAt: null, updatedAt: null},
    draft: refused('bedrock:GetGuardrail', 'no'),
    versions: part([
      {
        ...{version: '1', status: 'READY', createdAt: null},
        detail: part({
          ...{version: '1', status: 'READY', statusReasons: [], kmsKeyArn: null, profileArn: null, contentFilters: []},
          ...{contentTier: null, topics: [], topicTier: null, words: 0, managedWords: [], piiEntities: []},
          ...{regexes: [], grounding: [], automatedReasoning: null, createdAt: null, updatedAt: null},
        }),
      },
    ]),
    resourcePolicy: part(null),
  },
]
const inOrganization = (content: string): Values => ({
  ...organization([], {policyTypes: []}),
  'organizations:effective-policies': [{type: 'BEDROCK_POLICY', answer: part({content, updatedAt: null})}],
})

const simulate = (
  values: Values,
  document = policy('Allow', 'bedrock:InvokeModel'),
  given: Partial<typeof CALL> = {},
) =>
  simulateCall(
    {...CALL, ...given, principal: 'r'},
    account(
      {roles: [role('r', {inlinePolicies: [{name: 'in', document}]})]},
      {'bedrock:guardrails': guardrails, ...values},
    ),
    undefined,
    SIGNAL,
  )

describe('an enforced guardrail', () => {
  test('takes bedrock:ApplyGuardrail of the caller', async () => {
    const values = {'bedrock:enforced-guardrails': [enforced(null)]}

    expect(await simulate(values)).toMatchObject({outcome: 'DENY', deciding: 'enforced guardrail g1'})
    expect((await simulate(values, policy('Allow', 'bedrock:*'))).outcome).toBe('ALLOW')
  })

  test.each([
    [{included: ['ALL'], excluded: []}, 'DENY'],
    [{included: [SONNET], excluded: []}, 'DENY'],
    [{included: ['another.model'], excluded: []}, 'ALLOW'],
    [{included: ['ALL'], excluded: [SONNET]}, 'ALLOW'],
  ])('on %j', async (models, outcome) => {
    expect((await simulate({'bedrock:enforced-guardrails': [enforced(models)]})).outcome).toBe(outcome)
  })

  test('that the call names too is checked once', async () => {
    const values = {'bedrock:enforced-guardrails': [enforced(null)]}
    const {legs} = await simulate(values, policy('Allow', 'bedrock:*'), {guardrail: 'g1:1'})

    expect(legs.filter(({resource}) => resource === GUARDRAIL)).toHaveLength(1)
  })

  test('of the organisation counts in its Region', async () => {
    const settings = (region: string) =>
      JSON.stringify({bedrock: {guardrail_inference: {[region]: {config_1: {identifier: `${GUARDRAIL}:1`}}}}})

    expect((await simulate(inOrganization(settings(REGION)))).deciding).toBe('enforced guardrail g1')
    expect((await simulate(inOrganization(settings('us-east-1')))).outcome).toBe('ALLOW')
  })

  test('of another account leaves the verdict unknown to whoever may apply it', async () => {
    const identifier = `arn:aws:bedrock:${REGION}:999988887777:guardrail/g9:1`
    const content = JSON.stringify({
      bedrock: {guardrail_inference: {[REGION]: {a: {identifier: {'@@assign': identifier}}}}},
    })
    const {outcome, unread} = await simulate(inOrganization(content), policy('Allow', 'bedrock:*'))

    expect(outcome).toBe('UNKNOWN')
    expect(unread.map(({reason}) => reason).join()).toContain('999988887777')
  })

  test.each(['bedrock:enforced-guardrails', 'organizations:effective-policies'] as const)(
    'that could not be read (%s) leaves the verdict unknown',
    async (id) => {
      const {outcome, deciding} = await simulate({...organization([], {policyTypes: []}), [id]: {denied: 'no'}})

      expect([outcome, deciding]).toEqual(['UNKNOWN', 'enforced guardrail'])
    },
  )
})

import {describe, expect, test} from 'vitest'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import type {PolicySimulator, SimulationQuestion} from '../../../src/lib/permissions/simulate/ports.js'
import {iamSimulateView} from '../../../src/lib/permissions/simulate/render-simulate.js'
import {simulateCall} from '../../../src/lib/permissions/simulate/simulate-call.js'
import {iamWhoCanView} from '../../../src/lib/permissions/who-can/render-who-can.js'
import {whoCanCall} from '../../../src/lib/permissions/who-can/who-can-call.js'
import {
  controlPolicy,
  managed,
  model,
  organization,
  policy,
  profile,
  REGION,
  role,
  user,
} from '../iam/account/build-snapshot.js'
import {account, CALL, SONNET} from './known-facts.js'

const SIGNAL = new AbortController().signal
const NARROW = {width: 60, color: false, interactive: true, unicode: true}
const allow = (more: object = {}) => [{name: 'in', document: policy('Allow', 'bedrock:InvokeModel', more)}]
const ONLY_HERE = {
  Resource: [`arn:aws:bedrock:${REGION}::foundation-model/*`, 'arn:aws:bedrock:*:*:inference-profile/*'],
}
const THROUGH_ENDPOINT = {Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}}

const simulate = (inlinePolicies: ReturnType<typeof allow>, given: Partial<typeof CALL> = {}) =>
  simulateCall({...CALL, principal: 'r', ...given}, account({roles: [role('r', {inlinePolicies})]}), undefined, SIGNAL)

describe('simulateCall', () => {
  test('allows what every leg allows', async () => {
    const result = await simulate(allow())

    expect(result).toMatchObject({outcome: 'ALLOW', deciding: null, unread: [], gate: {passed: true}})
    expect(result.legs.map(({reasons}) => reasons[0]?.statement)).toEqual(['AllowIt', 'AllowIt', 'AllowIt'])
  })

  test('a destination that is left out decides, with the near miss and what closes the gap', async () => {
    const result = await simulate(allow(ONLY_HERE))
    const leg = result.legs.find(({name}) => name === result.deciding)

    expect(result).toMatchObject({outcome: 'DENY', deciding: 'model in eu-west-1', gate: {passed: false}})
    expect(leg?.reasons).toMatchObject([{layer: 'identity', role: 'does-not-allow'}])
    expect(leg?.nearMisses).toMatchObject([{statement: 'AllowIt', failed: 'resource'}])
    expect(leg?.remedies).toEqual(['Allow this in a policy of role r.'])
  })

  test('a missing Global leg names the Region by which policies see it', async () => {
    const result = await simulate(allow(ONLY_HERE), {route: 'global'})

    expect(result.legs.at(-1)?.remedies[0]).toContain('aws:RequestedRegion is unspecified here')
  })

  test('an unknown network leaves it unknown, and says what to type', async () => {
    const result = await simulate(allow(THROUGH_ENDPOINT))

    expect(result.outcome).toBe('UNKNOWN')
    expect(result.unread).toMatchObject([{code: 'CONTEXT_UNKNOWN', hint: expect.stringContaining('--vpce')}])
    expect((await simulate(allow(THROUGH_ENDPOINT), {context: ['aws:SourceVpce=']})).outcome).toBe('DENY')
    expect((await simulate(allow(THROUGH_ENDPOINT), {context: ['aws:SourceVpce=vpce-1']})).outcome).toBe('ALLOW')
  })

  test('unread control policies leave it unknown and name the action', async () => {
    const known = account(
      {roles: [role('r', {inlinePolicies: allow()})]},
      {...organization({denied: 'no permission'}, {policyTypes: ['SERVICE_CONTROL_POLICY']})},
    )
    const result = await simulateCall({...CALL, principal: 'r'}, known, undefined, SIGNAL)

    expect(result.outcome).toBe('UNKNOWN')
    expect(result.unread[0]).toMatchObject({action: 'organizations:ListPolicies', code: 'POLICY_UNREAD'})
  })

  test('behind a control policy that denies, what the own policies lack is told too', async () => {
    const every = ['r-1', 'ou-1', '111122223333']
    const policies = [
      controlPolicy('p-all', policy('Allow', '*'), every),
      controlPolicy('p-no', policy('Deny', '*'), every),
    ]
    const known = account({roles: [role('r')]}, organization(policies, {policyTypes: ['SERVICE_CONTROL_POLICY']}))
    const {legs} = await simulateCall({...CALL, principal: 'r'}, known, undefined, SIGNAL)

    expect(legs[0]?.remedies).toEqual([
      expect.stringContaining('Exempt this from DenyIt of p-no (p-no) in a service control policy at Root (r-1)'),
      expect.stringContaining('Workloads (ou-1)'),
      expect.stringContaining('app (111122223333)'),
      'Allow this in a policy of role r.',
    ])
  })

  test('a principal that was not read at all stops it', async () => {
    const known = account({}, {'iam:authorization-details': {denied: 'no'}})

    await expect(simulateCall({...CALL, principal: 'r'}, known, undefined, SIGNAL)).rejects.toMatchObject({
      code: 'PRINCIPALS_UNREAD',
      fault: 'access',
    })
  })

  test('a mistyped principal is told what is near', async () => {
    await expect(simulate(allow(), {...{principal: 'rr'}} as object)).rejects.toMatchObject({
      code: 'UNKNOWN_PRINCIPAL',
    })
  })

  test('the text fits a narrow terminal and cleans hostile names', async () => {
    const name = 'r\u001b[31m\u202e<b>'
    const known = account({roles: [role(name, {inlinePolicies: allow(ONLY_HERE)})]})
    const result = await simulateCall({...CALL, principal: name}, known, undefined, SIGNAL)
    const text = (await iamSimulateView.text?.(result, NARROW)) ?? ''

    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([])
    expect(['\u001b', '\u202e'].filter((control) => text.includes(control))).toEqual([])
    expect(text).toContain('DENIED  model in eu-west-1, not allowed')
  })
})

describe('with a simulator of AWS', () => {
  const asked: SimulationQuestion[] = []
  const answering = (decision: 'allowed' | 'implicitDeny'): PolicySimulator => ({
    async simulate(question) {
      asked.push(question)
      return {decision, allowedByOrganizations: null}
    },
  })
  const known = account({roles: [role('r', {inlinePolicies: allow(), tags: [{key: 'team', value: 'a'}]})]})

  test('each leg that can be asked is compared', async () => {
    const {verification} = await simulateCall({...CALL, principal: 'r'}, known, answering('allowed'), SIGNAL)

    expect(verification?.map(({agrees}) => agrees)).toEqual([true, true, true])
    expect(asked[0]?.context).toContainEqual({key: 'aws:requestedregion', values: [REGION]})
    expect(asked[0]?.context).toContainEqual({key: 'aws:principaltag/team', values: ['a']})
  })

  test('a difference is told', async () => {
    const {verification} = await simulateCall({...CALL, principal: 'r'}, known, answering('implicitDeny'), SIGNAL)

    expect(verification?.every(({agrees}) => agrees === false)).toBe(true)
  })

  test('the leg without a Region is not asked', async () => {
    const input = {...CALL, principal: 'r', route: 'global'} as const
    const {verification} = await simulateCall(input, known, answering('allowed'), SIGNAL)

    expect(verification?.at(-1)).toMatchObject({asked: false, aws: null, agrees: null})
  })

  test('a refusal is told once as not read', async () => {
    const refusing: PolicySimulator = {
      async simulate() {
        throw new BedrockctlError('ACCESS_DENIED', 'no', {fault: 'access', action: 'iam:SimulatePrincipalPolicy'})
      },
    }
    const result = await simulateCall({...CALL, principal: 'r'}, known, refusing, SIGNAL)

    expect(result.outcome).toBe('ALLOW')
    expect(result.unread).toMatchObject([{code: 'ACCESS_DENIED', action: 'iam:SimulatePrincipalPolicy'}])
  })
})

describe('whoCanCall', () => {
  const admin = managed('Admin', policy('Allow', '*'))
  const roles = [
    role('everything', {attachedPolicies: [admin.arn]}),
    role('global-only', {
      inlinePolicies: allow({
        Resource: [
          `arn:aws:bedrock:${REGION}:*:inference-profile/global.*`,
          `arn:aws:bedrock:${REGION}::foundation-model/*`,
          'arn:aws:bedrock:::foundation-model/*',
        ],
      }),
    }),
    role('maybe', {inlinePolicies: allow(THROUGH_ENDPOINT)}),
    role('nothing'),
    role('AWSServiceRoleForX', {path: '/aws-service-role/x.amazonaws.com/', attachedPolicies: [admin.arn]}),
  ]
  const denial = controlPolicy('p-no', policy('Deny', 'bedrock:*'), ['r-1'])
  const allowAll = controlPolicy('p-all', policy('Allow', '*'), ['r-1', 'ou-1', '111122223333'])
  const known = account({roles, users: [user('u')], policies: [admin]})
  const names = (result: ReturnType<typeof whoCanCall>) =>
    result.principals.map(({principal, outcome}) => [principal.name, outcome])

  test('lists who can and who may, each with the ways that are open', () => {
    const result = whoCanCall({...CALL, all: false}, known)

    expect(names(result)).toEqual([
      ['AWSServiceRoleForX', 'ALLOW'],
      ['everything', 'ALLOW'],
      ['global-only', 'ALLOW'],
      ['maybe', 'UNKNOWN'],
    ])
    expect(result.principals[2]?.through).toEqual([`global.${SONNET}`])
    expect(result.counts).toEqual({allow: 3, unknown: 1, deny: 2})
    expect(result.unread).toHaveLength(1)
  })

  test('with all also those who cannot, and what stops them', () => {
    const result = whoCanCall({...CALL, all: true}, known)

    expect(result.principals.find(({principal}) => principal.name === 'nothing')).toMatchObject({
      outcome: 'DENY',
      leg: 'profile',
      because: [{layer: 'identity', role: 'does-not-allow'}],
    })
  })

  test('a control policy stops all but the service-linked', () => {
    const bound = account(
      {roles, policies: [admin]},
      organization([allowAll, denial], {policyTypes: ['SERVICE_CONTROL_POLICY']}),
    )

    expect(names(whoCanCall({...CALL, all: false}, bound))).toEqual([['AWSServiceRoleForX', 'ALLOW']])
  })

  test('the text marks service-linked roles and says who is left out', async () => {
    const text = await iamWhoCanView.text?.(whoCanCall({...CALL, all: false}, known), NARROW)

    expect(text).toContain('(service-linked)')
    expect(text).toContain('3 can, 1 may, 2 cannot (--all')
  })
})

describe('whoCanCall, by ways of its own', () => {
  const applicationArn = `arn:aws:bedrock:${REGION}:111122223333:application-inference-profile/aaaaaaaaaaaa`
  const profiles = [
    profile(`eu.${SONNET}`, [], {
      modelArns: [REGION, 'eu-west-1'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${SONNET}`),
    }),
    profile('aaaaaaaaaaaa', [], {
      arn: applicationArn,
      type: 'APPLICATION',
      modelArns: [REGION, 'eu-west-1'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${SONNET}`),
    }),
  ]
  const onlyBehind = {Condition: {ArnEquals: {'bedrock:InferenceProfileArn': applicationArn}}}
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: applicationArn},
      {
        Effect: 'Allow',
        Action: 'bedrock:InvokeModel',
        Resource: 'arn:aws:bedrock:*::foundation-model/*',
        ...onlyBehind,
      },
    ],
  })
  const known = account(
    {roles: [role('r', {inlinePolicies: [{name: 'in', document}]})]},
    {'bedrock:inference-profiles': profiles},
  )

  test('finds who can by an application profile alone', () => {
    const {principals} = whoCanCall({...CALL, all: false}, known)

    expect(principals).toMatchObject([{outcome: 'ALLOW', through: ['aaaaaaaaaaaa']}])
  })

  test('does not look at it where one route is asked for', () => {
    expect(whoCanCall({...CALL, all: false, route: 'geo'}, known).principals).toEqual([])
  })

  test('finds who can on Mantle alone', () => {
    const onMantle = role('m', {inlinePolicies: [{name: 'in', document: policy('Allow', 'bedrock-mantle:*')}]})
    const oss = 'openai.gpt-oss-20b-1:0'
    const there = account({roles: [onMantle]}, {'bedrock:foundation-models': [model(oss)]})
    const {principals, calls} = whoCanCall({...CALL, model: oss, all: false}, there)

    expect(calls.map(({target}) => target.route)).toEqual(['in-region', 'mantle'])
    expect(principals).toMatchObject([{principal: {name: 'm'}, outcome: 'ALLOW'}])
  })
})

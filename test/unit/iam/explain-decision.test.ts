import {expect, test} from 'vitest'
import {compilePolicy} from '../../../src/lib/iam/compile-policy.js'
import {evaluateRequest} from '../../../src/lib/iam/evaluate-request.js'
import {explainDecision} from '../../../src/lib/iam/explain-decision.js'
import {lintPolicy} from '../../../src/lib/iam/lint-policy.js'
import {parsePolicy} from '../../../src/lib/iam/parse-policy.js'
import type {PolicyKind} from '../../../src/lib/iam/policy-document.js'
import {layersOf} from '../../../src/lib/iam/policy-layers.js'
import {readIamFacts} from '../../../src/lib/iam/read-iam-facts.js'
import {createRequest} from '../../../src/lib/iam/request.js'
import {type ContextValues, createContext} from '../../../src/lib/iam/request-context.js'

const facts = readIamFacts()
const ACCOUNT = '111122223333'
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-6'
const ANYWHERE = 'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-6'

const allow = (action: string | string[], resource = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})
const deny = (action: string, more: object = {}) => ({Effect: 'Deny', Action: action, Resource: '*', ...more})

function policySet(kind: PolicyKind, statements: readonly object[], name = 'policy') {
  return {
    policies: [compilePolicy({Version: '2012-10-17', Statement: statements}, {kind, name})],
    unread: [] as string[],
  }
}

function ask(
  layers: Parameters<typeof layersOf>[0],
  {
    action = 'bedrock:InvokeModel',
    resource = MODEL,
    context = {},
  }: {action?: string; resource?: string; context?: ContextValues} = {},
) {
  const principal = {kind: 'role', arn: `arn:aws:iam::${ACCOUNT}:role/app`, account: ACCOUNT} as const
  const request = createRequest({action, resource, principal, context: createContext(context)})
  const all = layersOf(layers)
  const explanation = explainDecision(request, all, facts)
  expect(evaluateRequest(request, all, facts.rcp).outcome).toBe(explanation.outcome)
  return explanation
}

const regionDeny = (regions: readonly string[]) => [
  {
    name: 'root',
    ...policySet(
      'scp',
      [allow('*'), deny('bedrock:*', {Condition: {StringNotEquals: {'aws:RequestedRegion': regions}}})],
      'regions',
    ),
  },
]

test.each([
  ['what nothing allows is denied', {}, {}, 'DENY'],
  [
    'an allow of the action on the resource allows',
    {identity: policySet('identity', [allow('bedrock:InvokeModel', MODEL)])},
    {},
    'ALLOW',
  ],
  [
    'actions are compared without case and by wildcard',
    {identity: policySet('identity', [allow('BEDROCK:invoke*')])},
    {},
    'ALLOW',
  ],
  [
    'there is no action Converse: it allows nothing',
    {identity: policySet('identity', [allow('bedrock:Converse')])},
    {},
    'DENY',
  ],
  [
    'a deny outranks an allow',
    {identity: policySet('identity', [allow('*'), deny('bedrock:InvokeModel')])},
    {},
    'DENY',
  ],
  [
    'the pattern of one Region does not hold the model without a Region',
    {identity: policySet('identity', [allow('bedrock:InvokeModel', 'arn:aws:bedrock:eu-west-1::foundation-model/*')])},
    {resource: ANYWHERE},
    'DENY',
  ],
  [
    'a star in the Region holds the model without a Region',
    {identity: policySet('identity', [allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/*')])},
    {resource: ANYWHERE},
    'ALLOW',
  ],
  [
    'a boundary that does not allow denies',
    {identity: policySet('identity', [allow('*')]), boundary: policySet('boundary', [allow('s3:*')])},
    {},
    'DENY',
  ],
  [
    'the policy of the endpoint must allow too',
    {
      identity: policySet('identity', [allow('*')]),
      endpoint: policySet('endpoint', [{...allow('s3:*'), Principal: '*'}]),
    },
    {},
    'DENY',
  ],
  [
    'an SCP that was not read leaves it unknown',
    {identity: policySet('identity', [allow('*')]), scp: [{name: 'root', policies: [], unread: ['denied']}]},
    {},
    'UNKNOWN',
  ],
  [
    'a condition on a key that is not known leaves it unknown',
    {identity: policySet('identity', [allow('*', '*', {Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}})])},
    {},
    'UNKNOWN',
  ],
] as const)('%s: %s', (_, layers, question, outcome) => {
  expect(ask(layers, question).outcome).toBe(outcome)
})

test('a Region deny without `unspecified` blocks the leg of a Global profile, and says which statement', () => {
  const identity = policySet('identity', [allow('bedrock:*')])
  const context = {'aws:RequestedRegion': 'unspecified'}

  expect(ask({identity, scp: regionDeny(['eu-west-1'])}, {resource: ANYWHERE, context})).toMatchObject({
    outcome: 'DENY',
    denial: 'explicit',
    reasons: expect.arrayContaining([expect.objectContaining({layer: 'scp', policy: 'regions', role: 'denies'})]),
  })
  expect(ask({identity, scp: regionDeny(['eu-west-1', 'unspecified'])}, {resource: ANYWHERE, context}).outcome).toBe(
    'ALLOW',
  )
})

test('a policy that AWS would refuse decides nothing and is named', () => {
  const {document, problems} = parsePolicy(
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Permit", "Actoin": "*"}]}',
    {kind: 'identity'},
  )

  expect(document).toBeUndefined()
  expect(problems.length).toBeGreaterThan(1)
})

test('an action that does not exist is pointed out, with what was meant', () => {
  const {document} = parsePolicy({Version: '2012-10-17', Statement: [allow('bedrock:InvokeModle')]}, {kind: 'identity'})

  expect(document && lintPolicy(document, 'identity', facts)).toMatchObject([
    {code: 'UNKNOWN_ACTION', suggestions: expect.arrayContaining(['bedrock:InvokeModel'])},
  ])
})

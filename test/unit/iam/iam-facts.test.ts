import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {findAction, findService, isDocumentedKey} from '../../../src/lib/iam/action-facts.js'
import {iamFactsSchema} from '../../../src/lib/iam/iam-facts.schema.js'
import {lintPolicy} from '../../../src/lib/iam/lint-policy.js'
import {parsePolicy} from '../../../src/lib/iam/parse-policy.js'
import type {PolicyKind} from '../../../src/lib/iam/policy-document.js'
import {readIamFacts} from '../../../src/lib/iam/read-iam-facts.js'
import {FACTS} from './read-cases.js'

function lint(statement: object, kind: PolicyKind = 'identity') {
  const whole = {Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*', ...statement}
  const {document} = parsePolicy({Version: '2012-10-17', Statement: whole}, {kind})
  if (!document) throw new Error('the policy of the test is refused')
  return lintPolicy(document, kind, FACTS)
}

describe('the bundled IAM facts', () => {
  test('have the form that is published', () => {
    expect(iamFactsSchema.parse(JSON.parse(readFileSync('data/iam/actions.json', 'utf8')))).toEqual(FACTS)
  })

  test('hold the four services, and every resource type and key that an action names', () => {
    expect(FACTS.services.map(({prefix, actions}) => [prefix, actions.length])).toEqual([
      ['bedrock', 262],
      ['bedrock-mantle', 38],
      ['bedrock-websearch', 3],
      ['bedrock-agentcore', 255],
    ])
    for (const {actions, resourceTypes, conditionKeys} of FACTS.services) {
      const types = resourceTypes.map(({name}) => name)
      const named = actions.flatMap(({resources = [], optionalResources = []}) => [...resources, ...optionalResources])
      const keys = actions.flatMap((action) => action.conditionKeys ?? [])
      expect(named.filter((name) => !types.includes(name))).toEqual([])
      expect(keys.filter((key) => !Object.hasOwn(conditionKeys, key))).toEqual([])
    }
  })

  test('name no service as both reached and not reached by resource control policies', () => {
    const {applies, inert} = FACTS.rcp

    expect(inert.filter((service) => applies.includes(service))).toEqual([])
    expect(inert.every((service) => findService(FACTS, service))).toBe(true)
  })

  test('an operation without an action of its own is none, and the action that stands for it is one', () => {
    for (const [operation, action] of Object.entries(FACTS.operationsWithoutAction)) {
      expect(findAction(FACTS, `bedrock:${operation}`)).toBeUndefined()
      expect(findAction(FACTS, action)).toBeDefined()
    }
  })

  test('a file that is not there says that the installation is damaged', () => {
    expect(() => readIamFacts('nowhere.json')).toThrow(expect.objectContaining({code: 'CATALOG_DAMAGED'}))
  })
})

describe('isDocumentedKey', () => {
  test.each([
    ['bedrock:InvokeModel', 'bedrock:inferenceprofilearn', true],
    ['bedrock:InvokeModel', 'bedrock:DataRetentionMode', false],
    ['bedrock:InvokeModelWithResponseStream', 'bedrock:ProjectArn', false],
    ['bedrock:CallWithBearerToken', 'bedrock:bearerTokenType', true],
    ['bedrock-mantle:CallWithBearerToken', 'bedrock:BearerTokenType', false],
    ['bedrock:InvokeModel', 'aws:SourceVpce', true],
    ['bedrock:NoSuchAction', 'bedrock:DataRetentionMode', true],
    ['s3:GetObject', 's3:prefix', true],
  ])('%s and %s: %s', (action, key, documented) => {
    expect(isDocumentedKey(FACTS, action, key)).toBe(documented)
  })
})

describe('lintPolicy', () => {
  test('Converse is no action; InvokeModel stands for it', () => {
    expect(lint({Action: ['bedrock:Converse', 'bedrock:InvokeModel']})).toMatchObject([
      {statement: 0, code: 'UNKNOWN_ACTION', subject: 'bedrock:Converse', suggestions: ['bedrock:InvokeModel']},
    ])
  })

  test('a slip of the fingers is told with the action that was meant', () => {
    expect(lint({Action: 'bedrock:InvokeModle'})).toMatchObject([
      {suggestions: expect.arrayContaining(['bedrock:InvokeModel'])},
    ])
  })

  test('a wildcard that reaches an action is fine, and one that reaches none is not', () => {
    expect(lint({Action: ['bedrock:Invoke*', '*', 's3:Nothing']})).toEqual([])
    expect(lint({Action: 'bedrock:Frobnicate*'})).toMatchObject([{code: 'UNKNOWN_ACTION'}])
  })

  test('a key that a named action does not have is told', () => {
    const Condition = {StringEquals: {'bedrock:DataRetentionMode': 'default'}}

    expect(lint({Condition})).toMatchObject([{code: 'KEY_NOT_OF_ACTION', subject: 'bedrock:DataRetentionMode'}])
    expect(lint({Action: 'bedrock:*', Condition})).toEqual([])
  })

  test.each(['bedrock:*', 'bedrock-mantle:CreateInference', 'bedrock-agentcore:*'])(
    'a resource control policy about %s is inert',
    (action) => {
      const statement = {Effect: 'Deny', Action: action, Principal: '*'}

      expect(lint(statement, 'rcp')).toMatchObject([{code: 'INERT_RCP', subject: action}])
      expect(lint({...statement, Action: 's3:*'}, 'rcp')).toEqual([])
    },
  )
})

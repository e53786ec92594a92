import {describe, expect, test} from 'vitest'
import {guardrailProfilesSchema} from '../../../src/lib/iam/guardrail-profiles.schema.js'
import {readGuardrailProfiles} from '../../../src/lib/iam/read-guardrail-profiles.js'
import {findGuardrail} from '../../../src/lib/permissions/call/find-guardrail.js'
import {parseContext} from '../../../src/lib/permissions/call/parse-context.js'
import {planCalls} from '../../../src/lib/permissions/call/plan-call.js'
import {ACCOUNT, buildSnapshot, model, part, REGION, refused, role} from '../iam/account/build-snapshot.js'
import {FACTS} from '../iam/read-cases.js'
import {account, CALL, CATALOG, knownFacts, SONNET} from './known-facts.js'

describe('planCalls', () => {
  const known = account({roles: [role('r')]})
  const targets = (given: Partial<typeof CALL>) =>
    planCalls({...CALL, ...given}, known).calls.map(({asked}) => [asked.target.route, asked.target.id])

  test('plans every way to reach a model, the one that leaves the Region least first', () => {
    expect(targets({})).toEqual([
      ['geo', `eu.${SONNET}`],
      ['global', `global.${SONNET}`],
    ])
  })

  test.each([
    [{route: 'global'} as const, ['global', `global.${SONNET}`]],
    [{model: `eu.${SONNET}`}, ['geo', `eu.${SONNET}`]],
    [{model: 'Claude Sonnet 4.6', route: 'geo'} as const, ['geo', `eu.${SONNET}`]],
    [{workload: 'mantle'} as const, ['mantle', SONNET]],
  ])('%j', (given, expected) => {
    expect(targets(given)).toEqual([expected])
  })

  test.each([
    [{model: 'anthropic.claude-sonet-4-6'}, 'UNKNOWN_MODEL'],
    [{model: `us.${SONNET}`}, 'NOT_CALLABLE'],
    [{route: 'in-region'} as const, 'ROUTE_NOT_OFFERED'],
    [{model: `eu.${SONNET}`, route: 'global'} as const, 'ROUTE_FIXED'],
    [{region: 'us-east-1'}, 'REGION_NOT_IN_SNAPSHOT'],
    [{workload: 'batch'} as const, 'ROLE_MISSING'],
    [{workload: 'batch', role: 'q'} as const, 'UNKNOWN_PRINCIPAL'],
    [{role: 'r'}, 'FLAGS_CONFLICT'],
    [{workload: 'mantle', streaming: true} as const, 'FLAGS_CONFLICT'],
    [{context: ['nonsense']}, 'BAD_CONTEXT'],
  ])('%j is refused as %s', (given, code) => {
    expect(() => planCalls({...CALL, ...given}, known)).toThrow(expect.objectContaining({code, fault: 'usage'}))
  })

  test('where profiles were not read, their destinations stay unknown', () => {
    const unread = knownFacts(
      buildSnapshot({'bedrock:foundation-models': {denied: 'no'}, 'bedrock:inference-profiles': {denied: 'no'}}),
    )
    const {calls} = planCalls({...CALL, route: 'geo'}, unread)

    expect(calls[0]?.asked.target).toMatchObject({id: `eu.${SONNET}`, destinations: null})
    expect(calls[0]?.prepared.legs.map(({leg}) => leg.kind)).toContain('open')
    expect(CATALOG.profile(`eu.${SONNET}`)?.profile.routes[REGION]).not.toBeNull()
  })

  test('where endpoints were not read, the VPC behind one stays unknown', () => {
    const {values, network} = planCalls({...CALL, vpce: 'vpce-1'}, account({}, {'ec2:vpc-endpoints': {denied: 'no'}}))

    expect(network).toMatchObject({kind: 'endpoint', vpcEndpointId: 'vpce-1'})
    expect(values['aws:SourceVpc']).toEqual({oneOf: []})
  })
})

describe('findGuardrail', () => {
  const profileArn = `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail-profile/eu.guardrail.v1:0`
  const detail = (version: string, arn: string | null) => ({
    ...{version, status: 'READY', statusReasons: [], kmsKeyArn: null, profileArn: arn, contentFilters: []},
    ...{contentTier: null, topics: [], topicTier: null, words: 0, managedWords: [], piiEntities: [], regexes: []},
    ...{grounding: [], automatedReasoning: null, createdAt: null, updatedAt: null},
  })
  const guardrail = {
    ...{id: 'g1', arn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail/g1`, name: 'main', status: 'READY'},
    ...{createdAt: null, updatedAt: null, draft: part(detail('DRAFT', null)), resourcePolicy: part(null)},
    versions: part([
      {version: '1', status: 'READY', createdAt: null, detail: part(detail('1', profileArn))},
      {version: '2', status: 'READY', createdAt: null, detail: refused('bedrock:GetGuardrail', 'no')},
    ]),
  }
  const PROFILES = readGuardrailProfiles()
  const find = (text: string, guardrails: readonly (typeof guardrail)[] = [guardrail]) =>
    findGuardrail(text, REGION, buildSnapshot({'bedrock:guardrails': guardrails}), PROFILES)

  test.each([
    ['g1:DRAFT', {id: 'g1', version: 'DRAFT', profile: null}],
    ['main:2', {id: 'g1', version: '2'}],
    ['g1', {id: 'g1', version: '2'}],
  ])('%s', (text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  test('the profile of a version leads to its destinations', () => {
    const found = find(`${guardrail.arn}:1`)

    expect(found).toMatchObject({version: '1', profile: {id: 'eu.guardrail.v1:0'}})
    expect(found.profile?.destinations).toContain('eu-west-1')
  })

  test.each([
    ['g2', 'UNKNOWN_GUARDRAIL'],
    ['g1:7', 'UNKNOWN_GUARDRAIL_VERSION'],
  ])('%s is refused as %s', (text, code) => {
    expect(() => find(text)).toThrow(expect.objectContaining({code}))
  })

  test('what was not read leaves the profile unknown', () => {
    const snapshot = buildSnapshot({'bedrock:guardrails': {denied: 'no'}})

    expect(findGuardrail('g1:3', REGION, snapshot, PROFILES)).toEqual({id: 'g1', version: '3'})
  })

  test('the bundled profiles fit their schema', () => {
    expect(guardrailProfilesSchema.safeParse(PROFILES).error).toBeUndefined()
  })
})

describe('parseContext', () => {
  test.each([
    [['aws:SourceIp=192.0.2.1'], {'aws:SourceIp': '192.0.2.1'}],
    [['aws:TagKeys=a', 'aws:TagKeys=b'], {'aws:TagKeys': ['a', 'b']}],
    [['aws:SourceVpce='], {'aws:SourceVpce': null}],
    [['aws:PrincipalTag/a b=c=d'], {'aws:PrincipalTag/a b': 'c=d'}],
  ])('%j', (entries, expected) => {
    expect(parseContext(entries, FACTS)).toEqual(expected)
  })

  test.each([[['SourceIp=1']], [['aws:SourceIp']], [['aws:SourceIp=1', 'aws:SourceIp=']]])(
    '%j is refused',
    (entries) => {
      expect(() => parseContext(entries, FACTS)).toThrow(expect.objectContaining({code: 'BAD_CONTEXT'}))
    },
  )
})

test('a model of the Region that the catalog lacks can be called', () => {
  const known = account({}, {'bedrock:foundation-models': [model('new.model')]})

  expect(planCalls({...CALL, model: 'new.model'}, known).calls.map(({asked}) => asked.target.route)).toEqual([
    'in-region',
  ])
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import BatchCollect from '../../../src/commands/batch/collect.js'
import BatchRetry from '../../../src/commands/batch/retry.js'
import BatchStop from '../../../src/commands/batch/stop.js'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {findAction} from '../../../src/lib/iam/action-facts.js'
import {parsePolicy} from '../../../src/lib/iam/parse-policy.js'
import {catalogOffer} from '../../../src/lib/models/offers/catalog-offer.js'
import {MONITOR_ACTIONS} from '../../../src/lib/permissions/generate/draft-monitor.js'
import {ADMIN_ACTIONS} from '../../../src/lib/permissions/generate/draft-operator.js'
import type {IamGenerate} from '../../../src/lib/permissions/generate/generate.schema.js'
import {type GenerateInput, generatePolicies} from '../../../src/lib/permissions/generate/generate-policies.js'
import {packStatements} from '../../../src/lib/permissions/generate/pack-statements.js'
import {appAsks} from '../../../src/lib/permissions/generate/probes.js'
import {prove} from '../../../src/lib/permissions/generate/prove.js'
import {parseBucketPlace} from '../../../src/lib/permissions/generate/service-role.js'
import {allow, sizeOf} from '../../../src/lib/permissions/generate/statement.js'
import {FACTS} from '../iam/read-cases.js'
import {CATALOG, SONNET} from './known-facts.js'

const NOVA = 'amazon.nova-lite-v1:0'
const ACCOUNT = '111122223333'
const GUARDRAIL = {id: 'g1', version: '2', profile: {id: 'eu.guardrail.v1:0', destinations: ['eu-west-1']}}
const DATA = {
  readFrom: [{bucket: 'in-data', prefix: 'jobs'}],
  writeTo: {bucket: 'out-data', prefix: ''},
  kmsKey: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`,
}
const INPUT: GenerateInput = {
  workload: 'app',
  models: [SONNET],
  from: 'eu-central-1',
  regions: ['eu-central-1'],
  route: undefined,
  account: ACCOUNT,
  guardrail: null,
  vpce: null,
  data: {readFrom: [], writeTo: null, kmsKey: null},
  logGroups: [],
  roleName: undefined,
  attach: 'managed',
  format: 'json',
}

function generate(given: Partial<GenerateInput> = {}): IamGenerate {
  const input = {...INPUT, ...given}
  const offer = catalogOffer(CATALOG, input.from)
  return generatePolicies(input, {catalog: CATALOG, facts: FACTS, offer, unread: [], simulated: false})
}

interface Written {
  readonly Sid: string
  readonly Resource: readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}
const statementsOf = ({policies}: IamGenerate) =>
  policies.flatMap(({document}) => document['Statement'] as unknown as readonly Written[])

describe('an app', () => {
  test('by a geographic profile gets the profile, and each destination only behind it', () => {
    const [profile, destinations] = statementsOf(generate())

    expect(profile?.Resource).toEqual([`arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.${SONNET}`])
    expect(destinations?.Resource).toContain(`arn:aws:bedrock:eu-west-3::foundation-model/${SONNET}`)
    expect(destinations?.Condition).toEqual({StringEquals: {'bedrock:InferenceProfileArn': profile?.Resource[0]}})
  })

  test('by the Global profile gets the model without a Region where the Region is unspecified', () => {
    const anywhere = statementsOf(generate({route: 'global'})).find(({Sid}) => Sid === 'InvokeAnywhere')

    expect(anywhere?.Resource).toEqual([`arn:aws:bedrock:::foundation-model/${SONNET}`])
    expect(anywhere?.Condition?.['StringEquals']?.['aws:RequestedRegion']).toBe('unspecified')
  })

  test('with guardrail and endpoint is denied without either', () => {
    const {proof} = generate({guardrail: GUARDRAIL, vpce: 'vpce-0a1b2c3d4e5f60718'})
    const denied = proof.filter(({outcome}) => outcome === 'DENY').map(({what}) => what)

    expect(denied).toEqual(
      expect.arrayContaining([
        `eu.${SONNET} without guardrail`,
        `eu.${SONNET} with version DRAFT of the guardrail`,
        `eu.${SONNET} through no endpoint`,
      ]),
    )
  })

  const minimal: readonly Partial<GenerateInput>[] = [
    {},
    {route: 'global'},
    {models: [NOVA], from: 'us-east-1'},
    {guardrail: GUARDRAIL},
  ]

  test.each(minimal)('holds no statement that it could do without: %j', (given) => {
    const result = generate(given)
    const asks = appAsks(targetOf(result), {
      place: {partition: 'aws', account: ACCOUNT, region: result.from},
      elsewhere: 'us-west-2',
      guardrail: given.guardrail ?? null,
      vpce: null,
    })
    const [policy] = result.policies
    if (policy === undefined) throw new Error('no policy')
    const statements = policy.document['Statement'] as object[]
    const proven = {account: ACCOUNT, partition: 'aws', network: undefined, role: undefined}

    for (const [index] of statements.entries()) {
      const rest = {Version: '2012-10-17', Statement: statements.filter((_, at) => at !== index)} as never
      expect(() => prove(asks, {...proven, policies: [{...policy, document: rest}]}, FACTS)).toThrow(BedrockctlError)
    }
  })

  test('of GovCloud gets ARNs of its partition', () => {
    const result = generate({from: 'us-gov-west-1', models: [NOVA], route: 'in-region'})

    expect(result.text).toContain('arn:aws-us-gov:')
    expect(result.text).not.toContain('arn:aws:')
  })

  test.each([
    [{models: ['amazon.nova-lit-v1:0']}, 'UNKNOWN_MODEL'],
    [{route: 'in-region'} as const, 'ROUTE_NOT_OFFERED'],
    [{models: []}, 'MODEL_MISSING'],
  ])('%j is refused as %s', (given, code) => {
    expect(() => generate(given)).toThrow(expect.objectContaining({code}))
  })
})

function targetOf({targets: [target], from}: IamGenerate) {
  if (target === undefined) throw new Error('no target')
  const {id: profileId, modelId, route} = target
  if (route === 'in-region') return {kind: 'model', modelId} as const
  if (route === 'global') return {kind: 'global-profile', profileId, modelId} as const
  const destinations = CATALOG.profile(profileId)?.profile.routes[from] ?? []
  return {kind: 'geographic-profile', profileId, modelId, destinations} as const
}

const EVERYTHING: readonly Partial<GenerateInput>[] = [
  {},
  {models: [SONNET, NOVA]},
  {workload: 'batch', models: [NOVA], from: 'us-east-1', data: DATA},
  {workload: 'batch', route: 'geo', data: DATA},
  {workload: 'batch', route: 'global', data: DATA, vpce: 'vpce-0a1b2c3d4e5f60718'},
  {workload: 'import', models: [], from: 'us-east-1', data: {...DATA, writeTo: null}},
  {workload: 'customization', models: [NOVA], from: 'us-east-1', data: DATA},
  {workload: 'admin', models: []},
  {workload: 'admin', models: [], vpce: 'vpce-0a1b2c3d4e5f60718'},
  {workload: 'auditor', models: []},
  {workload: 'monitor', models: [], logGroups: ['/bedrock/invocations']},
  {workload: 'monitor', models: [], regions: ['eu-central-1', 'us-east-1'], data: {...DATA, writeTo: null}},
  {workload: 'monitor', models: [], regions: CATALOG.regions.map(({name}) => name)},
]

describe.each(EVERYTHING)('%j', (given) => {
  const result = generate(given)

  test('is proven, with something denied', () => {
    expect(result.proof.every(({expected, outcome}) => expected === outcome)).toBe(true)
    expect(new Set(result.proof.map(({expected}) => expected))).toEqual(new Set(['ALLOW', 'DENY']))
  })

  test('holds policies that IAM takes, within their size', () => {
    for (const {document, characters, limit} of result.policies) {
      expect(parsePolicy(document, {kind: 'identity'}).problems).toEqual([])
      expect(characters).toBeLessThanOrEqual(limit)
    }
    for (const {trust} of result.roles) expect(parsePolicy(trust, {kind: 'trust'}).problems).toEqual([])
  })

  test('is the same in every format', () => {
    const cloudFormation = JSON.parse(generate({...given, format: 'cloudformation'}).text)
    const terraform = generate({...given, format: 'terraform'}).text

    expect(Object.keys(cloudFormation.Resources)).toHaveLength(result.policies.length + result.roles.length)
    expect(terraform.match(/^resource "aws_iam_policy"/gm)).toHaveLength(result.policies.length)
    expect(terraform.match(/^resource "aws_iam_role"/gm) ?? []).toHaveLength(result.roles.length)
  })
})

test('a service role is taken on by Bedrock for jobs of this account, Region and kind alone', () => {
  const {roles, proof} = generate({workload: 'batch', data: DATA})
  const [statement] = (roles[0]?.trust['Statement'] ?? []) as unknown as readonly Written[]

  expect(statement?.Condition).toEqual({
    StringEquals: {'aws:SourceAccount': ACCOUNT},
    ArnLike: {'aws:SourceArn': `arn:aws:bedrock:eu-central-1:${ACCOUNT}:model-invocation-job/*`},
  })
  expect(proof.find(({what}) => what === 'Bedrock for a job of another account')?.outcome).toBe('DENY')
})

test('whoever makes batch jobs may do what the commands do that submit, stop and collect them', () => {
  // Prices and asking on demand are not part of making jobs; who one is takes no permission.
  const withoutPolicy = /^(sts:GetCallerIdentity|pricing:.*|bedrock:InvokeModel)$/
  const called = [BatchCollect, BatchRetry, BatchStop].flatMap(({permissions}) => permissions)
  const result = generate({workload: 'batch', data: DATA})
  const ofCaller = result.policies.filter(({attachTo}) => attachTo === 'caller')
  const allowed = ofCaller.flatMap(({document}) =>
    (document['Statement'] as unknown as readonly {Action: readonly string[]}[]).flatMap(({Action}) => Action),
  )

  expect(called.filter((name) => !withoutPolicy.test(name) && !allowed.includes(name))).toEqual([])
})

test('many models are split into policies that all fit', () => {
  const models = CATALOG.models
    .filter(
      ({aliasOf, lifecycle, profiles}) =>
        aliasOf === null && lifecycle.status === 'ACTIVE' && profiles.some(({routes}) => routes['eu-central-1']),
    )
    .map(({id}) => id)
  const {policies, notes} = generate({models, route: 'geo'})

  expect(models.length).toBeGreaterThan(8)
  expect(policies.length).toBeGreaterThan(1)
  expect(policies.every(({characters}) => characters <= 6144)).toBe(true)
  expect(notes.join()).toContain('attach all of them')
})

test('inline policies of a user share 2,048 characters', () => {
  expect(generate({attach: 'user-inline'}).policies[0]).toMatchObject({kind: 'user-inline', limit: 2048})
  expect(() => generate({workload: 'auditor', models: [], attach: 'user-inline'})).toThrow(
    expect.objectContaining({code: 'POLICY_TOO_LARGE'}),
  )
})

test('the actions of admin and monitor exist', () => {
  const missing = [...ADMIN_ACTIONS, ...MONITOR_ACTIONS]
    .filter((name) => name.startsWith('bedrock:'))
    .filter((name) => findAction(FACTS, name) === undefined)

  expect(missing).toEqual([])
})

test('packing keeps every action and resource, and fits the limit', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{4,24}$/), {minLength: 1, maxLength: 60})
  fc.assert(
    fc.property(fc.array(names, {minLength: 1, maxLength: 8}), fc.integer({min: 300, max: 2000}), (groups, limit) => {
      const statements = groups.map((group, index) =>
        allow(
          `S${index}`,
          group.map((name) => `a:${name}`),
          ['*'],
        ),
      )
      const packed = packStatements(statements, limit)
      const actions = packed.flatMap(({Statement}) => (Statement as {Action: string[]}[]).flatMap(({Action}) => Action))

      expect(actions).toEqual(statements.flatMap(({Action}) => Action))
      expect(packed.every((policy) => sizeOf(policy) <= limit)).toBe(true)
    }),
  )
})

test.each(['in-data', 's3://In', 's3://in-data/*', 's3://in-data/$' + '{aws:username}'])(
  '%s names no place in S3',
  (text) => {
    expect(() => parseBucketPlace(text, '--read-from')).toThrow(expect.objectContaining({code: 'BAD_BUCKET'}))
  },
)

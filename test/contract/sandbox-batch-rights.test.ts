import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, novaLines, OTHER, otherAccount, ROLE} from '../support/batch-scenario.js'
import {stage} from '../support/batch-stage.js'

const KEY_ID = '00000000-0000-4000-a000-000000000001'
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`
const CLAUDE = 'us.anthropic.claude-sonnet-4-6'

type Over = Parameters<typeof stage>
type Create = Parameters<Awaited<ReturnType<typeof stage>>['create']>[0]

type Statement = Readonly<Record<string, unknown>>

const document = (...Statement: readonly Statement[]) => ({Version: '2012-10-17', Statement})
const all = {Effect: 'Allow', Action: '*', Resource: '*'}
const trust = document({Effect: 'Allow', Principal: {Service: 'bedrock.amazonaws.com'}, Action: 'sts:AssumeRole'})

/** What becomes of a job; its bucket and its model are open unless something is said. */
async function fateOf(account: Over[1] = {}, region: Over[2] = {}, create: Create = {}, organization?: Over[4]) {
  const roles = [{name: 'BedrockBatch', trust, inline: {all: document(all)}}]
  const others = organization ? [otherAccount] : []
  const at = await stage({}, {roles, ...account}, region, others, organization)
  await at.put('in/0001.jsonl', novaLines(100))
  const jobArn = await at.create(create)
  await at.sandbox.clock.advance(60_000)
  const {message, status} = await at.get(jobArn)
  return [status, message]
}

const keys = (policy: Statement | undefined, state: 'Enabled' | 'Disabled' = 'Enabled') => ({
  keys: [{id: KEY_ID, createdOn: '2025-01-10', state, ...(policy && {policy: document(policy)})}],
})
const outputKey: Create = {
  outputDataConfig: {s3OutputDataConfig: {s3Uri: `s3://${BUCKET}/out/r1/`, s3EncryptionKeyId: KEY}},
}
const byRole = {Effect: 'Allow', Principal: {AWS: ROLE}, Action: 'kms:*', Resource: '*'}
const bySomebody = {...byRole, Principal: {AWS: `arn:aws:iam::${ACCOUNT}:role/Other`}}

describe('the key of a job', () => {
  test.each([
    ['that its role may use', keys(byRole), 'Completed'],
    ['that leaves it to the account', keys(undefined), 'Completed'],
    ['that lets others in alone', keys(bySomebody), 'Failed'],
    ['that is disabled', keys(byRole, 'Disabled'), 'Failed'],
    ['that is not there', {}, 'Failed'],
  ])('%s', async (_, region, status) => {
    const refused = expect.stringContaining('Could not validate PutObject permissions')

    expect(await fateOf({}, region, outputKey)).toEqual([status, status === 'Failed' ? refused : undefined])
  })

  test('that encrypts its input is asked for as well', async () => {
    const encryption = {algorithm: 'aws:kms', kmsKeyArn: KEY} as const
    const buckets = [{name: BUCKET, createdOn: '2025-01-10', encryption}]

    expect(await fateOf({}, {...keys(bySomebody), buckets})).toEqual([
      'Failed',
      expect.stringContaining('Could not validate GetObject permissions'),
    ])
  })
})

describe('over the policies of a role', () => {
  test('its boundary counts', async () => {
    const role = {name: 'BedrockBatch', trust, inline: {all: document(all)}, boundary: 'ReadOnly'}
    const policies = [
      {name: 'ReadOnly', createdOn: '2025-01-10', document: document({...all, Action: ['s3:Get*', 's3:List*']})},
    ]

    expect(await fateOf({roles: [role], iam: {policies}})).toEqual([
      'Failed',
      expect.stringContaining('Could not validate PutObject permissions'),
    ])
  })
})

describe('a control policy of the organisation', () => {
  const under = (type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY', Statement: Statement): Over[4] => ({
    id: 'o-sandboxorg1',
    managementAccount: OTHER,
    policyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
    policies: [{id: 'p-control01', name: 'control', type, document: document(Statement)}],
    root: {id: 'r-root', accounts: [{id: OTHER}, {id: ACCOUNT, policies: ['control']}]},
  })
  const elsewhere = {
    Effect: 'Deny',
    Action: 'bedrock:*',
    Resource: '*',
    Condition: {StringNotEquals: {'aws:RequestedRegion': ['us-east-1']}},
  }
  const noWrite = {Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*'}

  test('that denies a Region of a profile ends a job', async () => {
    const organization = under('SERVICE_CONTROL_POLICY', elsewhere)

    expect(await fateOf({}, {}, {}, organization)).toEqual(['Completed', undefined])
    expect(await fateOf({}, {}, {modelId: 'us.amazon.nova-lite-v1:0'}, organization)).toEqual([
      'Failed',
      "Customer doesn't have permissions to invokeModel",
    ])
  })

  test('on resources closes a bucket', async () => {
    expect(await fateOf({}, {}, {}, under('RESOURCE_CONTROL_POLICY', noWrite))).toEqual([
      'Failed',
      expect.stringContaining('Could not validate PutObject permissions'),
    ])
  })
})

describe('a model of the Marketplace', () => {
  const claude: Create = {modelId: CLAUDE}
  const poor = {name: 'BedrockBatch', trust, inline: {all: document({...all, Action: ['s3:*', 'bedrock:*']})}}

  test('of Anthropic fails without its form', async () => {
    const access = {agreements: 'accepted', useCaseForm: false} as const

    expect(await fateOf({access}, {}, claude)).toEqual(['Failed', expect.stringContaining('use case details')])
  })

  test('without an agreement fails where the role may not make one', async () => {
    const access = {agreements: 'none', useCaseForm: true} as const

    expect(await fateOf({access, roles: [poor]}, {}, claude)).toEqual([
      'Failed',
      expect.stringContaining('aws-marketplace:Subscribe'),
    ])
    expect(await fateOf({access}, {}, claude)).toEqual(['Completed', undefined])
  })
})

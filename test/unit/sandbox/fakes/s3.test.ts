import {describe, expect, test} from 'vitest'
import {isPublicPolicy} from '../../../../src/lib/sandbox/fakes/s3/public-policy.js'
import s3 from '../../../../src/lib/sandbox/fakes/s3.js'
import {anAccount, ask, aWorld} from '../../../support/sandbox-world.js'

const allow = (principal: unknown, condition?: object) => ({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: '*', Condition: condition}],
})

const {context} = aWorld(
  {
    regions: {
      'us-east-1': {buckets: [{name: 'bare', createdOn: '2025-01-10'}]},
      'eu-central-1': {
        buckets: [
          {
            name: 'logs',
            createdOn: '-30d',
            policy: allow('*'),
            encryption: {algorithm: 'aws:kms', kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1'},
            lifecycle: [{id: 'year', expireDays: 365}],
          },
          {name: 'old', createdOn: '2019-01-10', encryption: 'none', publicAccessBlock: 'none', ownership: 'none'},
        ],
      },
      'eu-south-1': {buckets: [{name: 'not-opted-in', createdOn: '2025-01-10'}]},
    },
  },
  [
    anAccount({
      id: '222233334444',
      keys: [{accessKeyId: 'AKIASANDBOX000000002', secretAccessKey: 'sandbox-secret-2', user: 'sandbox'}],
      bearerToken: 'ABSKother',
      regions: {'us-east-1': {buckets: [{name: 'foreign', createdOn: '2025-01-10'}]}},
    }),
  ],
)
const here = context({region: 'eu-central-1'})

test('the list has the buckets of every enabled Region, and pages', async () => {
  const {Buckets = [], ContinuationToken} = await ask(s3, 'ListBuckets', {MaxBuckets: 2}, here)
  const rest = await ask(s3, 'ListBuckets', {MaxBuckets: 2, ContinuationToken}, here)

  expect([...Buckets, ...(rest.Buckets ?? [])].map(({Name, BucketRegion}) => [Name, BucketRegion])).toEqual([
    ['bare', 'us-east-1'],
    ['logs', 'eu-central-1'],
    ['old', 'eu-central-1'],
  ])
  expect(rest.ContinuationToken).toBeUndefined()
})

test('what a bucket was made with is told', async () => {
  const Bucket = 'logs'
  const encryption = await ask(s3, 'GetBucketEncryption', {Bucket}, here)
  const lifecycle = await ask(s3, 'GetBucketLifecycleConfiguration', {Bucket}, here)
  const block = await ask(s3, 'GetPublicAccessBlock', {Bucket}, here)

  expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
    SSEAlgorithm: 'aws:kms',
    KMSMasterKeyID: 'arn:aws:kms:eu-central-1:111122223333:key/1',
  })
  expect(lifecycle.Rules).toMatchObject([{ID: 'year', Status: 'Enabled', Expiration: {Days: 365}}])
  expect(Object.values(block.PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true])
})

test.each([
  ['GetBucketPolicy', 'old', 'NoSuchBucketPolicy'],
  ['GetBucketPolicyStatus', 'old', 'NoSuchBucketPolicy'],
  ['GetPublicAccessBlock', 'old', 'NoSuchPublicAccessBlockConfiguration'],
  ['GetBucketEncryption', 'old', 'ServerSideEncryptionConfigurationNotFoundError'],
  ['GetBucketOwnershipControls', 'old', 'OwnershipControlsNotFoundError'],
  ['GetBucketLifecycleConfiguration', 'old', 'NoSuchLifecycleConfiguration'],
  ['GetBucketTagging', 'old', 'NoSuchTagSet'],
  ['GetBucketAcl', 'nowhere', 'NoSuchBucket'],
] as const)('%s of the bucket %s answers %s', async (operation, Bucket, name) => {
  await expect(ask(s3, operation, {Bucket}, here)).rejects.toMatchObject({name, status: 404})
})

test('a bucket of another account is denied, whatever is asked', async () => {
  await expect(ask(s3, 'HeadBucket', {Bucket: 'foreign'}, context())).rejects.toMatchObject({
    name: 'AccessDenied',
    status: 403,
  })
})

describe('a bucket of another Region', () => {
  test('is redirected, with its Region in a header', async () => {
    await expect(ask(s3, 'GetBucketPolicy', {Bucket: 'logs'}, context({region: 'eu-west-1'}))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      status: 301,
      headers: {'x-amz-bucket-region': 'eu-central-1'},
    })
  })

  test('asked for at its own host is told which Region to sign for', async () => {
    const headers = {host: 'logs.localhost:4599'}

    await expect(ask(s3, 'GetBucketPolicy', {Bucket: 'logs'}, context({headers}))).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      status: 400,
      extra: {Region: 'eu-central-1'},
    })
  })

  test('is located from us-east-1 alone, whose own buckets have no name for it', async () => {
    expect(await ask(s3, 'GetBucketLocation', {Bucket: 'logs'}, context())).toEqual({
      LocationConstraint: 'eu-central-1',
    })
    expect(await ask(s3, 'GetBucketLocation', {Bucket: 'bare'}, context())).toEqual({LocationConstraint: undefined})
    await expect(ask(s3, 'GetBucketLocation', {Bucket: 'bare'}, here)).rejects.toMatchObject({status: 301})
  })
})

test.each([
  [allow('*'), true],
  [allow({AWS: ['arn:aws:iam::111122223333:root', '*']}), true],
  [allow({AWS: 'arn:aws:iam::111122223333:root'}), false],
  [allow({Service: 'bedrock.amazonaws.com'}), false],
  [allow('*', {StringEquals: {'aws:PrincipalOrgID': 'o-sandbox'}}), false],
  [allow('*', {StringNotEquals: {'aws:PrincipalOrgID': 'o-sandbox'}}), true],
  [allow('*', {StringLike: {'aws:PrincipalOrgID': '*'}}), true],
  [allow('*', {Bool: {'aws:SecureTransport': 'true'}}), true],
])('S3 calls the policy %j public: %s', (policy, expected) => {
  expect(isPublicPolicy(policy)).toBe(expected)
})

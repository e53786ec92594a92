import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Scenario} from '../../src/lib/sandbox/world/scenario.schema.js'

export const ACCOUNT = '111122223333'
export const BUCKET = 'test-batch'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/BedrockBatch`
/** Bedrock takes it, but it may do nothing. */
export const POOR_ROLE = `arn:aws:iam::${ACCOUNT}:role/Poor`
/** Not for Bedrock. */
export const FOREIGN_ROLE = `arn:aws:iam::${ACCOUNT}:role/Foreign`

type Account = Scenario['accounts'][number]
type Region = NonNullable<Account['regions']>[string]

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {Service: 'bedrock.amazonaws.com'},
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {'aws:SourceAccount': ACCOUNT},
        ArnEquals: {'aws:SourceArn': `arn:aws:bedrock:us-east-1:${ACCOUNT}:model-invocation-job/*`},
      },
    },
  ],
}

const s3 = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
  Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
  Condition: {StringEquals: {'aws:ResourceAccount': ACCOUNT}},
}
const policy = (...Statement: Record<string, unknown>[]) => ({work: {Version: '2012-10-17', Statement}})
const invoke = {Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*'}

/** May use every bucket there is. */
export const anyBucketRole = {
  name: 'BedrockBatch',
  trust,
  inline: policy({Effect: 'Allow', Action: 's3:*', Resource: '*'}, invoke),
}

export const OTHER = '999988887777'

/** It lets the role of the first account read its bucket `shared`. */
export const otherAccount: Account = {
  id: OTHER,
  name: 'other',
  createdOn: '2024-05-14',
  keys: [{accessKeyId: 'AKIASANDBOX000000002', secretAccessKey: 'secret', user: 'sandbox'}],
  bearerToken: 'ABSKother',
  regions: {
    'us-east-1': {
      buckets: [
        {
          name: 'shared',
          createdOn: '2025-01-10',
          policy: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: {AWS: ROLE},
              Action: ['s3:GetObject', 's3:ListBucket'],
              Resource: ['arn:aws:s3:::shared', 'arn:aws:s3:::shared/*'],
            },
          },
        },
      ],
    },
  },
}

/** An account with a bucket and a role for batch jobs in us-east-1, as a scenario file. Its phases last a second each. */
export async function batchScenario(
  batch: Region['batch'] = {},
  account: Partial<Account> = {},
  region: Region = {},
  others: readonly Account[] = [],
  organization: Scenario['organization'] = undefined,
): Promise<string> {
  const pace = {
    submittedSeconds: 1,
    validatingSeconds: 1,
    scheduledSeconds: 1,
    recordsPerSecond: 100,
    listDelaySeconds: 2,
  }
  const scenario: Scenario = {
    description: 'batch jobs',
    accounts: [
      {
        id: ACCOUNT,
        name: 'batch',
        createdOn: '2024-05-14',
        keys: [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}],
        bearerToken: 'ABSKsandbox',
        access: {agreements: 'accepted', useCaseForm: true},
        roles: [
          {name: 'BedrockBatch', trust, inline: policy(s3, invoke)},
          {name: 'Poor', trust},
          {name: 'NoInvoke', trust, inline: policy(s3)},
          {name: 'Foreign', trusts: [ACCOUNT], inline: policy(s3, invoke)},
        ],
        regions: {
          'us-east-1': {buckets: [{name: BUCKET, createdOn: '2025-01-10'}], batch: {...pace, ...batch}, ...region},
          'eu-central-1': {buckets: [{name: 'elsewhere', createdOn: '2025-01-10'}]},
        },
        ...account,
      },
      ...others,
    ],
    ...(organization && {organization}),
  }
  const file = join(await mkdtemp(join(tmpdir(), 'batch-scenario-')), 'batch.json')
  await writeFile(file, JSON.stringify(scenario))
  return file
}

/** Records of Nova's body, one a line. */
export function novaLines(count: number, body: (index: number) => object = novaBody): string {
  return Array.from(
    {length: count},
    (_, index) => `${JSON.stringify({recordId: `r${index}`, modelInput: body(index)})}\n`,
  ).join('')
}

export function novaBody(index: number): object {
  return {
    messages: [{role: 'user', content: [{text: `Tell of number ${index}`}]}],
    inferenceConfig: {maxTokens: 200},
  }
}

import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Scenario} from '../../src/lib/sandbox/world/scenario.schema.js'

export const ACCOUNT = '111122223333'
export const BUCKET = 'test-tuning'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/BedrockTuning`

type Account = Scenario['accounts'][number]
export type Region = NonNullable<Account['regions']>[string]

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {Service: 'bedrock.amazonaws.com'},
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {'aws:SourceAccount': ACCOUNT},
        ArnLike: {'aws:SourceArn': `arn:aws:bedrock:*:${ACCOUNT}:model-customization-job/*`},
      },
    },
  ],
}

const s3 = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
  Resource: [`arn:aws:s3:::${BUCKET}*`],
}
const grader = {Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*'}
const readOnly = {...s3, Action: ['s3:GetObject', 's3:ListBucket']}
const policy = (...Statement: Record<string, unknown>[]) => ({work: {Version: '2012-10-17', Statement}})

/** Keys of the test account: one that is used, one that cannot be. */
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-4000-a000-000000000001`
export const DISABLED_KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-4000-a000-000000000002`

const keys = [
  {id: '00000000-0000-4000-a000-000000000001', createdOn: '2025-01-10'},
  {id: '00000000-0000-4000-a000-000000000002', createdOn: '2025-01-10', state: 'Disabled' as const},
]

/**
 * An account that tunes models in us-east-1 and us-west-2, as a scenario file. Validation and data processing last a
 * second each, training ten.
 */
export async function tuningScenario(region: Region = {}, account: Partial<Account> = {}): Promise<string> {
  const customization = {
    validationSeconds: 1,
    dataProcessingSeconds: 1,
    queueSeconds: 1,
    trainingSeconds: 10,
    listDelaySeconds: 2,
    ...region.customization,
  }
  const scenario: Scenario = {
    description: 'tuning',
    accounts: [
      {
        id: ACCOUNT,
        name: 'tuning',
        createdOn: '2024-05-14',
        keys: [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}],
        bearerToken: 'ABSKsandbox',
        access: {agreements: 'accepted', useCaseForm: true},
        roles: [
          {name: 'BedrockTuning', trust, inline: policy(s3, grader)},
          {name: 'ReadOnly', trust, inline: policy(readOnly)},
          {name: 'Poor', trust},
          {name: 'Foreign', trusts: [ACCOUNT], inline: policy(s3)},
        ],
        regions: {
          'us-east-1': {buckets: [{name: BUCKET, createdOn: '2025-01-10'}], keys, ...region, customization},
          'us-west-2': {buckets: [{name: `${BUCKET}-west`, createdOn: '2025-01-10'}], ...region, customization},
        },
        ...account,
      },
    ],
  }
  const file = join(await mkdtemp(join(tmpdir(), 'tuning-scenario-')), 'tuning.json')
  await writeFile(file, JSON.stringify(scenario))
  return file
}

/** Lines of a data set in the schema of Converse. */
export function converseLines(count: number, over: (index: number) => object = () => ({})): string {
  return Array.from({length: count}, (_, index) => {
    const line = {
      schemaVersion: 'bedrock-conversation-2024',
      system: [{text: 'You answer in one sentence.'}],
      messages: [
        {role: 'user', content: [{text: `What is number ${index} known for?`}]},
        {role: 'assistant', content: [{text: `Number ${index} comes after ${index - 1}.`}]},
      ],
      ...over(index),
    }
    return `${JSON.stringify(line)}\n`
  }).join('')
}

export function promptLines(count: number): string {
  return Array.from(
    {length: count},
    (_, n) => `${JSON.stringify({prompt: `Number ${n}?`, completion: `It is ${n}.`})}\n`,
  ).join('')
}

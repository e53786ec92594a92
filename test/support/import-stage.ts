import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  BedrockClient,
  CreateModelImportJobCommand,
  type CreateModelImportJobCommandInput,
  GetModelImportJobCommand,
} from '@aws-sdk/client-bedrock'
import {BedrockRuntimeClient} from '@aws-sdk/client-bedrock-runtime'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import type {Scenario} from '../../src/lib/sandbox/world/scenario.schema.js'
import {clientSettings, openSandbox} from './sandbox-clients.js'
import {putModel, type TinyModelOptions} from './tiny-model.js'

export const ACCOUNT = '111122223333'
export const BUCKET = 'test-models'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/BedrockImport`
export const KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-4000-a000-000000000001`
const REGION = 'us-east-1'

type Account = Scenario['accounts'][number]
type Region = NonNullable<Account['regions']>[string]

/** Lets Bedrock take a role for the imports of a Region. */
const trust = (region: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {Service: 'bedrock.amazonaws.com'},
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {'aws:SourceAccount': ACCOUNT},
        ArnEquals: {'aws:SourceArn': `arn:aws:bedrock:${region}:${ACCOUNT}:model-import-job/*`},
      },
    },
  ],
})

const allow = (Action: readonly string[], Resource: readonly string[]) => ({Effect: 'Allow', Action, Resource})
const policy = (...Statement: Record<string, unknown>[]) => ({work: {Version: '2012-10-17', Statement}})
const objects = allow(['s3:GetObject'], [`arn:aws:s3:::${BUCKET}/*`, 'arn:aws:s3:::elsewhere/*'])
const lists = allow(['s3:ListBucket'], [`arn:aws:s3:::${BUCKET}`, 'arn:aws:s3:::elsewhere'])

function scenarioOf(region: Region, account: Partial<Account>): Scenario {
  return {
    description: 'model imports',
    accounts: [
      {
        id: ACCOUNT,
        name: 'imports',
        createdOn: '2024-05-14',
        keys: [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}],
        bearerToken: 'ABSKsandbox',
        roles: [
          {name: 'BedrockImport', trust: trust(REGION), inline: policy(objects, lists)},
          {name: 'NoObjects', trust: trust(REGION), inline: policy(lists)},
          {name: 'NoList', trust: trust(REGION), inline: policy(objects)},
          {name: 'OtherRegion', trust: trust('us-west-2'), inline: policy(objects, lists)},
        ],
        regions: {
          [REGION]: {
            buckets: [{name: BUCKET, createdOn: '2025-01-10'}],
            keys: [
              {id: '00000000-0000-4000-a000-000000000001', aliases: ['alias/models'], createdOn: '2025-01-10'},
              {id: '00000000-0000-4000-a000-000000000002', createdOn: '2025-01-10', state: 'Disabled'},
              {
                id: '00000000-0000-4000-a000-000000000003',
                createdOn: '2025-01-10',
                policy: {Version: '2012-10-17', Statement: {...allow(['kms:*'], ['*']), Principal: {AWS: 'nobody'}}},
              },
            ],
            ...region,
            imports: {configSeconds: 10, copySeconds: 60, listDelaySeconds: 2, ...region.imports},
          },
          'us-west-2': {buckets: [{name: 'elsewhere', createdOn: '2025-01-10'}]},
        },
        ...account,
      },
    ],
  }
}

export interface ImportStage {
  readonly sandbox: Sandbox
  readonly bedrock: BedrockClient
  readonly runtime: BedrockRuntimeClient
  /** Puts a model at `tiny/` of the bucket, unless it says where. */
  put(options?: TinyModelOptions, prefix?: string): Promise<void>
  create(over?: Partial<CreateModelImportJobCommandInput>): Promise<string>
  /** Status and failure. */
  state(job: string): Promise<readonly [string | undefined, string | undefined]>
  /** Seconds of the sandbox's clock. */
  pass(seconds: number): Promise<void>
  /** Puts and imports a model, and returns its ARN. */
  imported(options?: TinyModelOptions): Promise<string>
}

/** A sandbox with a bucket and a role for imports in us-east-1. An import takes 10 seconds, and 60. */
export async function importStage(region: Region = {}, account: Partial<Account> = {}): Promise<ImportStage> {
  const file = join(await mkdtemp(join(tmpdir(), 'import-scenario-')), 'imports.json')
  await writeFile(file, JSON.stringify(scenarioOf(region, account)))
  const sandbox = await openSandbox(file)
  const bedrock = new BedrockClient(clientSettings(sandbox, REGION))
  const {objects: store} = sandbox.world
  const get = (jobIdentifier: string) => bedrock.send(new GetModelImportJobCommand({jobIdentifier}))
  const stage: ImportStage = {
    sandbox,
    bedrock,
    runtime: new BedrockRuntimeClient(clientSettings(sandbox, REGION)),
    put: (options = {}, prefix = 'tiny/') => putModel((key, bytes) => store.put(BUCKET, key, bytes), prefix, options),
    async create(over = {}) {
      const input: CreateModelImportJobCommandInput = {
        jobName: 'import-tiny',
        importedModelName: 'tiny',
        roleArn: ROLE,
        modelDataSource: {s3DataSource: {s3Uri: `s3://${BUCKET}/tiny/`}},
        ...over,
      }
      const {jobArn = ''} = await bedrock.send(new CreateModelImportJobCommand(input))
      return jobArn
    },
    async state(job) {
      const {status, failureMessage} = await get(job)
      return [status, failureMessage]
    },
    pass: (seconds) => sandbox.clock.advance(seconds * 1000),
    async imported(options) {
      await stage.put(options)
      const job = await stage.create()
      await stage.pass(100)
      const {importedModelArn, failureMessage} = await get(job)
      if (importedModelArn === undefined) throw new Error(failureMessage ?? 'the import has not ended')
      return importedModelArn
    },
  }
  return stage
}

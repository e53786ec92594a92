import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {BUCKET, batchScenario, ROLE} from './batch-scenario.js'
import {clientSettings, openSandbox} from './sandbox-clients.js'

export const MODEL = 'amazon.nova-lite-v1:0'
type Batch = Parameters<typeof batchScenario>[0]
type Over = Parameters<typeof batchScenario> extends [unknown?, ...infer Rest] ? Rest : never

export interface Stage {
  readonly sandbox: Sandbox
  readonly bedrock: BedrockClient
  create(over?: Partial<CreateModelInvocationJobCommandInput>): Promise<string>
  get(jobArn: string): Promise<ReturnType<typeof job>>
  put(key: string, text: string): Promise<unknown>
  read(key: string): Promise<string>
}

/** A sandbox of the batch scenario, and the calls that tests of jobs make. */
export async function stage(batch: Batch = {}, ...over: Over): Promise<Stage> {
  const sandbox = await openSandbox(await batchScenario(batch, ...over))
  const bedrock = new BedrockClient(clientSettings(sandbox, 'us-east-1'))
  return {
    sandbox,
    bedrock,
    async create(over = {}) {
      const input: CreateModelInvocationJobCommandInput = {
        jobName: 'group-r1-0001',
        roleArn: ROLE,
        modelId: MODEL,
        inputDataConfig: {s3InputDataConfig: {s3Uri: `s3://${BUCKET}/in/0001.jsonl`}},
        outputDataConfig: {s3OutputDataConfig: {s3Uri: `s3://${BUCKET}/out/r1/`}},
        ...over,
      }
      const {jobArn = ''} = await bedrock.send(new CreateModelInvocationJobCommand(input))
      return jobArn
    },
    async get(jobIdentifier) {
      return job(await bedrock.send(new GetModelInvocationJobCommand({jobIdentifier})))
    },
    put: (key, text) => sandbox.world.objects.put(BUCKET, key, text),
    async read(key) {
      const chunks: Buffer[] = []
      for await (const chunk of sandbox.world.objects.get(BUCKET, key)?.content.read() ?? []) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    },
  }
}

function job(answer: {
  status?: string | undefined
  message?: string | undefined
  totalRecordCount?: number | undefined
  processedRecordCount?: number | undefined
  successRecordCount?: number | undefined
  errorRecordCount?: number | undefined
}) {
  const {status, message, totalRecordCount, processedRecordCount, successRecordCount, errorRecordCount} = answer
  return {status, message, counts: [totalRecordCount, processedRecordCount, successRecordCount, errorRecordCount]}
}

export const idOf = (jobArn: string): string => jobArn.slice(jobArn.lastIndexOf('/') + 1)

/** The lines of an output. */
export async function lines(at: Stage, key: string): Promise<Record<string, unknown>[]> {
  const text = await at.read(key)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

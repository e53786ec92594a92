import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  type ListModelInvocationJobsCommandInput,
  ListTagsForResourceCommand,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {
  ACCOUNT,
  BUCKET,
  batchScenario,
  FOREIGN_ROLE,
  novaBody,
  novaLines,
  POOR_ROLE,
  ROLE,
} from '../support/batch-scenario.js'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'

const MODEL = 'amazon.nova-lite-v1:0'
type Batch = Parameters<typeof batchScenario>[0]

interface Stage {
  readonly sandbox: Sandbox
  readonly bedrock: BedrockClient
  create(over?: Partial<CreateModelInvocationJobCommandInput>): Promise<string>
  get(jobArn: string): Promise<ReturnType<typeof job>>
  put(key: string, text: string): Promise<unknown>
  read(key: string): Promise<string>
}

async function stage(batch: Batch = {}, account: Parameters<typeof batchScenario>[1] = {}): Promise<Stage> {
  const sandbox = await openSandbox(await batchScenario(batch, account))
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

const idOf = (jobArn: string): string => jobArn.slice(jobArn.lastIndexOf('/') + 1)

async function lines(at: Stage, key: string): Promise<Record<string, unknown>[]> {
  const text = await at.read(key)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('a batch job', () => {
  test('goes through its states on the clock and leaves answers and a manifest', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create({tags: [{key: 'team', value: 'a'}]})
    const seen: unknown[] = [(await at.get(jobArn)).status]
    for (const seconds of [1, 1, 1]) {
      await at.sandbox.clock.advance(seconds * 1000)
      seen.push((await at.get(jobArn)).status)
    }
    await at.sandbox.clock.advance(1500)
    const running = await at.get(jobArn)
    await at.sandbox.clock.advance(1500)
    const ended = await at.get(jobArn)

    expect(seen).toEqual(['Submitted', 'Validating', 'Scheduled', 'InProgress'])
    expect(running).toEqual({status: 'InProgress', message: undefined, counts: [300, 150, 150, 0]})
    expect(ended).toEqual({status: 'Completed', message: undefined, counts: [300, 300, 300, 0]})
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    const manifest: unknown = JSON.parse(await at.read(`out/r1/${idOf(jobArn)}/manifest.json.out`))
    const ids = output.map(({recordId}) => recordId)
    expect(new Set(ids).size).toBe(300)
    expect(ids.slice(0, 3)).not.toEqual(['r0', 'r1', 'r2'])
    expect(output.find(({recordId}) => recordId === 'r7')).toMatchObject({
      modelInput: novaBody(7),
      modelOutput: {output: {message: {role: 'assistant'}}, stopReason: 'end_turn'},
    })
    expect(manifest).toMatchObject({
      totalRecordCount: 300,
      processedRecordCount: 300,
      successRecordCount: 300,
      errorRecordCount: 0,
    })
    const {tags} = await at.bedrock.send(new ListTagsForResourceCommand({resourceARN: jobArn}))
    expect(tags).toEqual([{key: 'team', value: 'a'}])
  })

  test('gets its end without anybody asking', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(100))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(60_000)

    await expect.poll(() => at.read(`out/r1/${idOf(jobArn)}/manifest.json.out`)).toContain('"totalRecordCount":100')
  })

  test('takes every JSONL file of a folder and writes one output for each', async () => {
    const at = await stage()
    await at.put('many/a.jsonl', novaLines(60))
    await at.put('many/b.jsonl', novaLines(60, novaBody).replaceAll('"recordId":"r', '"recordId":"s'))
    await at.put('many/notes.txt', 'no records')
    const jobArn = await at.create({inputDataConfig: {s3InputDataConfig: {s3Uri: `s3://${BUCKET}/many/`}}})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).counts).toEqual([120, 120, 120, 0])
    const keys = [...at.sandbox.world.objects.list(BUCKET, 'out/')].map(({key}) => key.split('/').at(-1))
    expect(keys).toEqual(['a.jsonl.out', 'b.jsonl.out', 'manifest.json.out'])
  })

  test('answers Converse records in the shape of Converse and refuses tools', async () => {
    const at = await stage()
    const converse = (index: number) => ({
      messages: [{role: 'user', content: [{text: `Say ${index}`}]}],
      ...(index === 3 && {toolConfig: {tools: []}}),
    })
    await at.put('in/0001.jsonl', novaLines(100, converse))
    const jobArn = await at.create({modelId: 'us.anthropic.claude-sonnet-4-6', modelInvocationType: 'Converse'})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).counts).toEqual([100, 100, 99, 1])
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(output.find(({recordId}) => recordId === 'r3')?.['error']).toEqual({
      errorCode: 400,
      errorMessage: 'Tool use is not supported for batch inference Converse requests.',
      expired: false,
      retryable: false,
    })
    expect(output.find(({recordId}) => recordId === 'r4')).toMatchObject({
      modelOutput: {output: {message: {role: 'assistant'}}, usage: {inputTokens: expect.any(Number)}},
    })
  })

  test('writes an error for a body that the model refuses, and gives a record without an id one', async () => {
    const at = await stage()
    const body = (index: number) => ({
      anthropic_version: 'bedrock-2023-05-31',
      ...(index !== 1 && {max_tokens: 5}),
      messages: [{role: 'user', content: `Number ${index}`}],
      ...(index === 2 && {modelId: 'x'}),
    })
    const text = novaLines(100, body).replace('"recordId":"r9",', '')
    await at.put('in/0001.jsonl', text)
    const jobArn = await at.create({modelId: 'us.anthropic.claude-sonnet-4-6'})
    await at.sandbox.clock.advance(60_000)

    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    const errors = output.filter(({error}) => error !== undefined).map(({error}) => error)
    expect(errors).toContainEqual(expect.objectContaining({errorMessage: 'max_tokens: Field required'}))
    expect(errors).toContainEqual(expect.objectContaining({errorMessage: 'modelId: Extra inputs are not permitted'}))
    expect(output.find(({recordId}) => recordId === 'r0')).toMatchObject({
      modelOutput: {type: 'message', stop_reason: 'max_tokens', usage: {output_tokens: 5}},
    })
    const given = output.filter(({recordId}) => /^[0-9A-F]{11}$/.test(String(recordId)))
    expect(given.map(({modelInput}) => modelInput)).toEqual([body(9)])
  })

  test('echoes a record byte for byte', async () => {
    const at = await stage()
    const odd = '{ "recordId":"odd" , "modelInput":{"inputText":"\\u00e4 1e2","dimensions":256.0}}'
    await at.put('in/0001.jsonl', `${novaLines(100, () => ({inputText: 'a'}))}${odd}\n`)
    const jobArn = await at.create({modelId: 'amazon.titan-embed-text-v2:0'})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).status).toBe('Completed')
    const text = await at.read(`out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(text).toContain(odd.slice(0, -1))
  })
})

describe('a job fails while it is validated', () => {
  const cases: readonly [string, string, string][] = [
    ['with too few records', novaLines(2), 'contains less records (2) than the required minimum of: 100'],
    ['with a line that is no JSON', `${novaLines(100)}{"recordId":\n`, 'malformed record in 0001.jsonl at line 101'],
    ['with a blank line', `\n${novaLines(100)}`, 'at line 1: it is not a JSON object'],
    ['with a modelInput that is no object', `${novaLines(99)}{"recordId":"x","modelInput":[]}\n`, 'modelInput'],
    ['with an id that is there twice', `${novaLines(100)}${novaLines(1)}`, 'recordId r0 is there twice'],
    ['with a byte order mark', `\uFEFF${novaLines(100)}`, 'at line 1'],
  ]
  test.each(cases)('%s', async (_, text, message) => {
    const at = await stage()
    await at.put('in/0001.jsonl', text)
    const jobArn = await at.create()
    await at.sandbox.clock.advance(2000)
    const failed = await at.get(jobArn)

    expect(failed).toMatchObject({status: 'Failed', counts: [0, 0, 0, 0]})
    expect(failed.message).toContain(message)
    expect([...at.sandbox.world.objects.list(BUCKET, 'out/')]).toEqual([])
  })

  test.each([
    [100_001, {}, 'more records than the allowed maximum of: 100000'],
    [151, {'L-916C9264': 150}, 'contains more records than the allowed maximum of: 150'],
    [151, {'L-39FA8DCA': 200}, 'contains less records (151) than the required minimum of: 200'],
    [1100, {'L-F60B56CC': 0.0001}, 'an input file 0001.jsonl that is larger'],
  ])('with %i records and applied quotas %j', async (count, quotas, message) => {
    const at = await stage({}, {quotas})
    await at.put('in/0001.jsonl', novaLines(count))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(2000)

    expect((await at.get(jobArn)).message).toContain(message)
  })

  test('when its role may not read, when the bucket is elsewhere, when there is no file', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(100))
    const elsewhere = {s3InputDataConfig: {s3Uri: 's3://elsewhere/in/0001.jsonl'}}
    const missing = {s3InputDataConfig: {s3Uri: `s3://${BUCKET}/nothing/here.jsonl`}}
    const arns = [
      await at.create({jobName: 'poor', roleArn: POOR_ROLE}),
      await at.create({jobName: 'elsewhere', inputDataConfig: elsewhere}),
      await at.create({jobName: 'missing', inputDataConfig: missing}),
    ]
    await at.sandbox.clock.advance(2000)

    const messages = await Promise.all(arns.map(async (arn) => (await at.get(arn)).message))
    expect(messages).toEqual([
      `Could not validate ListBucket permissions for S3URI s3://${BUCKET}/in/0001.jsonl`,
      'Could not validate ListBucket permissions for S3URI s3://elsewhere/in/0001.jsonl',
      `No JSONL files were found at s3://${BUCKET}/nothing/here.jsonl`,
    ])
  })
})

test('a role that may not invoke a profile makes the job fail at its end', async () => {
  const at = await stage()
  await at.put('in/0001.jsonl', novaLines(100))
  const jobArn = await at.create({
    modelId: 'us.amazon.nova-lite-v1:0',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/NoInvoke`,
  })
  await at.sandbox.clock.advance(60_000)

  expect(await at.get(jobArn)).toMatchObject({
    status: 'Failed',
    message: "Customer doesn't have permissions to invokeModel",
  })
})

describe('a job is refused at once', () => {
  const refusals: readonly [string, Partial<CreateModelInvocationJobCommandInput>, string, RegExp][] = [
    ['of an unknown model', {modelId: 'amazon.none-v1:0'}, 'ValidationException', /model identifier is invalid/],
    [
      'of a model that does batch by profile alone',
      {modelId: 'anthropic.claude-sonnet-4-6'},
      'ValidationException',
      /Retry your request with the ID or ARN of an inference profile/,
    ],
    [
      'of a model that does no batch here',
      {modelId: 'amazon.titan-embed-text-v1'},
      'ValidationException',
      /Batch inference is not supported for model amazon.titan-embed-text-v1 in region us-east-1/,
    ],
    ['with a role that is not there', {roleArn: `${ROLE}X`}, 'ValidationException', /role/],
    ['with a role that does not trust Bedrock', {roleArn: FOREIGN_ROLE}, 'ValidationException', /trust policy/],
    [
      'with a subnet that is not there',
      {vpcConfig: {subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123456789abcdef0']}},
      'ValidationException',
      /subnet-0123456789abcdef0/,
    ],
    ['with too short a timeout', {timeoutDurationInHours: 1}, 'ValidationException', /timeoutDurationInHours/],
    ['with a reserved tag', {tags: [{key: 'aws:x', value: '1'}]}, 'ValidationException', /reserved/],
  ]
  test.each(refusals)('%s', async (_, over, name, message) => {
    const at = await stage()

    await expect(at.create(over)).rejects.toMatchObject({name, message: expect.stringMatching(message)})
  })

  test('under a name that is taken', async () => {
    const at = await stage()
    await at.create()

    await expect(at.create()).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'The provided job name is currently in use.',
    })
  })

  test('by a caller that may not pass the role on', async () => {
    const at = await stage({}, {deny: [{action: 'iam:PassRole'}]})

    await expect(at.create()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${ROLE}`),
    })
  })

  test('beyond the quota of open jobs, until one has ended', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(100))
    for (let index = 0; index < 100; index++) await at.create({jobName: `job-${index}`})

    await expect(at.create({jobName: 'one-more'})).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
    await at.sandbox.clock.advance(60_000)
    expect(await at.create({jobName: 'one-more'})).toContain('model-invocation-job/')
  })
})

test('the same token makes one job, and is refused for another', async () => {
  const at = await stage()
  const clientRequestToken = 'abc123'
  const [first, second] = await Promise.all([at.create({clientRequestToken}), at.create({clientRequestToken})])

  expect(first).toBe(second)
  await expect(at.create({clientRequestToken, timeoutDurationInHours: 48})).rejects.toMatchObject({
    name: 'ConflictException',
  })
  await at.sandbox.clock.advance(2000)
  const {invocationJobSummaries} = await at.bedrock.send(new ListModelInvocationJobsCommand({}))
  expect(invocationJobSummaries).toHaveLength(1)
})

test('a new job is found at once and listed after a while', async () => {
  const at = await stage()
  const list = async () => {
    const {invocationJobSummaries = []} = await at.bedrock.send(new ListModelInvocationJobsCommand({}))
    return invocationJobSummaries.map(({jobName}) => jobName)
  }
  const jobArn = await at.create()

  expect((await at.get(jobArn)).status).toBe('Submitted')
  expect(await list()).toEqual([])
  await at.sandbox.clock.advance(2000)
  expect(await list()).toEqual(['group-r1-0001'])
})

test('jobs are listed by state and name, in pages and in either order', async () => {
  const at = await stage({outcomes: [{jobs: '*-2', status: 'Failed', message: 'as asked'}]})
  await at.put('in/0001.jsonl', novaLines(100))
  for (const index of [1, 2, 3]) {
    await at.create({jobName: `job-${index}`})
    await at.sandbox.clock.advance(1000)
  }
  await at.sandbox.clock.advance(60_000)
  const list = async (input: ListModelInvocationJobsCommandInput) => {
    const answer = await at.bedrock.send(new ListModelInvocationJobsCommand(input))
    return [answer.invocationJobSummaries?.map(({jobName}) => jobName), answer.nextToken] as const
  }

  const [newest, nextToken] = await list({maxResults: 2})
  expect(newest).toEqual(['job-3', 'job-2'])
  expect((await list({maxResults: 2, nextToken}))[0]).toEqual(['job-1'])
  expect((await list({sortBy: 'CreationTime', sortOrder: 'Ascending'}))[0]).toEqual(['job-1', 'job-2', 'job-3'])
  expect((await list({statusEquals: 'Failed'}))[0]).toEqual(['job-2'])
  expect((await list({nameContains: 'job-1'}))[0]).toEqual(['job-1'])
})

describe('a job that is stopped', () => {
  test('keeps what it had processed, and cannot be stopped twice', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(4200)
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    const stopping = await at.get(jobArn)
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    await at.sandbox.clock.advance(5000)
    const stopped = await at.get(jobArn)

    expect(stopping).toEqual({status: 'Stopping', message: undefined, counts: [300, 120, 120, 0]})
    expect(stopped).toEqual({status: 'Stopped', message: undefined, counts: [300, 120, 120, 0]})
    expect(await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)).toHaveLength(120)
    await expect(at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))).rejects.toMatchObject({
      name: 'ConflictException',
    })
  })

  test('before it began leaves nothing', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create()
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    await at.sandbox.clock.advance(60_000)

    expect(await at.get(jobArn)).toEqual({status: 'Stopped', message: undefined, counts: [0, 0, 0, 0]})
    expect([...at.sandbox.world.objects.list(BUCKET, 'out/')]).toEqual([])
  })

  test('and every other is found by its ARN alone', async () => {
    const at = await stage()
    const jobArn = await at.create()

    await expect(at.get(idOf(jobArn))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided ARN is invalid.',
    })
    const other = `${jobArn.slice(0, -1)}${jobArn.endsWith('a') ? 'b' : 'a'}`
    await expect(at.get(other)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })
})

describe('a scenario', () => {
  test('lets a share of the records fail, and succeed when they are sent again', async () => {
    const errors = [{share: 0.1, attempts: 1, code: 429, message: 'Too many requests'}]
    const at = await stage({recordErrors: errors})
    await at.put('in/0001.jsonl', novaLines(1000))
    const first = await at.create({jobName: 'first'})
    await at.sandbox.clock.advance(60_000)
    const [total, , , failed = 0] = (await at.get(first)).counts
    const second = await at.create({jobName: 'second'})
    await at.sandbox.clock.advance(60_000)

    expect(total).toBe(1000)
    expect(failed).toBeGreaterThan(70)
    expect(failed).toBeLessThan(130)
    const output = await lines(at, `out/r1/${idOf(first)}/0001.jsonl.out`)
    expect(output.filter(({error}) => error !== undefined)).toHaveLength(failed)
    expect((await at.get(second)).counts).toEqual([1000, 1000, 1000, 0])
  })

  test('lets a job expire after a share of its records, in order of the input', async () => {
    const at = await stage({outcomes: [{jobs: '*-0001', status: 'Expired', afterShare: 0.4}]})
    await at.put('in/0001.jsonl', novaLines(200))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(60_000)

    expect(await at.get(jobArn)).toEqual({status: 'Expired', message: undefined, counts: [200, 80, 80, 0]})
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(new Set(output.map(({recordId}) => recordId))).toEqual(new Set(Array.from({length: 80}, (_, i) => `r${i}`)))
  })

  test('makes a job too slow for its time: done in part, or expired before it begins', async () => {
    const day = 24 * 3600
    const slow = await stage({recordsPerSecond: 100 / day})
    await slow.put('in/0001.jsonl', novaLines(200))
    const partial = await slow.create()
    await slow.sandbox.clock.advance(day * 1000)
    const late = await stage({scheduledSeconds: day})
    await late.put('in/0001.jsonl', novaLines(200))
    const expired = await late.create()
    await late.sandbox.clock.advance(day * 1000)

    expect(await slow.get(partial)).toMatchObject({status: 'PartiallyCompleted', counts: [200, 99, 99, 0]})
    expect(await late.get(expired)).toMatchObject({status: 'Expired', counts: [200, 0, 0, 0]})
  })
})

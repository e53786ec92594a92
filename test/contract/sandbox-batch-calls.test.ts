import {
  type CreateModelInvocationJobCommandInput,
  ListModelInvocationJobsCommand,
  type ListModelInvocationJobsCommandInput,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, FOREIGN_ROLE, novaLines, ROLE} from '../support/batch-scenario.js'
import {MODEL, stage} from '../support/batch-stage.js'

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

test.each(['Ascending', 'Descending'] as const)(
  'jobs that come or change between pages hide no other: %s',
  async (sortOrder) => {
    const at = await stage({recordsPerSecond: 1})
    await at.put('in/0001.jsonl', novaLines(100))
    for (let index = 0; index < 6; index++) await at.create({jobName: `job-${index}`})
    await at.sandbox.clock.advance(4000)
    const seen: (string | undefined)[] = []
    let nextToken: string | undefined
    do {
      const input = {maxResults: 2, statusEquals: 'InProgress', sortOrder, nextToken} as const
      const page = await at.bedrock.send(new ListModelInvocationJobsCommand(input))
      const jobs = page.invocationJobSummaries ?? []
      nextToken = page.nextToken
      seen.push(...jobs.map(({jobName}) => jobName))
      for (const {jobArn} of jobs) await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
      await at.create({jobName: `newer-${seen.length}`})
      await at.sandbox.clock.advance(2500)
    } while (nextToken !== undefined && seen.length < 20)

    const first = seen.filter((name) => name?.startsWith('job-'))
    expect(first.toSorted()).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4', 'job-5'])
  },
)

describe('a job may name', () => {
  test.each([
    ['the ARN of a model', `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`],
    ['the ARN of a profile', `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0`],
    ['a profile of the account', `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/a1b2c3d4e5f6`],
  ])('%s', async (_, modelId) => {
    const copy = {copyFrom: 'us.amazon.nova-lite-v1:0', createdOn: '2026-01-01'}
    const at = await stage({}, {}, {applicationProfiles: [{id: 'a1b2c3d4e5f6', name: 'own', ...copy}]})
    await at.put('in/0001.jsonl', novaLines(100))
    const jobArn = await at.create({modelId})
    await at.sandbox.clock.advance(60_000)

    expect(await at.get(jobArn)).toMatchObject({status: 'Completed', counts: [100, 100, 100, 0]})
  })
})

test('jobs that the scenario declares are listed with those made here, and can be stopped', async () => {
  const declared = {
    id: 'decl4redj0b1',
    name: 'declared',
    roleArn: ROLE,
    createdOn: '-1d',
    model: MODEL,
    status: 'InProgress' as const,
    inputUri: `s3://${BUCKET}/in/`,
    outputUri: `s3://${BUCKET}/out/`,
  }
  const at = await stage({}, {}, {batchJobs: [declared]})
  await at.create()
  await at.sandbox.clock.advance(2000)
  const {invocationJobSummaries: jobs = []} = await at.bedrock.send(new ListModelInvocationJobsCommand({}))
  const jobIdentifier = `arn:aws:bedrock:us-east-1:${ACCOUNT}:model-invocation-job/${declared.id}`
  await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier}))

  expect(jobs.map(({jobName}) => jobName)).toEqual(['group-r1-0001', 'declared'])
  expect((await at.get(jobIdentifier)).status).toBe('Stopping')
  await at.sandbox.clock.advance(2000)
  expect((await at.get(jobIdentifier)).status).toBe('Stopped')
})

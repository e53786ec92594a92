import {expect, test} from 'vitest'
import logs from '../../../../src/lib/sandbox/fakes/logs.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      logGroups: [
        {
          name: '/bedrock/invocations',
          createdOn: '2026-11-11',
          retentionDays: 90,
          kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
          metricFilters: [{name: 'errors', pattern: 'ERROR', namespace: 'Own', metric: 'Errors'}],
          tags: {team: 'platform'},
        },
        {name: '/aws/lambda/other', createdOn: '-10d', class: 'INFREQUENT_ACCESS'},
      ],
      logPolicies: [{name: 'dns', policy: {Version: '2012-10-17', Statement: []}}],
    },
  },
})
const here = context()
const GROUP = 'arn:aws:logs:us-east-1:111122223333:log-group:/bedrock/invocations'

async function named(input: Parameters<NonNullable<typeof logs.DescribeLogGroups>>[0]) {
  const {logGroups = []} = await ask(logs, 'DescribeLogGroups', input, here)
  return logGroups.map(({logGroupName}) => logGroupName)
}

test('a group tells retention and key, and leaves out what it has not', async () => {
  const {logGroups = []} = await ask(logs, 'DescribeLogGroups', {}, here)

  expect(logGroups[1]).toMatchObject({
    logGroupArn: GROUP,
    arn: `${GROUP}:*`,
    retentionInDays: 90,
    kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
    creationTime: Date.parse('2026-11-11'),
    metricFilterCount: 1,
  })
  expect(logGroups[0]).not.toHaveProperty('retentionInDays')
  expect(logGroups[0]).not.toHaveProperty('kmsKeyId')
})

test.each([
  [{logGroupNamePrefix: '/bed'}, ['/bedrock/invocations']],
  [{logGroupNamePattern: 'LAMBDA'}, ['/aws/lambda/other']],
  [{logGroupClass: 'STANDARD'}, ['/bedrock/invocations']],
  [{logGroupIdentifiers: [GROUP]}, ['/bedrock/invocations']],
  [{limit: 1}, ['/aws/lambda/other']],
] as const)('the filter %j keeps %j', async (input, expected) => {
  expect(await named(input as Parameters<typeof named>[0])).toEqual(expected)
})

test('a prefix and a pattern together are refused', async () => {
  await expect(named({logGroupNamePrefix: 'a', logGroupNamePattern: 'b'})).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

test('policies, filters and tags are read; a group that is not there is an error', async () => {
  const {resourcePolicies} = await ask(logs, 'DescribeResourcePolicies', {}, here)
  const {metricFilters} = await ask(logs, 'DescribeMetricFilters', {metricName: 'Errors'}, here)
  const {tags} = await ask(logs, 'ListTagsForResource', {resourceArn: GROUP}, here)

  expect(resourcePolicies).toMatchObject([
    {policyName: 'dns', policyDocument: '{"Version":"2012-10-17","Statement":[]}'},
  ])
  expect(metricFilters).toMatchObject([{filterName: 'errors', logGroupName: '/bedrock/invocations'}])
  expect(tags).toEqual({team: 'platform'})
  await expect(ask(logs, 'DescribeMetricFilters', {logGroupName: '/none'}, here)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('a group without data protection answers without a document', async () => {
  const policy = await ask(logs, 'GetDataProtectionPolicy', {logGroupIdentifier: GROUP}, here)

  expect(policy).toEqual({logGroupIdentifier: GROUP})
})

import {expect, test} from 'vitest'
import {findTarget} from '../../../../src/lib/batch/follow/find-target.js'
import {arnOf, jobOf} from '../../../support/batch-case.js'
import {fakeBatchJobs} from '../../../support/fake-batch-jobs.js'

const REGIONS = ['us-east-1', 'eu-west-1']
const elsewhere = {...jobOf(1), name: 'nightly-run', id: 'abcdef123456', arn: arnOf(7), region: 'eu-west-1'}

function find(text: string, jobs = [jobOf(1), jobOf(2), elsewhere], local?: string) {
  const source = fakeBatchJobs(jobs)
  const found = findTarget(text, {regions: REGIONS, regionOfGroup: async () => local, source}, undefined)
  return {found, source}
}

test('a group of this machine is found without a call', async () => {
  const {found, source} = find('pile', undefined, 'us-west-2')

  expect(await found).toEqual({kind: 'group', name: 'pile', region: 'us-west-2', local: true})
  expect(source.calls).toEqual([])
})

test('a group of another machine is found by the names of its jobs', async () => {
  expect(await find('pile').found).toEqual({kind: 'group', name: 'pile', region: 'us-east-1', local: false})
})

test('a job is found by its ARN without a call, by its name, and by its id', async () => {
  const job = {kind: 'job', arn: arnOf(7), region: 'eu-west-1'}

  expect(await find(arnOf(3)).found).toEqual({kind: 'job', arn: arnOf(3), region: 'us-east-1'})
  expect(await find('nightly-run').found).toEqual(job)
  expect(await find('abcdef123456').found).toEqual(job)
})

test('groups of one name in two Regions are told apart by --region', async () => {
  const {found} = find('pile', [jobOf(1), {...jobOf(2), region: 'eu-west-1'}])

  await expect(found).rejects.toMatchObject({code: 'GROUP_IN_SEVERAL_REGIONS', hint: 'Name one: --region us-east-1'})
})

test.each([
  ['no-such-thing', 'BATCH_UNKNOWN'],
  ['zzzzzzzzzzzz', 'BATCH_UNKNOWN'],
  ['arn:aws:s3:::bucket', 'JOB_ARN_INVALID'],
  ['arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/xyz', 'JOB_ARN_INVALID'],
  ['arn:aws:bedrock:us-east-1:1111:model-invocation-job/abcdefghijkl', 'JOB_ARN_INVALID'],
])('%s is refused', async (text, code) => {
  await expect(find(text).found).rejects.toMatchObject({code})
})

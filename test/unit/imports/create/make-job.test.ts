import {expect, test} from 'vitest'
import {BedrockctlError, usageError} from '../../../../src/lib/core/errors.js'
import {makeJob} from '../../../../src/lib/imports/create/make-job.js'
import {movingClock} from '../../../support/moving-clock.js'

const ARN = 'arn:aws:bedrock:us-east-1:111122223333:model-import-job/abcdefghijkl'
const NO_ROLE = usageError('VALIDATION', 'It did not accept the request: The provided role ARN is invalid')
const BUSY = new BedrockctlError('QUOTA_EXCEEDED', 'or request a quota increase for Concurrent model import jobs', {
  fault: 'service',
})
const DOWN = new BedrockctlError('UNREACHABLE', 'nobody answers', {fault: 'service'})

/** Fails in turn as it is told, then makes the job. */
function asked(failures: readonly Error[], isRoleJudged = true) {
  const clock = movingClock()
  const left = [...failures]
  const made = makeJob(
    async () => {
      const failure = left.shift()
      if (failure) throw failure
      return ARN
    },
    {
      clock,
      signal: undefined,
      region: 'us-east-1',
      roleArn: 'arn:aws:iam::111122223333:role/service/New',
      isRoleJudged,
      onRoleWait: () => undefined,
    },
  )
  return {made, clock}
}

test('a role that was judged well and is not known yet is waited for', async () => {
  const {clock, made} = asked([NO_ROLE, NO_ROLE, DOWN])

  expect(await made).toBe(ARN)
  expect(clock.waits.length).toBe(3)
})

test('a role that is never known is told with where to look, after half a minute', async () => {
  const {clock, made} = asked(Array.from({length: 9}, () => NO_ROLE))

  await expect(made).rejects.toMatchObject({
    code: 'VALIDATION',
    fault: 'usage',
    message: expect.stringContaining('role/service/New'),
    why: expect.stringContaining('role ARN is invalid'),
    actions: ['aws iam get-role --role-name New'],
  })
  const waited = clock.waits.reduce((sum, ms) => sum + ms, 0)
  expect(waited).toBeGreaterThan(20_000)
  expect(waited).toBeLessThan(60_000)
})

test('a role that nobody looked at is not waited for', async () => {
  const {clock, made} = asked([NO_ROLE], false)

  await expect(made).rejects.toMatchObject({hint: expect.stringContaining('trust bedrock.amazonaws.com')})
  expect(clock.waits).toEqual([])
})

test('another import that runs is told as such, not as a quota to be raised', async () => {
  const {made} = asked([BUSY])

  await expect(made).rejects.toMatchObject({
    code: 'QUOTA_EXCEEDED',
    message: expect.stringContaining('Another import runs'),
    actions: ['bedrockctl imports list --state InProgress --region us-east-1'],
  })
})

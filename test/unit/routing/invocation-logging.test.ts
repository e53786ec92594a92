import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {readInvocationLogging} from '../../../src/lib/routing/invocation-logging.js'
import type {InvocationLogging} from '../../../src/lib/routing/ports.js'

const now = () => new Date('2026-11-21T09:14:00Z')
const ACTION = 'bedrock:GetModelInvocationLoggingConfiguration'

function read(answer: () => Promise<InvocationLogging | null>) {
  const session = {invocationLogging: async () => ({readInvocationLogging: answer})}
  return readInvocationLogging(session, 'eu-central-1', now, undefined)
}

test('where it is configured, what is delivered and where to', async () => {
  const {state, unread} = await read(async () => ({
    s3: {bucket: 'logs', prefix: 'bedrock'},
    cloudWatch: {logGroup: '/bedrock', largeDataBucket: 'large'},
    delivers: ['text', 'image'],
  }))

  expect(unread).toEqual([])
  expect(state).toEqual({
    answer: 'yes',
    destinations: ['s3://logs/bedrock', 'log group /bedrock', 's3://large (large bodies)'],
    delivers: ['text', 'image'],
    source: ACTION,
    asOf: '2026-11-21T09:14:00.000Z',
  })
})

test('off is a no', async () => {
  expect((await read(async () => null)).state).toMatchObject({answer: 'no', destinations: []})
})

test('a denied read leaves it unknown and is told', async () => {
  const denied = new BedrockctlError('ACCESS_DENIED', 'You may not.', {fault: 'access', hint: 'Ask.', action: ACTION})

  const {state, unread} = await read(() => Promise.reject(denied))

  expect(state).toMatchObject({answer: 'unknown', source: 'You may not.'})
  expect(unread).toEqual([
    {region: 'eu-central-1', action: ACTION, code: 'ACCESS_DENIED', reason: 'You may not.', hint: 'Ask.'},
  ])
})

test('an interruption is not an answer', async () => {
  const interrupted = new BedrockctlError('INTERRUPTED', 'interrupted', {fault: 'interrupted'})

  await expect(read(() => Promise.reject(interrupted))).rejects.toBe(interrupted)
})

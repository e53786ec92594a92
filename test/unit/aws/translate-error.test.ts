import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {translateError} from '../../../src/lib/aws/translate-error.js'
import {BedrockctlError} from '../../../src/lib/core/errors.js'

interface ErrorCase {
  readonly case: string
  readonly region?: string
  readonly error: {
    readonly name: string
    readonly message: string
    readonly status?: number
    readonly attempts?: number
    readonly headers?: Readonly<Record<string, string>>
  }
  readonly code: string
  readonly fault: string
  readonly exitCode: number
  /** Contained in what is said. */
  readonly message?: string
  readonly why?: string
  readonly hint?: string
  readonly action?: string
}

const CASES = JSON.parse(readFileSync('test/cases/aws-errors.json', 'utf8')) as readonly ErrorCase[]
const NOW = new Date('2026-11-20T09:10:00Z')
const CALL = {action: 'bedrock:ListFoundationModels', region: 'eu-central-1'}

function sdkError({name, message, status, attempts, headers, ...rest}: ErrorCase['error']): Error {
  const base = name === 'SyntaxError' ? new SyntaxError(message) : new Error(message)
  const $metadata = {httpStatusCode: status, attempts, requestId: 'req-1'}
  return Object.assign(base, {name, $metadata, $response: {headers: headers ?? {}}}, rest)
}

test.each(CASES)('$case is $code', (wanted) => {
  const region = wanted.region ?? CALL.region

  const failure = translateError(sdkError(wanted.error), {...CALL, region}, NOW)

  expect(failure).toMatchObject({
    code: wanted.code,
    fault: wanted.fault,
    exitCode: wanted.exitCode,
    action: CALL.action,
  })
  expect(failure.message).toContain(wanted.message ?? '')
  expect(failure.why ?? '').toContain(wanted.why ?? '')
  expect(failure.hint ?? '').toContain(wanted.hint ?? '')
  expect(failure.actions.join('\n')).toContain(wanted.action ?? '')
})

test('every failure but an interruption and a wrong request names a next step', () => {
  const without = CASES.filter(({region = CALL.region, error}) => {
    const {hint, actions} = translateError(sdkError(error), {...CALL, region}, NOW)
    return hint === undefined && actions.length === 0
  })

  expect([...new Set(without.map(({code}) => code))].sort()).toEqual([
    'CONFLICT',
    'INTERRUPTED',
    'NOT_FOUND',
    'NOT_IMPLEMENTED',
    'VALIDATION',
  ])
})

test('the request id is kept and the message is safe for a terminal', () => {
  const failure = translateError(
    sdkError({name: 'ValidationException', message: 'a\u001B[31mb\u0007', status: 400}),
    CALL,
    NOW,
  )

  expect(failure.requestId).toBe('req-1')
  expect(failure.message).toMatch(/ab$/)
})

test('a message without end is cut', () => {
  const failure = translateError(
    sdkError({name: 'ValidationException', message: 'x'.repeat(100_000), status: 400}),
    CALL,
    NOW,
  )

  expect(failure.message.length).toBeLessThan(1000)
})

test('our own errors pass unchanged', () => {
  const ours = new BedrockctlError('X', 'y', {fault: 'usage'})

  expect(translateError(ours, CALL, NOW)).toBe(ours)
})

test('what is thrown without being an error is still reported', () => {
  expect(translateError('boom', CALL, NOW)).toMatchObject({code: 'SERVICE_ERROR', fault: 'service'})
})

test('expired credentials of a profile name its login command, as a shell takes it', () => {
  const expired = {name: 'ExpiredToken', message: 'expired', status: 403}

  expect(translateError(sdkError(expired), {...CALL, profile: "it's mine"}, NOW).actions).toEqual([
    "aws sso login --profile 'it'\\''s mine'",
  ])
})

test('the response goes, because it holds the signature or token of the request', () => {
  const failure = translateError(sdkError({name: 'ValidationException', message: 'x', status: 400}), CALL, NOW)

  expect(failure.cause).not.toHaveProperty('$response')
})

import {expect, test} from 'vitest'
import {classifyError, readRecordError} from '../../../../src/lib/batch/collect/error-class.js'

test.each([
  [429, 'Too many requests', 'throttled'],
  ['429', null, 'throttled'],
  [503, 'Service unavailable', 'throttled'],
  ['ThrottlingException', null, 'throttled'],
  [400, 'Too many tokens, please wait before trying again.', 'throttled'],
  [408, null, 'timeout'],
  [504, 'Gateway', 'timeout'],
  ['ModelTimeoutException', 'The model did not answer.', 'timeout'],
  [400, 'The request timed out.', 'timeout'],
  [400, 'max_tokens: Field required', 'validation'],
  [422, 'Unprocessable', 'validation'],
  ['ValidationException', 'timeout must be a number', 'validation'],
  [400, 'Blocked by a guardrail.', 'content-filter'],
  [400, 'The content was filtered.', 'content-filter'],
  [424, null, 'model-error'],
  [500, 'Internal server error', 'model-error'],
  ['ModelErrorException', null, 'model-error'],
  [403, 'Access denied', 'other'],
  [null, null, 'other'],
  ['Riddle', 'no words for it', 'other'],
] as const)('%s %s is %s', (code, message, expected) => {
  const found = classifyError({code, message})

  expect(found).toBe(expected)
})

test('an error of the documented shape is read, any other has neither code nor message', () => {
  const read = ['{"errorCode":400,"errorMessage":"bad request"}', '{"errorCode":{}}', '"oops"', 'null'].map(
    readRecordError,
  )

  expect(read).toEqual([
    {code: 400, message: 'bad request'},
    {code: null, message: null},
    {code: null, message: null},
    {code: null, message: null},
  ])
})

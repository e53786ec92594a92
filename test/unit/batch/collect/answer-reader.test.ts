import {expect, test} from 'vitest'
import {AnswerReader} from '../../../../src/lib/batch/collect/answer-reader.js'

const ERROR = {errorCode: 400, errorMessage: 'URL sources are not supported', expired: false, retryable: false}

function readLine(line: object) {
  const reader = new AnswerReader()
  const bytes = Buffer.from(JSON.stringify({recordId: 'r1', modelInput: {}, ...line}))
  const why = reader.read(bytes, 0, bytes.length)
  return {why, succeeded: reader.succeeded, value: bytes.toString('utf8', reader.valueStart, reader.valueEnd)}
}

test.each([
  ['in error', {error: ERROR}],
  ['where the answer would be', {modelOutput: ERROR}],
  ['in error, with an answer of null', {error: ERROR, modelOutput: null}],
  ['with a code in words', {modelOutput: {errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded'}}],
])('an error %s is no answer', (_, line) => {
  const {succeeded, value, why} = readLine(line)

  expect(why).toBeUndefined()
  expect(succeeded).toBe(false)
  expect(JSON.parse(value)).toHaveProperty('errorMessage')
})

test.each([
  ['of an embedding', {embedding: [0.1], inputTextTokenCount: 3}],
  ['that speaks of an error code', {content: [{type: 'text', text: '{"errorCode": 400, "errorMessage": "no"}'}]}],
  ['of an error code alone', {errorCode: 0, output: {}}],
])('an answer %s is one', (_, modelOutput) => {
  expect(readLine({modelOutput}).succeeded).toBe(true)
})

import {expect, test} from 'vitest'
import {failureRemedy} from '../../../../src/lib/batch/progress/failure-remedy.js'

test.each([
  ['Batch job arn:aws:bedrock:… contains less records (2) than the required minimum of: 100', 'input'],
  ["Customer doesn't have permissions to invokeModel", 'access'],
  ['Could not validate ListBucket permissions for S3URI s3://bucket/key', 'access'],
  ['Could not validate GetObject permissions to access Amazon S3 bucket: b at key k', 'access'],
  ['Amazon S3 perms missing (PutObject): Could not validate PutObject permissions', 'access'],
  ['Bedrock could not assume the role arn:aws:iam::111122223333:role/x', 'access'],
  ['The role needs kms:Decrypt on the key', 'access'],
  ['Access denied. This Model is marked by provider as Legacy', 'model'],
  ['The file contains malformed JSON at line 7', 'input'],
  ['The number of records exceeds the maximum of 100000', 'input'],
  ['Internal server error, please try again later', 'service'],
])('%s is a matter of %s', (message, kind) => {
  const found = failureRemedy(message)

  expect(found.kind).toBe(kind)
  expect(found.remedy).not.toBeNull()
})

test('a message that nobody has seen gets no advice, and none at all neither', () => {
  expect(failureRemedy('The moon is in the wrong house')).toEqual({kind: 'unknown', remedy: null})
  expect(failureRemedy(null)).toEqual({kind: 'unknown', remedy: null})
})

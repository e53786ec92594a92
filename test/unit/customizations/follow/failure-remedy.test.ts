import {expect, test} from 'vitest'
import {customizationFailure} from '../../../../src/lib/customizations/follow/failure-remedy.js'

test.each([
  [
    'Could not validate GetObject permissions to access Amazon S3 bucket: data at key in/train.jsonl',
    'access',
    's3:GetObject',
  ],
  [
    'Amazon S3 perms missing (PutObject): Could not validate PutObject permissions to access S3 bucket: data at key output/.write_access_check_file.tmp',
    'access',
    's3:PutObject',
  ],
  [
    'Unable to parse Amazon S3 file: train.jsonl. Data files must conform to JSONL format.',
    'data',
    'customizations check',
  ],
  ['Input size exceeded in file train.jsonl for record starting with...', 'data', 'customizations check'],
  ['Max sum of input and output token length 4097 exceeds total limit of 4096', 'data', 'customizations check'],
  [
    "Automated tests flagged this fine-tuning job as including materials that are potentially inconsistent with Anthropic's third-party license terms. Please contact support.",
    'policy',
    'support case',
  ],
  ['Encountered an unexpected error when processing the request, please try again', 'service', 'once more'],
  [
    'Invalid training input data configuration.Check the input data S3 Uris(Uri should be a file, not a directory)',
    'data',
    'one object',
  ],
  ['The provided model identifier is invalid', 'model', 'suffix of its context'],
] as const)('%s', (message, kind, remedy) => {
  const failure = customizationFailure(message)

  expect(failure).toMatchObject({message, kind})
  expect(failure?.remedy).toContain(remedy)
})

test('a message that is not known gets no advice, and no message no failure', () => {
  expect(customizationFailure('The moon is full.')).toEqual({
    message: 'The moon is full.',
    kind: 'unknown',
    remedy: null,
  })
  expect(customizationFailure(null)).toBeNull()
})

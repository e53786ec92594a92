import {expect, test} from 'vitest'
import {readTags} from '../../../src/lib/cli/job-words.js'

test('tags are read as they are written, values with equals signs too', () => {
  expect(readTags(['team=a=b', 'cost centre=', 'x:y/z=1'])).toEqual({team: 'a=b', 'cost centre': '', 'x:y/z': '1'})
})

test.each([
  ['no sign', ['team']],
  ['no key', ['=a']],
  ['a key that AWS keeps for itself', ['AWS:team=a']],
  ['a key that is too long', [`${'k'.repeat(129)}=a`]],
  ['a value that is too long', [`k=${'v'.repeat(257)}`]],
  ['letters that are not taken', ['team=<a>']],
  ['the same key twice', ['team=a', 'team=b']],
])('%s is refused before anything is asked', (_, texts) => {
  expect(() => readTags(texts)).toThrow(expect.objectContaining({code: 'BAD_TAG', fault: 'usage'}))
})

test('more tags than a resource has are refused', () => {
  const texts = Array.from({length: 51}, (_, index) => `k${index}=v`)
  expect(() => readTags(texts)).toThrow(expect.objectContaining({code: 'TOO_MANY_TAGS'}))
})

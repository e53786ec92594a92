import {expect, test} from 'vitest'
import {readJobTokens} from '../../../../src/lib/batch/show/job-tokens.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {ObjectStore} from '../../../../src/lib/jobs/ports.js'
import {arnOf, jobOf} from '../../../support/batch-case.js'

/** A store that has these texts, by key. */
function storeOf(texts: Readonly<Record<string, string>>, refused = false): Pick<ObjectStore, 'head' | 'read'> {
  return {
    async head({bucket, key}) {
      if (refused) throw new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access', action: 's3:GetObject'})
      const text = texts[key]
      return text === undefined ? undefined : {bucket, key, bytes: text.length, etag: 'e', modifiedAt: ''}
    },
    async *read({key}) {
      yield Buffer.from(texts[key] ?? '')
    },
  }
}

const done = jobOf(1, {state: 'Completed'})
const key = `out/pile/r1/0001/${done.id}/manifest.json.out`

test('the manifest of an ended job counts its tokens; members that are not known do no harm', async () => {
  const manifest = {
    processedRecordCount: 200,
    inputTokenCount: 4000,
    outputTokenCount: 1000,
    cacheReadInputTokenCount: 1,
  }

  const {counted} = await readJobTokens([done, jobOf(2)], storeOf({[key]: JSON.stringify(manifest)}), undefined)

  expect(counted).toEqual([{arn: arnOf(1), records: 200, inputTokens: 4000, outputTokens: 1000}])
})

test.each(['', '{', '[]', '{"inputTokenCount": "many"}', `{"inputTokenCount": -1, "processedRecordCount": 1}`])(
  'a manifest that says %s counts nothing',
  async (text) => {
    expect(await readJobTokens([done], storeOf({[key]: text}), undefined)).toEqual({counted: [], unread: []})
  },
)

test('a denied bucket is told once', async () => {
  const {unread} = await readJobTokens([done, jobOf(2, {state: 'Stopped'})], storeOf({}, true), undefined)

  expect(unread).toMatchObject([{code: 'ACCESS_DENIED', action: 's3:GetObject'}])
})

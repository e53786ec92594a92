import {expect, test} from 'vitest'
import s3 from '../../../../src/lib/sandbox/fakes/s3.js'
import type {Payload} from '../../../../src/lib/sandbox/wire/protocol.js'
import {ACCOUNT, ask, aWorld} from '../../../support/sandbox-world.js'

const KEY_ID = '00000000-0000-4000-a000-000000000001'
const KEY_ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`

const buckets = [
  {
    name: 'plain',
    createdOn: '2026-01-01',
    objects: [
      {key: 'note.txt', contentType: 'text/plain', content: 'as it is'},
      {key: 'lines.jsonl', content: {line: '{"recordId":"{index}"}', count: 3}},
    ],
  },
  {
    name: 'encrypted',
    createdOn: '2026-01-01',
    encryption: {algorithm: 'aws:kms' as const, kmsKeyArn: KEY_ARN, bucketKey: true},
  },
]
const resources = {buckets, keys: [{id: KEY_ID, createdOn: '2026-01-01', aliases: ['alias/data']}]}
const regions = {'us-east-1': resources}

function bodyOf(text: string): Payload {
  return {
    bytes: text.length,
    trailers: new Map(),
    async *[Symbol.asyncIterator]() {
      yield Buffer.from(text)
    },
  }
}

async function textOf(body: unknown): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a scenario’s objects are there from the start, as text or as a repeated line', async () => {
  const {context} = aWorld({regions})
  const read = async (Key: string) => ask(s3, 'GetObject', {Bucket: 'plain', Key}, context())

  const note = await read('note.txt')

  expect([note.ContentType, await textOf(note.Body)]).toEqual(['text/plain', 'as it is'])
  expect(await textOf((await read('lines.jsonl')).Body)).toBe('{"recordId":"1"}\n{"recordId":"2"}\n{"recordId":"3"}\n')
})

test('a bucket’s own encryption is on every object, and its answers say so', async () => {
  const {context} = aWorld({regions})
  const asked = {Bucket: 'encrypted', Key: 'a'}

  const written = await ask(s3, 'PutObject', {...asked, Body: bodyOf('secret')}, context())

  const expected = {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN, BucketKeyEnabled: true}
  expect(written).toMatchObject(expected)
  expect(await ask(s3, 'HeadObject', asked, context())).toMatchObject(expected)
})

test.each([KEY_ID, KEY_ARN, 'alias/data', `arn:aws:kms:us-east-1:${ACCOUNT}:alias/data`])(
  'a key may be named by %s',
  async (SSEKMSKeyId) => {
    const {context} = aWorld({regions})
    const input = {Bucket: 'plain', Key: 'a', Body: bodyOf('x'), ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId}

    expect((await ask(s3, 'PutObject', input, context())).SSEKMSKeyId).toBe(KEY_ARN)
  },
)

test.each([
  ['s3:ListBucket', 'plain', 'AccessDenied'],
  ['s3:GetObject', 'plain', 'NoSuchKey'],
])('who may not %s learns of a missing key: %s', async (action, Bucket, name) => {
  const {context} = aWorld({regions, deny: [{action}]})

  await expect(ask(s3, 'GetObject', {Bucket, Key: 'missing'}, context())).rejects.toMatchObject({name})
})

test('what is encrypted needs the key as well as the bucket', async () => {
  const {context} = aWorld({regions, deny: [{action: 'kms:GenerateDataKey'}]})
  const write = (Bucket: string) => ask(s3, 'PutObject', {Bucket, Key: 'a', Body: bodyOf('x')}, context())

  await expect(write('encrypted')).rejects.toMatchObject({name: 'AccessDenied', status: 403})
  await expect(write('plain')).resolves.toMatchObject({ServerSideEncryption: 'AES256'})
})

test('a copy needs permission to read its source', async () => {
  const {context} = aWorld({regions, deny: [{action: 's3:GetObject'}]})
  const input = {Bucket: 'plain', Key: 'copy', CopySource: 'plain/note.txt'}

  await expect(ask(s3, 'CopyObject', input, context())).rejects.toMatchObject({name: 'AccessDenied'})
})

import {existsSync, readdirSync} from 'node:fs'
import {connect} from 'node:net'
import {CreateBucketCommand, GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {
  chunkedPut,
  type ObjectSandbox,
  openObjectSandbox,
  type RawPut,
  REGION,
  rawPut,
  sha256,
  signedPut,
} from '../support/object-sandbox.js'

// What a body's signature says of it: uploads that no SDK client sends.

let opened: ObjectSandbox

beforeAll(async () => {
  opened = await openObjectSandbox()
  const where = {LocationConstraint: REGION} as const
  await opened.s3.send(new CreateBucketCommand({Bucket: 'signed-uploads', CreateBucketConfiguration: where}))
})
afterAll(() => opened[Symbol.asyncDispose]())

const put = (request: RawPut) => rawPut(opened.sandbox, request)
const chunked = (request: Parameters<typeof chunkedPut>[1]) => chunkedPut(opened.sandbox, request)

async function read(key: string): Promise<string | undefined> {
  const {Body} = await opened.s3.send(new GetObjectCommand({Bucket: 'signed-uploads', Key: key}))
  return Body?.transformToString()
}

/** Writes bytes and hangs up once they are handed over. */
function cutAfter(url: string, bytes: string): Promise<void> {
  const {hostname, port} = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, () => socket.destroy()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
}

const code = (body: string): string | undefined => /<Code>(.*?)<\/Code>/.exec(body)?.[1]
const BIG = 'x'.repeat(8192)

test('a body that is not the one that was signed is refused and not stored', async () => {
  const answer = await put({path: '/signed-uploads/other', body: 'other', payloadHash: sha256('signed')})

  expect([answer.status, code(answer.body)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
  await expect(read('other')).rejects.toMatchObject({name: 'NoSuchKey'})
})

test.each([
  ['without a hash of the body', {payloadHash: 'nonsense'}, 'InvalidArgument'],
  ['with an MD5 that is none', {headers: {'content-md5': 'AAAA'}}, 'InvalidDigest'],
  ['with the MD5 of something else', {headers: {'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg=='}}, 'BadDigest'],
  ['with the checksum of something else', {headers: {'x-amz-checksum-crc32c': 'AAAAAA=='}}, 'BadDigest'],
  ['with a checksum that is none', {headers: {'x-amz-checksum-sha256': 'AAAAAA=='}}, 'InvalidRequest'],
  [
    'with two checksums',
    {headers: {'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA=='}},
    'InvalidRequest',
  ],
  ['with an algorithm and no checksum', {headers: {'x-amz-sdk-checksum-algorithm': 'CRC32'}}, 'InvalidRequest'],
  ['with an unknown encryption', {headers: {'x-amz-server-side-encryption': 'rot13'}}, 'InvalidArgument'],
  [
    'with a key that is not there',
    {headers: {'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': 'none'}},
    'KMS.NotFoundException',
  ],
  [
    'with more than ten tags',
    {headers: {'x-amz-tagging': [...'abcdefghijk'].map((key) => `${key}=1`).join('&')}},
    'BadRequest',
  ],
  ['with metadata of more than 2 KB', {headers: {'x-amz-meta-long': BIG}}, 'MetadataTooLarge'],
  ['for a foreign owner', {headers: {'x-amz-expected-bucket-owner': '999999999999'}}, 'AccessDenied'],
])('an upload %s is refused', async (_, request, expected) => {
  const answer = await put({path: '/signed-uploads/refused', body: 'body', ...request})

  expect(code(answer.body)).toBe(expected)
  await expect(read('refused')).rejects.toMatchObject({name: 'NoSuchKey'})
})

test('a key is what was sent, byte by byte, and valid UTF-8', async () => {
  expect((await put({path: '/signed-uploads//a/../%2F/%E3%82%B3', body: 'odd'})).status).toBe(200)

  expect(await read('/a/..///コ')).toBe('odd')
  expect(code((await put({path: '/signed-uploads/%FF', body: ''})).body)).toBe('InvalidURI')
})

describe('chunks that are signed one by one', () => {
  test('are joined', async () => {
    expect(await chunked({path: '/signed-uploads/chunks', chunks: [BIG, BIG, 'rest']})).toMatchObject({status: 200})

    expect(await read('chunks')).toBe(`${BIG}${BIG}rest`)
  })

  test('may have a signed trailer', async () => {
    const trailers = {'x-amz-checksum-crc32': 'DUoRhQ=='}

    const answer = await chunked({path: '/signed-uploads/trailer', chunks: ['hello world'], trailers})

    expect(answer).toMatchObject({status: 200, headers: {'x-amz-checksum-crc32': 'DUoRhQ=='}})
  })

  test.each([
    [
      'a changed byte',
      {chunks: ['bytes'], tamper: (body: string) => body.replace('bytes', 'Bytes')},
      'SignatureDoesNotMatch',
    ],
    ['a missing end', {chunks: ['bytes'], tamper: (body: string) => body.slice(0, 20)}, 'IncompleteBody'],
    [
      'a chunk longer than it says',
      {chunks: ['bytes'], tamper: (body: string) => body.replace('bytes', 'bytesss')},
      'IncompleteBody',
    ],
    [
      'a missing last chunk',
      {chunks: ['bytes'], tamper: (body: string) => body.slice(0, body.lastIndexOf('0;'))},
      'IncompleteBody',
    ],
    ['a small chunk before the last', {chunks: ['small', 'rest']}, 'InvalidChunkSizeError'],
    ['the trailer of another body', {chunks: ['bytes'], trailers: {'x-amz-checksum-crc32': 'DUoRhQ=='}}, 'BadDigest'],
    [
      'a changed trailer',
      {
        chunks: ['hello world'],
        trailers: {'x-amz-checksum-crc32': 'DUoRhQ=='},
        tamper: (body: string) => body.replace('DUoRhQ', 'AAAAAA'),
      },
      'SignatureDoesNotMatch',
    ],
    [
      'a trailer that was not announced',
      {chunks: ['bytes'], tamper: (body: string) => body.replace(/\r\n$/, 'x-amz-meta-a:b\r\n\r\n')},
      'MalformedTrailerError',
    ],
  ])('are refused with %s', async (_, request, expected) => {
    const answer = await chunked({path: '/signed-uploads/tampered', ...request})

    expect(code(answer.body)).toBe(expected)
    await expect(read('tampered')).rejects.toMatchObject({name: 'NoSuchKey'})
  })
})

test.each([
  ['signed-uploads', 'under way'],
  ['no-such-bucket', 'refused already'],
])('an upload to %s that is cut off while it is %s leaves nothing behind', async (bucket) => {
  const {sandbox} = opened
  const headers = signedPut(sandbox, {path: `/${bucket}/cut`, payloadHash: 'UNSIGNED-PAYLOAD'})
  const lines = Object.entries({...headers, 'content-length': '4000000'}).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )

  await cutAfter(sandbox.url, `PUT /${bucket}/cut HTTP/1.1\r\n${lines.join('')}\r\n${'x'.repeat(1_000_000)}`)

  await expect(read('cut')).rejects.toMatchObject({name: 'NoSuchKey'})
  const folder = (await sandbox.world.objects.contents.folder()) ?? ''
  await expect.poll(() => (existsSync(folder) ? readdirSync(folder) : [])).toEqual([])
})

test('nothing of what was refused is listed', async () => {
  const {Contents = []} = await opened.s3.send(new ListObjectsV2Command({Bucket: 'signed-uploads'}))

  expect(Contents.map(({Key}) => Key)).toEqual(['/a/..///コ', 'chunks', 'trailer'])
})

import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {Readable} from 'node:stream'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  type UploadPartCommandInput,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type ObjectSandbox, openObjectSandbox, REGION} from '../support/object-sandbox.js'
import {rawRequest} from '../support/raw-request.js'

let opened: ObjectSandbox
let s3: S3Client

beforeAll(async () => {
  opened = await openObjectSandbox()
  s3 = opened.s3
  await s3.send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: REGION}}))
})
afterAll(() => opened[Symbol.asyncDispose]())

const Bucket = 'upload-bucket'
const MIB = 1024 * 1024
const bytesOf = (seed: number, length: number): Buffer =>
  Buffer.from(
    Uint32Array.from({length: Math.ceil(length / 4)}, (_, at) => Math.imul(at + seed, 2654435761)).buffer,
  ).subarray(0, length)

const PARTS = [bytesOf(1, 5 * MIB), bytesOf(2, 5 * MIB), bytesOf(3, 1000)] as const
const WHOLE = Buffer.concat(PARTS)

const begin = async (Key: string, over: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> =>
  (await s3.send(new CreateMultipartUploadCommand({Bucket, Key, ...over}))).UploadId ?? ''

async function sendPart(
  Key: string,
  UploadId: string,
  PartNumber: number,
  Body: Buffer,
  over: Partial<UploadPartCommandInput> = {},
): Promise<CompletedPart> {
  const command = new UploadPartCommand({Bucket, Key, UploadId, PartNumber, Body, ...over})
  const {$metadata: _, ...part} = await s3.send(command)
  return {...part, PartNumber}
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], over = {}) =>
  s3.send(new CompleteMultipartUploadCommand({Bucket, Key, UploadId, MultipartUpload: {Parts}, ...over}))

async function upload(Key: string, over: Partial<CreateMultipartUploadCommandInput> = {}) {
  const id = await begin(Key, over)
  const parts: CompletedPart[] = []
  for (const [index, part] of PARTS.entries()) {
    parts.push(await sendPart(Key, id, index + 1, part, {ChecksumAlgorithm: over.ChecksumAlgorithm}))
  }
  return complete(Key, id, parts)
}

const get = async (Key: string, over = {}) => {
  const answer = await s3.send(new GetObjectCommand({Bucket, Key, ...over}))
  return {...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? '')}
}

const nameOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'not refused',
    (error: unknown) => (error as Error).name,
  )

describe('an upload in parts', () => {
  test('becomes one object, whose tag says of how many parts', async () => {
    const {ETag} = await upload('parts')

    const tags = PARTS.map((part) => createHash('md5').update(part).digest())
    expect(ETag).toBe(`"${createHash('md5').update(Buffer.concat(tags)).digest('hex')}-3"`)
    const {bytes, ContentLength} = await get('parts')
    expect([ContentLength, bytes.equals(WHOLE)]).toEqual([WHOLE.length, true])
  })

  test('can be read by part and across parts', async () => {
    await upload('read-by-part')

    const part = await get('read-by-part', {PartNumber: 2})
    const across = await get('read-by-part', {Range: `bytes=${5 * MIB - 3}-${10 * MIB + 2}`})

    expect([part.PartsCount, part.$metadata.httpStatusCode, part.bytes.equals(PARTS[1])]).toEqual([3, 206, true])
    expect(across.bytes.equals(WHOLE.subarray(5 * MIB - 3, 10 * MIB + 3))).toBe(true)
    expect(await nameOf(get('read-by-part', {PartNumber: 4}))).toBe('InvalidPartNumber')
  })

  test.each([
    ['CRC32', 'COMPOSITE'],
    ['SHA256', 'COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
  ] as const)('has a %s that is %s', async (ChecksumAlgorithm, ChecksumType) => {
    const Key = `checked-${ChecksumAlgorithm}`
    const member = `Checksum${ChecksumAlgorithm}` as const
    const {[member]: checksum = ''} = await upload(Key, {ChecksumAlgorithm, ChecksumType})
    // Of an object that was put as a whole, S3 has the checksum that was sent with it.
    const whole = await s3.send(new PutObjectCommand({Bucket, Key: `${Key}-whole`, Body: WHOLE, ChecksumAlgorithm}))

    const head = await s3.send(new HeadObjectCommand({Bucket, Key, ChecksumMode: 'ENABLED'}))

    expect([head.ChecksumType, head[member]]).toEqual([ChecksumType, checksum])
    if (ChecksumType === 'COMPOSITE') expect(checksum).toMatch(/=-3$/)
    else expect(checksum).toBe(whole[member])
  })

  test('is completed from parts that were sent, in order and large enough', async () => {
    const id = await begin('wrong')
    const [small, last] = [
      await sendPart('wrong', id, 1, Buffer.from('a')),
      await sendPart('wrong', id, 3, Buffer.from('b')),
    ]
    const other = {...small, PartNumber: 2}

    expect(await nameOf(complete('wrong', id, [small, last]))).toBe('EntityTooSmall')
    expect(await nameOf(complete('wrong', id, [last, small]))).toBe('InvalidPartOrder')
    expect(await nameOf(complete('wrong', id, [other]))).toBe('InvalidPart')
    expect(await nameOf(complete('wrong', id, [{...small, ETag: last.ETag}]))).toBe('InvalidPart')
    expect(await nameOf(complete('wrong', id, []))).toBe('MalformedXML')
    expect(await nameOf(complete('another', id, [small]))).toBe('NoSuchUpload')
    await complete('wrong', id, [last])
    expect((await get('wrong')).bytes.toString()).toBe('b')
  })

  test('is completed again with the same answer and without effect, by the same parts alone', async () => {
    const id = await begin('again')
    const parts = [await sendPart('again', id, 1, Buffer.from('a')), await sendPart('again', id, 2, Buffer.from('b'))]
    const {$metadata: _, ...first} = await complete('again', id, parts.slice(0, 1))
    await s3.send(new PutObjectCommand({Bucket, Key: 'again', Body: 'newer'}))
    const {$metadata: __, ...second} = await complete('again', id, parts.slice(0, 1), {IfNoneMatch: '*'})

    expect(second).toEqual(first)
    expect((await get('again')).bytes.toString()).toBe('newer')
    expect(await nameOf(complete('again', id, parts))).toBe('NoSuchUpload')
    expect(await nameOf(complete('other', id, parts.slice(0, 1)))).toBe('NoSuchUpload')
  })

  test('under a condition replaces nothing', async () => {
    await s3.send(new PutObjectCommand({Bucket, Key: 'there', Body: 'first'}))
    const id = await begin('there')
    const part = await sendPart('there', id, 1, Buffer.from('second'))

    expect(await nameOf(complete('there', id, [part], {IfNoneMatch: '*'}))).toBe('PreconditionFailed')
    expect((await get('there')).bytes.toString()).toBe('first')
  })

  test('takes the checksum it was begun with and no other', async () => {
    const id = await begin('begun', {ChecksumAlgorithm: 'SHA256'})

    expect(await nameOf(sendPart('begun', id, 1, Buffer.from('crc32')))).toBe('InvalidRequest')
    expect(await nameOf(begin('begun', {ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT'}))).toBe(
      'InvalidRequest',
    )
    expect(await nameOf(begin('begun', {ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE'}))).toBe(
      'InvalidRequest',
    )
  })

  test.each([0, 10_001])('has no part %d', async (number) => {
    const id = await begin('numbers')

    expect(await nameOf(sendPart('numbers', id, number, Buffer.from('part')))).toBe('InvalidArgument')
  })

  test('may be made of an object that is there', async () => {
    await s3.send(new PutObjectCommand({Bucket, Key: 'source', Body: WHOLE}))
    const id = await begin('assembled')
    const parts: CompletedPart[] = []
    for (const [index, CopySourceRange] of [
      `bytes=0-${6 * MIB - 1}`,
      `bytes=${6 * MIB}-${WHOLE.length - 1}`,
    ].entries()) {
      const PartNumber = index + 1
      const name = {Bucket, Key: 'assembled', UploadId: id, PartNumber}
      const {CopyPartResult} = await s3.send(
        new UploadPartCopyCommand({...name, CopySource: `${Bucket}/source`, CopySourceRange}),
      )
      parts.push({PartNumber, ETag: CopyPartResult?.ETag})
    }

    await complete('assembled', id, parts)

    expect((await get('assembled')).bytes.equals(WHOLE)).toBe(true)
  })

  test('is listed with its parts until it is aborted', async () => {
    const [first, second] = [await begin('listed/a'), await begin('listed/b')]
    for (const number of [1, 2, 7]) await sendPart('listed/a', first, number, Buffer.from('part'))
    const name = {Bucket, Key: 'listed/a', UploadId: first}
    const uploads = (over = {}) => s3.send(new ListMultipartUploadsCommand({Bucket, Prefix: 'listed/', ...over}))

    const page = await s3.send(new ListPartsCommand({...name, MaxParts: 2}))
    const rest = await s3.send(new ListPartsCommand({...name, PartNumberMarker: page.NextPartNumberMarker}))
    const one = await uploads({MaxUploads: 1})
    const next = await uploads({KeyMarker: one.NextKeyMarker, UploadIdMarker: one.NextUploadIdMarker})

    expect([page, rest].map(({Parts = []}) => Parts.map(({PartNumber}) => PartNumber))).toEqual([[1, 2], [7]])
    expect([one, next].map(({Uploads = []}) => Uploads.map(({UploadId}) => UploadId))).toEqual([[first], [second]])
    await s3.send(new AbortMultipartUploadCommand(name))
    expect((await uploads()).Uploads?.map(({UploadId}) => UploadId)).toEqual([second])
    expect(await nameOf(sendPart('listed/a', first, 8, Buffer.from('late')))).toBe('NoSuchUpload')
  })
})

test('an object of 128 MiB streams in and out, and its file goes with the sandbox’s state', async () => {
  const chunk = bytesOf(7, MIB)
  const source = Readable.from(
    (function* () {
      for (let index = 0; index < 128; index++) yield chunk
    })(),
  )
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers)
  }, 5)
  const before = process.memoryUsage().arrayBuffers

  await s3.send(new PutObjectCommand({Bucket, Key: 'large', Body: source, ContentLength: 128 * MIB}))
  const hash = createHash('sha256')
  const {Body} = await s3.send(new GetObjectCommand({Bucket, Key: 'large'}))
  for await (const bytes of Body as AsyncIterable<Buffer>) hash.update(bytes)
  clearInterval(watch)

  const expected = createHash('sha256')
  for (let index = 0; index < 128; index++) expected.update(chunk)
  expect(hash.digest('hex')).toBe(expected.digest('hex'))
  // Client and server share the process. Between two collections there is garbage, but never the whole object.
  expect(peak - before).toBeLessThan(96 * MIB)
  const folder = (await opened.sandbox.world.objects.contents.folder()) ?? ''
  expect(existsSync(folder)).toBe(true)

  await rawRequest(opened.sandbox.url, {method: 'POST', path: '/_sandbox/reset'})

  expect(existsSync(folder)).toBe(false)
  expect(await nameOf(get('large'))).toBe('NoSuchBucket')
}, 30_000)

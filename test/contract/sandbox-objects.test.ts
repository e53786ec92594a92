import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type ObjectSandbox, openObjectSandbox, REGION, s3Settings} from '../support/object-sandbox.js'
import {rawRequest} from '../support/raw-request.js'
import {presignedPath} from '../support/sign.js'

let opened: ObjectSandbox
let s3: S3Client

beforeAll(async () => {
  opened = await openObjectSandbox()
  s3 = opened.s3
  await makeBucket('objects')
})
afterAll(() => opened[Symbol.asyncDispose]())

const makeBucket = (Bucket: string) =>
  s3.send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: REGION}}))

const put = (Key: string, Body: PutObjectCommandInput['Body'] = 'any', over: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({Bucket: 'objects', Key, Body, ...over}))

const get = (Key: string, over: Partial<GetObjectCommandInput> = {}) =>
  s3.send(new GetObjectCommand({Bucket: 'objects', Key, ...over}))

const textOf = async (answer: ReturnType<typeof get>): Promise<string | undefined> =>
  (await answer).Body?.transformToString()

const refused = async (call: Promise<unknown>): Promise<readonly [string, number | undefined]> => {
  const error = (await call.then(
    () => new Error('not refused'),
    (thrown: unknown) => thrown,
  )) as Error & {readonly $metadata?: {readonly httpStatusCode?: number}}
  return [error.name, error.$metadata?.httpStatusCode]
}

describe('an object', () => {
  test('comes back with what was said of it', async () => {
    const written = await put('said', 'text', {
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentEncoding: 'identity',
      Metadata: {Owner: 'me'},
      Tagging: 'a=1&b=2',
      StorageClass: 'STANDARD_IA',
    })

    const answer = await get('said')

    expect(answer).toMatchObject({
      ETag: written.ETag,
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentEncoding: 'identity',
      ContentLength: 4,
      Metadata: {owner: 'me'},
      TagCount: 2,
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'AES256',
      AcceptRanges: 'bytes',
    })
    expect((await s3.send(new GetObjectTaggingCommand({Bucket: 'objects', Key: 'said'}))).TagSet).toEqual([
      {Key: 'a', Value: '1'},
      {Key: 'b', Value: '2'},
    ])
  })

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('keeps its %s', async (algorithm) => {
    const member = `Checksum${algorithm}` as const
    const text = 'checked text'.repeat(100)
    const known = {
      CRC32: 'WiPh5Q==',
      CRC32C: 'vpD0lA==',
      CRC64NVME: 'H/MjrySoymE=',
      SHA1: '9Cs3S6vn6h2RbUXEoXoL/kXcXe4=',
      SHA256: '8rhH+6t/cNmrTvHdJ1CBxLfEkPdPDqAMiIH2qhjVrFY=',
    }

    const written = await put('checked', text, {[member]: known[algorithm]})
    const head = await s3.send(new HeadObjectCommand({Bucket: 'objects', Key: 'checked', ChecksumMode: 'ENABLED'}))

    expect([written[member], head[member], head.ChecksumType]).toEqual([
      known[algorithm],
      known[algorithm],
      'FULL_OBJECT',
    ])
  })

  test('takes the encryption of its bucket, or one of its own', async () => {
    expect(await put('encrypted', 'any', {ServerSideEncryption: 'aws:kms'})).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: expect.stringMatching(`^arn:aws:kms:${REGION}:111122223333:key/`) as string,
    })
    const [key, wrong] = [{SSEKMSKeyId: 'alias/none'}, {ServerSideEncryption: 'AES256'}] as const
    expect(await refused(put('encrypted', 'any', {...key, ...wrong}))).toEqual(['InvalidArgument', 400])
  })

  test('that is not there is missing, and deleting it is no error', async () => {
    expect(await refused(get('none'))).toEqual(['NoSuchKey', 404])
    expect(await refused(s3.send(new HeadObjectCommand({Bucket: 'objects', Key: 'none'})))).toEqual(['NotFound', 404])
    expect(await refused(s3.send(new GetObjectCommand({Bucket: 'no-bucket', Key: 'a'})))).toEqual(['NoSuchBucket', 404])
    await s3.send(new DeleteObjectCommand({Bucket: 'objects', Key: 'none'}))
  })

  test('is read and written under conditions', async () => {
    const {ETag = ''} = await put('conditional', 'first')
    const [later, earlier] = [new Date(Date.now() + 60_000), new Date(0)]

    expect(await refused(put('conditional', 'second', {IfNoneMatch: '*'}))).toEqual(['PreconditionFailed', 412])
    expect(await refused(put('conditional', 'second', {IfMatch: '"other"'}))).toEqual(['PreconditionFailed', 412])
    expect(await refused(get('conditional', {IfMatch: '"other"'}))).toEqual(['PreconditionFailed', 412])
    expect(await refused(get('conditional', {IfUnmodifiedSince: earlier}))).toEqual(['PreconditionFailed', 412])
    expect((await refused(get('conditional', {IfNoneMatch: ETag})))[1]).toBe(304)
    expect((await refused(get('conditional', {IfModifiedSince: later})))[1]).toBe(304)
    expect(await textOf(get('conditional', {IfMatch: ETag, IfUnmodifiedSince: earlier}))).toBe('first')
    expect(await textOf(get('conditional', {IfNoneMatch: '"other"', IfModifiedSince: later}))).toBe('first')
    await put('conditional', 'second', {IfMatch: ETag})
    expect(await textOf(get('conditional'))).toBe('second')
  })

  test('may have a key of 1,024 bytes and not one more', async () => {
    await put('é'.repeat(512), 'long')

    expect(await textOf(get('é'.repeat(512)))).toBe('long')
    expect(await refused(put('x'.repeat(1025)))).toEqual(['KeyTooLongError', 400])
  })

  test('is copied with or without what was said of it, and not onto itself', async () => {
    await put('source +%', 'copied', {Metadata: {kept: 'yes'}, ContentType: 'text/plain'})
    const CopySource = `objects/${encodeURIComponent('source +%')}`
    const copy = (Key: string, over = {}) =>
      s3.send(new CopyObjectCommand({Bucket: 'objects', Key, CopySource, ...over}))

    await copy('copy')
    await copy('changed', {MetadataDirective: 'REPLACE', Metadata: {new: 'yes'}})

    expect(await get('copy')).toMatchObject({Metadata: {kept: 'yes'}, ContentType: 'text/plain'})
    expect(await get('changed')).toMatchObject({Metadata: {new: 'yes'}, ContentType: 'binary/octet-stream'})
    expect(await textOf(get('changed'))).toBe('copied')
    expect(await refused(copy('source +%'))).toEqual(['InvalidRequest', 400])
    expect(await refused(copy('late', {CopySourceIfMatch: '"other"'}))).toEqual(['PreconditionFailed', 412])
  })
})

describe('a range', () => {
  const bytes = Buffer.from(Array.from({length: 1000}, (_, index) => index % 256))

  beforeAll(async () => {
    await put('ranges', bytes)
  })

  test('is the bytes it names, as far as they are there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1200), fc.nat(1200), async (first, last) => {
        const answer = get('ranges', {Range: `bytes=${first}-${last}`})
        if (first > last) {
          expect(await (await answer).Body?.transformToByteArray()).toHaveLength(1000)
        } else if (first >= 1000) {
          expect(await refused(answer)).toEqual(['InvalidRange', 416])
        } else {
          const {Body, ContentRange, ContentLength, $metadata} = await answer
          const wanted = bytes.subarray(first, last + 1)

          expect([ContentRange, ContentLength, $metadata.httpStatusCode]).toEqual([
            `bytes ${first}-${Math.min(last, 999)}/1000`,
            wanted.length,
            206,
          ])
          expect(Buffer.from((await Body?.transformToByteArray()) ?? '')).toEqual(wanted)
        }
      }),
      {numRuns: 40},
    )
  })

  test.each([
    ['bytes=990-', 'bytes 990-999/1000'],
    ['bytes=-10', 'bytes 990-999/1000'],
    ['bytes=-5000', 'bytes 0-999/1000'],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
  ])('%s is %s', async (Range, expected) => {
    expect((await get('ranges', {Range})).ContentRange).toBe(expected)
  })

  test('of nothing is refused', async () => {
    await put('empty', Buffer.alloc(0))

    expect(await refused(get('ranges', {Range: 'bytes=-0'}))).toEqual(['InvalidRange', 416])
    expect(await refused(get('empty', {Range: 'bytes=0-0'}))).toEqual(['InvalidRange', 416])
    expect(await textOf(get('empty'))).toBe('')
  })
})

describe('a list', () => {
  const bucketOf = async (keys: readonly string[]): Promise<string> => {
    const Bucket = `list-${opened.sandbox.world.newId(12)}`
    await makeBucket(Bucket)
    for (const key of keys) await opened.sandbox.world.objects.put(Bucket, key, '')
    return Bucket
  }

  const pagesOf = async (Bucket: string, over: object): Promise<ListObjectsV2CommandOutput[]> => {
    const pages: ListObjectsV2CommandOutput[] = []
    let token: string | undefined
    do {
      const page = await s3.send(new ListObjectsV2Command({Bucket, ...over, ...(token && {ContinuationToken: token})}))
      pages.push(page)
      token = page.NextContinuationToken
    } while (token !== undefined)
    return pages
  }

  const segment = fc.constantFrom('a', 'b', 'c d', 'ü', '+', '')
  const keyText = fc.array(segment, {minLength: 2, maxLength: 4}).map((parts) => parts.join('/'))

  test('paged is the whole, each key or common prefix once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(keyText, {minLength: 1, maxLength: 12}),
        fc.constantFrom('', 'a', 'a/', 'b/'),
        fc.constantFrom(undefined, '/'),
        fc.integer({min: 1, max: 4}),
        async (keys, Prefix, Delimiter, MaxKeys) => {
          const Bucket = await bucketOf(keys)
          const rest = keys.filter((key) => key.startsWith(Prefix))
          const wanted = new Set(
            rest.map((key) => {
              const end = Delimiter === undefined ? -1 : key.indexOf(Delimiter, Prefix.length)
              return end < 0 ? key : key.slice(0, end + 1)
            }),
          )

          const pages = await pagesOf(Bucket, {Prefix, Delimiter, MaxKeys})

          const names = pages.map((page) => [
            ...(page.Contents ?? []).map(({Key = ''}) => Key),
            ...(page.CommonPrefixes ?? []).map((one) => one.Prefix ?? ''),
          ])
          expect(names.flat().sort()).toEqual([...wanted].sort())
          expect(pages.slice(0, -1).every(({KeyCount, IsTruncated}) => KeyCount === MaxKeys && IsTruncated)).toBe(true)
          expect(pages.at(-1)?.IsTruncated).toBe(false)
        },
      ),
      {numRuns: 25},
    )
  }, 20_000)

  test('goes on from a marker, shows a thousand at most and nothing when asked for none', async () => {
    const Bucket = await bucketOf(Array.from({length: 1005}, (_, index) => `key-${String(index).padStart(4, '0')}`))
    const list = (over: object) => s3.send(new ListObjectsV2Command({Bucket, ...over}))

    expect(await list({MaxKeys: 5000})).toMatchObject({KeyCount: 1000, MaxKeys: 1000, IsTruncated: true})
    expect(await list({MaxKeys: 0})).toMatchObject({KeyCount: 0, IsTruncated: false})
    expect((await list({StartAfter: 'key-1003'})).Contents?.map(({Key}) => Key)).toEqual(['key-1004'])
    const old = await s3.send(new ListObjectsCommand({Bucket, Marker: 'key-1002', MaxKeys: 1}))
    expect([old.Contents?.[0]?.Key, old.IsTruncated, old.NextMarker]).toEqual(['key-1003', true, undefined])
  })

  test('takes no token of another list, and encodes keys when asked', async () => {
    const Bucket = await bucketOf(['a b+/1', 'a b+/2', 'a b+/3'])
    const list = (over: object) => s3.send(new ListObjectsV2Command({Bucket, ...over}))
    const {NextContinuationToken: ContinuationToken} = await list({MaxKeys: 1})

    expect((await list({ContinuationToken})).Contents).toHaveLength(2)
    expect(await refused(list({ContinuationToken, Prefix: 'a'}))).toEqual(['InvalidArgument', 400])
    expect(await refused(list({ContinuationToken: 'nonsense'}))).toEqual(['InvalidArgument', 400])
    expect((await list({EncodingType: 'url'})).Contents?.[0]?.Key).toBe('a+b%2B/1')
  })
})

describe('a bucket', () => {
  test('is deleted when it is empty, many objects at a time', async () => {
    const Bucket = 'emptied-bucket'
    await makeBucket(Bucket)
    for (const Key of ['a', 'b']) await s3.send(new PutObjectCommand({Bucket, Key, Body: Key}))

    expect(await refused(s3.send(new DeleteBucketCommand({Bucket})))).toEqual(['BucketNotEmpty', 409])
    const Objects = ['a', 'b', 'never there'].map((Key) => ({Key}))
    const {Deleted} = await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects}}))
    expect(Deleted?.map(({Key}) => Key)).toEqual(['a', 'b', 'never there'])
    await s3.send(new DeleteBucketCommand({Bucket}))
    expect(await refused(s3.send(new ListObjectsV2Command({Bucket})))).toEqual(['NoSuchBucket', 404])
  })

  test('belongs to its Region: others are told where it is', async () => {
    const elsewhere = new S3Client({...s3Settings(opened.sandbox), region: 'us-east-1'})

    expect(await refused(elsewhere.send(new GetObjectCommand({Bucket: 'objects', Key: 'a'})))).toEqual([
      'PermanentRedirect',
      301,
    ])
    expect((await elsewhere.send(new GetBucketLocationCommand({Bucket: 'objects'}))).LocationConstraint).toBe(REGION)
    elsewhere.destroy()
  })

  test.each([
    ['Upper', REGION, 'InvalidBucketName'],
    ['192.168.0.1', REGION, 'InvalidBucketName'],
    ['ends-in-', REGION, 'InvalidBucketName'],
    ['objects', REGION, 'BucketAlreadyOwnedByYou'],
    ['new-bucket', 'us-east-1', 'InvalidLocationConstraint'],
    ['new-bucket', 'us-west-2', 'IllegalLocationConstraintException'],
  ])('named %s in %s is refused: %s', async (Bucket, region, expected) => {
    const where = {LocationConstraint: region as 'us-west-2'}
    const made = s3.send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: where}))

    expect((await refused(made))[0]).toBe(expected)
  })

  test('of another owner than expected is closed', async () => {
    expect(await refused(put('mine', 'any', {ExpectedBucketOwner: '999999999999'}))).toEqual(['AccessDenied', 403])
    expect(await refused(get('mine', {ExpectedBucketOwner: '999999999999'}))).toEqual(['AccessDenied', 403])
  })
})

test('a request that is refused early leaves its connection usable', async () => {
  const large = Buffer.alloc(8 * 1024 * 1024)

  expect(await refused(s3.send(new PutObjectCommand({Bucket: 'no-bucket', Key: 'a', Body: large})))).toEqual([
    'NoSuchBucket',
    404,
  ])
  await put('after', 'still here')
  expect(await textOf(get('after'))).toBe('still here')
})

test('a presigned URL opens one object for as long as it says', async () => {
  await put('shared', 'for you')
  const {url, world} = opened.sandbox
  const {accessKeyId, secretAccessKey} = world.login
  const share = (expiresInSeconds: number, at = new Date()) =>
    presignedPath({
      url,
      path: '/objects/shared',
      service: 's3',
      region: REGION,
      accessKeyId,
      secretAccessKey,
      expiresInSeconds,
      at,
    })
  const open = async (path: string) => {
    const {status, body} = await rawRequest(url, {path})
    return [status, /<Code>(.*?)<.Code>/.exec(body)?.[1] ?? body]
  }

  expect(await open(share(60))).toEqual([200, 'for you'])
  expect(await open(share(60).replace('shared', 'private'))).toEqual([403, 'SignatureDoesNotMatch'])
  expect(await open(share(60, new Date(Date.now() - 120_000)))).toEqual([403, 'AccessDenied'])
  expect(await open(share(700_000))).toEqual([400, 'AuthorizationQueryParametersError'])
})

test('an unsigned request gets nothing', async () => {
  await put('private', 'secret')

  const {status, body} = await rawRequest(opened.sandbox.url, {path: '/objects/private'})

  expect(status).toBe(403)
  expect(body).not.toContain('secret')
})

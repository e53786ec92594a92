import {createHash} from 'node:crypto'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {crc32Base64} from '../../src/lib/core/crc32.js'
import type {ObjectStore} from '../../src/lib/jobs/ports.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {ACCOUNT, BUCKET, batchScenario} from '../support/batch-scenario.js'
import {startScriptedServer} from '../support/scripted-server.js'

const MIB = 1024 * 1024
const HERE = {region: 'us-east-1', account: ACCOUNT}

let sandbox: Sandbox
let session: AwsSession
let store: ObjectStore

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: await batchScenario()})
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
  store = await session.objectStore()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const at = (key: string) => ({bucket: BUCKET, key})

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks).toString()
}

describe('an object', () => {
  test('comes back as it was put, whole and in parts, with its notes', async () => {
    const etag = await store.put(at('a/b.txt'), Buffer.from('Hello, world'), HERE, {notes: {digest: 'd1'}})

    expect(await textOf(store.read(at('a/b.txt'), undefined, HERE))).toBe('Hello, world')
    expect(await textOf(store.read({...at('a/b.txt'), etag}, {start: 7, end: 9}, HERE))).toBe('wo')
    expect(await store.head(at('a/b.txt'), HERE)).toMatchObject({bytes: 12, etag, notes: {digest: 'd1'}})
  })

  test('that is empty is read as nothing', async () => {
    await store.put(at('empty'), Buffer.alloc(0), HERE)

    expect(await textOf(store.read(at('empty'), undefined, HERE))).toBe('')
    expect(await textOf(store.read(at('empty'), {start: 0, end: 0}, HERE))).toBe('')
  })

  test('that is not there is undefined to ask for, and an error to read', async () => {
    expect(await store.head(at('none'), HERE)).toBeUndefined()
    await expect(textOf(store.read(at('none'), undefined, HERE))).rejects.toMatchObject({code: 'OBJECT_MISSING'})
  })

  test('of another version than asked for is not read', async () => {
    const etag = await store.put(at('v'), Buffer.from('one'), HERE)
    await store.put(at('v'), Buffer.from('two'), HERE)

    await expect(textOf(store.read({...at('v'), etag}, undefined, HERE))).rejects.toMatchObject({
      code: 'OBJECT_CHANGED',
    })
  })

  test('is listed under its prefix with the others, over all pages', async () => {
    const keys = Array.from({length: 1003}, (_, index) => `many/${String(index).padStart(4, '0')}`)
    await Promise.all(keys.map((key) => store.put(at(key), Buffer.from('x'), HERE)))
    await store.put(at('other'), Buffer.from('x'), HERE)

    const listed: string[] = []
    for await (const {key} of store.list(BUCKET, 'many/', HERE)) listed.push(key)

    expect(listed).toEqual(keys)
  })
})

describe('an upload in parts', () => {
  const bodies = [Buffer.alloc(5 * MIB, 'a'), Buffer.alloc(1000, 'b')] as const

  test('is listed, completed and verified', async () => {
    const place = {...at('big'), uploadId: await store.startUpload(at('big'), HERE, {notes: {digest: 'd2'}})}
    const parts = []
    for (const [index, body] of bodies.entries())
      parts.push(await store.putPart(place, {number: index + 1, body}, HERE))

    expect(await store.openUploads(at('big'), HERE)).toEqual([place.uploadId])
    expect(await store.listParts(place, HERE)).toEqual(parts)
    expect(parts.map(({crc32}) => crc32)).toEqual(bodies.map((body) => crc32Base64(body)))
    await store.completeUpload(place, parts, HERE)
    expect(await store.listParts(place, HERE)).toBeUndefined()
    expect(await store.head(at('big'), HERE)).toMatchObject({bytes: 5 * MIB + 1000, notes: {digest: 'd2'}})
  })

  test('that is ended leaves nothing, and ending it again is fine', async () => {
    const place = {...at('big'), uploadId: await store.startUpload(at('big'), HERE)}

    await store.abortUpload(place, HERE)
    await store.abortUpload(place, HERE)

    expect(await store.openUploads(at('big'), HERE)).toEqual([])
    expect(await store.head(at('big'), HERE)).toBeUndefined()
  })
})

describe('a bucket', () => {
  test('of another Region says where it is, and is not worked with', async () => {
    expect(await store.bucketRegion('elsewhere', HERE)).toBe('eu-central-1')
    await expect(store.put({bucket: 'elsewhere', key: 'k'}, Buffer.from('x'), HERE)).rejects.toMatchObject({
      code: 'BUCKET_ELSEWHERE',
      message: expect.stringContaining('eu-central-1'),
    })
  })

  test('that is not there says so', async () => {
    await expect(store.put({bucket: 'no-such-bucket', key: 'k'}, Buffer.from('x'), HERE)).rejects.toMatchObject({
      code: 'BUCKET_MISSING',
    })
    await expect(store.bucketRegion('no-such-bucket', HERE)).rejects.toMatchObject({code: 'BUCKET_MISSING'})
  })

  test('of another account is refused before a byte is kept', async () => {
    const put = store.put(at('k'), Buffer.from('x'), {...HERE, account: '999999999999'})

    await expect(put).rejects.toMatchObject({code: 'ACCESS_DENIED', why: expect.stringContaining(BUCKET)})
    expect(await store.head(at('k'), HERE)).toBeUndefined()
  })

  test.each([
    ['denied', {kind: 'access-denied'}, 'ACCESS_DENIED', 's3:PutObject'],
    ['slowed down', {kind: 'error', code: 'SlowDown', status: 503, message: 'Slow down'}, 'THROTTLED', 's3:PutObject'],
  ] as const)('whose call is %s names it', async (_, effect, code, action) => {
    sandbox.faults.add({operation: 'PutObject', effect})

    await expect(store.put(at('k'), Buffer.from('x'), HERE)).rejects.toMatchObject({code, action})
  })
})

test('a read goes on where its connection broke, on the same version', async () => {
  const whole = 'abcdefghij'.repeat(1000)
  const server = await startScriptedServer(({headers}) => {
    const [, start = '0', end] = /^bytes=(\d+)-(\d*)/.exec(headers.range ?? '') ?? []
    const rest = whole.slice(Number(start), end ? Number(end) + 1 : undefined)
    // Half of what was promised, then the end of the connection.
    const cut = Number(start) < 7000 ? rest.slice(0, Math.ceil(rest.length / 2)) : rest
    return {
      status: 206,
      headers: {etag: '"v1"', 'content-length': String(rest.length), connection: 'close'},
      body: cut,
    }
  })
  const other = openAwsSession({endpointUrl: server.url, credentials: {accessKeyId: 'a', secretAccessKey: 'b'}})

  const text = await textOf((await other.objectStore()).read(at('k'), undefined, HERE))
  other.close()

  expect(createHash('sha256').update(text).digest('hex')).toBe(createHash('sha256').update(whole).digest('hex'))
  expect(server.seen.length).toBeGreaterThan(1)
  expect(server.seen.slice(1).map(({headers}) => headers['if-match'])).toEqual(server.seen.slice(1).map(() => '"v1"'))
})

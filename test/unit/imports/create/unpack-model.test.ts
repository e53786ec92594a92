import {gzipSync} from 'node:zlib'
import {pack} from 'tar-stream'
import {describe, expect, test} from 'vitest'
import {unpackModel} from '../../../../src/lib/imports/create/unpack-model.js'
import {MemoryStore} from '../../../support/memory-store.js'
import {movingClock} from '../../../support/moving-clock.js'

type Member = readonly [name: string, body: string | Buffer, type?: 'symlink' | 'link' | 'character-device']

const OWNER = {region: 'us-east-1', account: '111122223333'}

async function archiveOf(members: readonly Member[]): Promise<Buffer> {
  const tar = pack()
  for (const [name, body, type] of members) {
    if (type === undefined) tar.entry({name}, Buffer.from(body))
    else tar.entry({name, type, linkname: String(body), size: 0})
  }
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar) chunks.push(chunk as Uint8Array)
  return gzipSync(Buffer.concat(chunks))
}

async function unpack(archive: Buffer, store = new MemoryStore()) {
  const place = {bucket: 'b', key: 'out/model.tar.gz'}
  if (store.bytesOf(place.key) === undefined) await store.put(place, archive, OWNER)
  const read: number[] = []
  const result = await unpackModel(
    {
      archive: place,
      archiveOwner: OWNER,
      target: {bucket: 'b', key: 'out/hf/'},
      owner: OWNER,
      kmsKeyId: undefined,
      signal: new AbortController().signal,
      onProgress: (done) => read.push(done),
      onRetry: () => undefined,
    },
    {store, clock: movingClock()},
  )
  return {result, store, read}
}

const MODEL: readonly Member[] = [
  ['config.json', '{}'],
  ['tokenizer.json', '{"a": 1}'],
  ['model.safetensors', Buffer.alloc(100_000, 7)],
]
const ofStore = (store: MemoryStore) => [...store.objects.keys()].filter((key) => key.startsWith('out/hf/')).sort()

test('the files of a model come out as they went in, and what is none stays behind', async () => {
  const archive = await archiveOf([...MODEL, ['trainer_state.json', '{}'], ['checkpoint-9/config.json', '{}']])
  const {read, result, store} = await unpack(archive)

  expect(ofStore(store)).toEqual(['out/hf/config.json', 'out/hf/model.safetensors', 'out/hf/tokenizer.json'])
  expect(store.bytesOf('out/hf/model.safetensors')).toEqual(Buffer.alloc(100_000, 7))
  expect(result).toMatchObject({files: 3, leftOut: ['trainer_state.json', 'checkpoint-9/config.json']})
  expect(read.at(-1)).toBe(archive.length)
})

test.each(['./', 'model/', './merged/'])('one folder that holds everything is gone into: %s', async (folder) => {
  const {store} = await unpack(await archiveOf(MODEL.map(([name, body]) => [`${folder}${name}`, body])))

  expect(ofStore(store)).toHaveLength(3)
})

test('unpacked twice, nothing is sent again', async () => {
  const archive = await archiveOf(MODEL)
  const {result: first, store} = await unpack(archive)
  const {result: second} = await unpack(archive, store)

  expect(first.sentBytes).toBe(first.bytes)
  expect(second).toEqual({...first, sentBytes: 0})
})

test('a member larger than a part goes in parts', async () => {
  const big = Buffer.alloc(20 * 1024 * 1024, 3)
  const {store} = await unpack(await archiveOf([...MODEL.slice(0, 1), ['model-00001-of-00001.safetensors', big]]))

  expect(store.bytesOf('out/hf/model-00001-of-00001.safetensors')?.equals(big)).toBe(true)
})

describe('nothing is taken of an archive', () => {
  test.each<readonly [string, Member]>([
    ['leads out of the folder', ['../config.json', '{}']],
    ['leads out of the folder', ['/etc/config.json', '{}']],
    ['leads out of the folder', ['model/../../config.json', '{}']],
    ['leads out of the folder', ['a\\config.json', '{}']],
    ['is a link', ['config.json', '/etc/passwd', 'symlink']],
    ['is a link', ['tokenizer.json', 'config.json', 'link']],
    ['is no file', ['config.json', '', 'character-device']],
  ])('with a member that %s: %j', async (why, member) => {
    const store = new MemoryStore()

    await expect(unpack(await archiveOf([member, ...MODEL]), store)).rejects.toMatchObject({
      code: 'ARCHIVE_REFUSED',
      why: expect.stringContaining(why),
    })
    expect(ofStore(store)).toEqual([])
  })
})

test('a file that is there twice is refused', async () => {
  await expect(unpack(await archiveOf([...MODEL, ['config.json', '[]']]))).rejects.toMatchObject({
    why: 'Its member config.json is there twice.',
  })
})

test('an archive without config.json is no model', async () => {
  await expect(unpack(await archiveOf(MODEL.slice(1)))).rejects.toMatchObject({code: 'ARCHIVE_REFUSED'})
})

test('what is cut off, or no archive at all, is told as damaged', async () => {
  const archive = await archiveOf([
    ...MODEL,
    ['merges.txt', Buffer.from(Array.from({length: 90_000}, () => Math.random() * 256))],
  ])

  await expect(unpack(archive.subarray(0, archive.length - 40_000))).rejects.toMatchObject({code: 'ARCHIVE_DAMAGED'})
  await expect(unpack(Buffer.from('no archive'))).rejects.toMatchObject({code: 'ARCHIVE_DAMAGED'})
  await expect(unpack(gzipSync(Buffer.alloc(3000, 65)))).rejects.toMatchObject({code: 'ARCHIVE_DAMAGED'})
})

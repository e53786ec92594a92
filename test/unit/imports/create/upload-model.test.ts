import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {neededFiles} from '../../../../src/lib/imports/create/needed-files.js'
import {uploadModel} from '../../../../src/lib/imports/create/upload-model.js'
import type {ModelFolder} from '../../../../src/lib/imports/files/model-folder.js'
import {MemoryStore} from '../../../support/memory-store.js'
import {movingClock} from '../../../support/moving-clock.js'

const MIB = 1024 * 1024
const BIG = Buffer.alloc(20 * MIB, 5)

const FILES: Readonly<Record<string, Buffer>> = {
  'config.json': Buffer.from('{}'),
  'model-00001-of-00001.safetensors': BIG,
  'model.safetensors.index.json': Buffer.from('{"weight_map": {}}'),
  'tokenizer.json': Buffer.from('{"t": 1}'),
}

function folderOf(files: Readonly<Record<string, Buffer>>): ModelFolder {
  const listed = Object.entries(files).map(([path, {length}]) => ({path, bytes: length}))
  return {
    name: './m',
    kind: 'local',
    list: async () => ({files: listed, odd: [], unseen: []}),
    read: async ({path}, start, end) => files[path]?.subarray(start, end) ?? Buffer.alloc(0),
  }
}

async function upload(store: MemoryStore, files = FILES, signal = new AbortController().signal) {
  const folder = folderOf(files)
  const progress: (readonly number[])[] = []
  const listed = (await folder.list()).files
  const {needed} = neededFiles(listed, new Set(['model-00001-of-00001.safetensors']))
  const result = await uploadModel(
    {
      folder,
      files: needed,
      target: {bucket: 'b', key: 'in/tiny/'},
      owner: {region: 'us-east-1', account: '111122223333'},
      kmsKeyId: undefined,
      signal,
      onProgress: (...told) => progress.push(told),
      onRetry: () => undefined,
    },
    {store, clock: movingClock()},
  )
  return {result, progress}
}

const TOTAL = Object.values(FILES).reduce((sum, {length}) => sum + length, 0)

test('weights go first, what makes a folder a model last, and every byte is counted', async () => {
  const store = new MemoryStore()
  const {progress, result} = await upload(store)

  expect(store.written).toEqual([
    'in/tiny/model-00001-of-00001.safetensors',
    'in/tiny/tokenizer.json',
    'in/tiny/model.safetensors.index.json',
    'in/tiny/config.json',
  ])
  expect(store.bytesOf('in/tiny/model-00001-of-00001.safetensors')?.equals(BIG)).toBe(true)
  expect(result).toEqual({files: 4, bytes: TOTAL, sentBytes: TOTAL})
  expect(progress.at(-1)).toEqual([TOTAL, TOTAL, TOTAL])
})

test('what is there with the same bytes is not sent again, and a file that changed is', async () => {
  const store = new MemoryStore()
  await upload(store)
  const again = await upload(store)
  const changed = {...FILES, 'tokenizer.json': Buffer.from('{"t": 2}')}
  const third = await upload(store, changed)

  expect(again.result.sentBytes).toBe(0)
  expect(third.result.sentBytes).toBe(8)
  expect(store.bytesOf('in/tiny/tokenizer.json')?.toString()).toBe('{"t": 2}')
})

test('an upload that broke is taken up: parts that S3 has are not sent again', async () => {
  const store = new MemoryStore()
  const denied = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})
  let parts = 0
  const {putPart} = store
  store.putPart = (place, part, ...rest) => {
    parts += 1
    if (parts === 3) store.failures.push(denied)
    return putPart.call(store, place, part, ...rest)
  }

  await expect(upload(store)).rejects.toBe(denied)
  const open = store.uploads.size
  const before = parts
  const {result} = await upload(store)

  expect(open).toBe(1)
  expect(parts - before).toBe(1)
  expect(store.uploads.size).toBe(0)
  expect(result.sentBytes).toBe(TOTAL - 16 * MIB)
  expect(store.bytesOf('in/tiny/model-00001-of-00001.safetensors')?.equals(BIG)).toBe(true)
})

test('parts of other bytes that were begun do not spoil the object', async () => {
  const store = new MemoryStore()
  const place = {bucket: 'b', key: 'in/tiny/model-00001-of-00001.safetensors'}
  const uploadId = await store.startUpload(place, {region: 'us-east-1'}, {notes: {'bedrockctl-sha256': 'other'}})
  await store.putPart({uploadId}, {number: 1, body: Buffer.alloc(8 * MIB, 9)})

  await upload(store)

  expect(store.bytesOf(place.key)?.equals(BIG)).toBe(true)
  expect(store.objects.get(place.key)?.notes['bedrockctl-sha256']).not.toBe('other')
})

test('Ctrl-C ends it before the model is one', async () => {
  const store = new MemoryStore()
  const stop = new AbortController()
  stop.abort()

  await expect(upload(store, FILES, stop.signal)).rejects.toMatchObject({name: 'AbortError'})
  expect(store.written).toEqual([])
})

import {existsSync, readdirSync} from 'node:fs'
import fc from 'fast-check'
import {afterEach, expect, test} from 'vitest'
import {Content} from '../../../../../src/lib/sandbox/world/objects/content.js'
import {compareKeys, lowerBound} from '../../../../../src/lib/sandbox/world/objects/key-order.js'
import {ObjectStore} from '../../../../../src/lib/sandbox/world/objects/object-store.js'

const stores: ObjectStore[] = []

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.dispose()))
})

/** Objects of more than eight bytes go to files. */
function aStore(): ObjectStore {
  const store = new ObjectStore({now: () => 1_700_000_000_500, limits: {object: 8, total: 1000}})
  store.addBucket({account: '111122223333', region: 'us-east-1', bucket: {name: 'bucket', createdOn: '2026-01-01'}})
  stores.push(store)
  return store
}

async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function textOf(chunks: AsyncIterable<Buffer> | undefined): Promise<string> {
  const all: Buffer[] = []
  for await (const chunk of chunks ?? []) all.push(chunk)
  return Buffer.concat(all).toString()
}

const filesOf = async (store: ObjectStore): Promise<string[]> => {
  const folder = await store.contents.folder()
  return folder === undefined ? [] : readdirSync(folder)
}

test('a small object makes no folder, and is read as it was put', async () => {
  const store = aStore()

  const object = await store.put('bucket', 'a', 'small')

  expect(object).toMatchObject({bytes: 5, etag: 'eb5c1399a871211c7e7ed732d15e3a8b', modifiedAt: 1_700_000_000_000})
  expect(await textOf(store.get('bucket', 'a')?.content.read())).toBe('small')
  expect(store.contents.folder()).toBeUndefined()
})

test('a larger object is a file until it is deleted, overwritten or the store is disposed of', async () => {
  const store = aStore()

  await store.put('bucket', '../../etc/passwd', chunksOf('larger ', 'than ', 'eight'))
  expect(await filesOf(store)).toEqual(['1'])
  expect(await textOf(store.get('bucket', '../../etc/passwd')?.content.read())).toBe('larger than eight')
  await store.put('bucket', '../../etc/passwd', 'small')
  await store.put('bucket', 'b', 'large enough again')
  await expect.poll(() => filesOf(store)).toEqual(['2'])
  store.delete('bucket', 'b')
  await expect.poll(() => filesOf(store)).toEqual([])
  const folder = (await store.contents.folder()) ?? ''
  await store.dispose()

  expect(existsSync(folder)).toBe(false)
})

test('bytes that are being read outlive their object', async () => {
  const store = aStore()
  await store.put('bucket', 'a', 'large enough for a file')

  const reading = store.get('bucket', 'a')?.content.read()
  store.delete('bucket', 'a')

  expect(await textOf(reading)).toBe('large enough for a file')
  await expect.poll(() => filesOf(store)).toEqual([])
})

test('a source that fails leaves nothing behind', async () => {
  const store = aStore()
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('more than eight bytes')
    throw new Error('cut off')
  }

  await expect(store.put('bucket', 'a', broken())).rejects.toThrow('cut off')

  expect(store.get('bucket', 'a')).toBeUndefined()
  expect(await filesOf(store)).toEqual([])
})

test('small objects go to files once memory is used up', async () => {
  const store = aStore()

  for (let index = 0; index < 130; index++) await store.put('bucket', `key-${index}`, '12345678')

  expect((await filesOf(store)).length).toBe(5)
})

test('a slice of joined contents is the slice of the joined bytes', async () => {
  const store = aStore()
  const texts = fc.array(fc.string({unit: 'grapheme-ascii', maxLength: 20}), {maxLength: 5})
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(100), fc.nat(100), async (parts, a, b) => {
      const whole = parts.join('')
      const [start = 0, end = 0] = [a, b].map((at) => Math.min(at, whole.length)).sort((x, y) => x - y)
      const contents = await Promise.all(parts.map(async (part) => (await store.receive(part)).content))

      const slice = Content.join(contents).slice(start, end)

      expect(slice.bytes).toBe(end - start)
      expect(await textOf(slice.read())).toBe(whole.slice(start, end))
    }),
    {numRuns: 50},
  )
})

const keys = fc.string({unit: 'grapheme', minLength: 1, maxLength: 4})

test('keys are in the order of their UTF-8 bytes', () => {
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
  expect(compareKeys('\u{1F600}', '\uFF01')).toBeGreaterThan(0)
})

test('a list has every key with the prefix, in order, from where it is told to start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(keys, {maxLength: 30}), keys, keys, async (all, prefix, from) => {
      const store = aStore()
      for (const key of all) await store.put('bucket', key, '')
      const sorted = [...all].sort(compareKeys)

      expect([...store.list('bucket')].map(({key}) => key)).toEqual(sorted)
      expect([...store.list('bucket', prefix)].map(({key}) => key)).toEqual(
        sorted.filter((key) => key.startsWith(prefix)),
      )
      expect(sorted.slice(lowerBound(sorted, from))).toEqual(sorted.filter((key) => compareKeys(key, from) >= 0))
    }),
    {numRuns: 50},
  )
})

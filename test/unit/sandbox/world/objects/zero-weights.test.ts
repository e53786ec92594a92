import {expect, test} from 'vitest'
import {buildObjectStore} from '../../../../../src/lib/sandbox/world/objects/build-object-store.js'

const bucket = {
  name: 'models',
  createdOn: '2025-01-10',
  objects: [
    {key: 'small.safetensors', content: {tensors: {a: 'BF16 2x3'}}},
    {key: 'large.safetensors', content: {tensors: {a: 'F32 200000x100000', b: 'BF16 7'}}},
  ],
}
const store = buildObjectStore([{account: '111122223333', region: 'us-east-1', buckets: [bucket]}], () => 0)

async function bytes(key: string, start: number, end: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  const content = store.get('models', key)?.content.slice(start, end)
  for await (const chunk of content?.read() ?? []) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('weights of 80 GB are an object of that size, and any part of it can be read', async () => {
  const object = store.get('models', 'large.safetensors')
  const header = Number((await bytes('large.safetensors', 0, 8)).readBigUInt64LE())
  const size = 8 + header + 80_000_000_000 + 14
  expect(object?.bytes).toBe(size)
  expect(object?.etag).toMatch(/^[0-9a-f]{32}-1193$/)
  expect(JSON.parse(String(await bytes('large.safetensors', 8, 8 + header)))).toEqual({
    __metadata__: {format: 'pt'},
    a: {dtype: 'F32', shape: [200_000, 100_000], data_offsets: [0, 80_000_000_000]},
    b: {dtype: 'BF16', shape: [7], data_offsets: [80_000_000_000, 80_000_000_014]},
  })
  expect(await bytes('large.safetensors', size - 3, size)).toEqual(Buffer.alloc(3))
  expect(await bytes('large.safetensors', header, header + 1_000_000)).toHaveLength(1_000_000)
})

test('few weights are an object like any other', async () => {
  const object = store.get('models', 'small.safetensors')
  const header = Number((await bytes('small.safetensors', 0, 8)).readBigUInt64LE())
  expect([object?.bytes, header % 8]).toEqual([8 + header + 12, 0])
  expect(object?.etag).toMatch(/^[0-9a-f]{32}$/)
})

import {expect, test} from 'vitest'
import {openS3Folder} from '../../../../src/lib/imports/files/s3-folder.js'
import type {ObjectStore} from '../../../../src/lib/jobs/ports.js'

const OWNER = {region: 'us-east-1'}

/** A bucket with these keys; it tells which prefixes were listed. */
function bucketOf(...keys: readonly string[]) {
  const listed: string[] = []
  const reads: unknown[] = []
  const store: Pick<ObjectStore, 'list' | 'read'> = {
    async *list(bucket, prefix) {
      listed.push(prefix)
      for (const key of [...keys].sort()) {
        if (key.startsWith(prefix)) yield {bucket, key, bytes: key.length, etag: `v-${key}`, modifiedAt: ''}
      }
    },
    async *read(place, range) {
      reads.push({...place, ...range})
      yield Buffer.from('ab')
      yield Buffer.from('c')
    },
  }
  return {listed, reads, open: (key: string) => openS3Folder(store, {bucket: 'b', key}, OWNER)}
}

test('files are those below the prefix, whether or not it ends with a slash', async () => {
  const bucket = bucketOf('m/', 'm/config.json', 'm/sub/x.bin')

  const [bare, slash] = await Promise.all([bucket.open('m').list(), bucket.open('m/').list()])

  expect(bare.files.map(({path}) => path)).toEqual(['config.json', 'sub/x.bin'])
  expect(slash).toEqual(bare)
})

test.each([
  ['behind it', ['m/config.json', 'm2/config.json'], 'm2/config.json', ['m']],
  ['before it', ['m-old/config.json', 'm/config.json'], 'm-old/config.json', ['m', 'm/']],
])('a folder %s that the prefix names too is told, and is no part of the model', async (_, keys, neighbour, listed) => {
  const bucket = bucketOf(...keys)

  const found = await bucket.open('m').list()

  expect(found.files.map(({path}) => path)).toEqual(['config.json'])
  expect(found.neighbour).toBe(neighbour)
  expect(bucket.listed).toEqual(listed)
})

test('an address of an object is told as one', async () => {
  const found = await bucketOf('m/model.tar.gz').open('m/model.tar.gz').list()

  expect(found).toMatchObject({files: [], isObject: true})
})

test('a part is read of the version that was listed', async () => {
  const bucket = bucketOf('m/config.json')
  const folder = bucket.open('m')
  const {files} = await folder.list()

  const bytes = await folder.read({path: 'config.json', bytes: files[0]?.bytes ?? 0}, 0, 3)

  expect(String(bytes)).toBe('abc')
  expect(bucket.reads).toEqual([{bucket: 'b', key: 'm/config.json', etag: 'v-m/config.json', start: 0, end: 3}])
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openShards} from '../../../../src/lib/batch/collect/shards-source.js'
import type {ObjectStore, S3Place} from '../../../../src/lib/jobs/ports.js'
import {batchPlan} from '../../../support/batch-plan.js'
import {memorySource} from '../../../support/memory-source.js'

const OWNER = {region: 'us-east-1'}
const placeOf = (shard: number): S3Place => ({bucket: 'b', key: `${shard}.jsonl`})

function storeOf(objects: ReadonlyMap<string, Buffer>): Pick<ObjectStore, 'head' | 'read'> {
  return {
    async head({bucket, key}) {
      const bytes = objects.get(key)
      return bytes && {bucket, key, bytes: bytes.length, etag: key, modifiedAt: ''}
    },
    read: ({key}, range) => memorySource(objects.get(key) ?? '').read(range ?? {start: 0, end: 0}),
  }
}

/** Lines of an input, each in one of three shards or, 0, in none. */
const shares = fc.array(fc.record({line: fc.stringMatching(/^[a-z]{0,9}$/), shard: fc.integer({min: 0, max: 3})}), {
  minLength: 1,
  maxLength: 30,
})

function cut(lines: readonly {readonly line: string; readonly shard: number}[]) {
  const objects = new Map<string, Buffer>()
  const segments = new Map<number, [number, number][]>()
  let position = 0
  for (const {line, shard} of lines) {
    const bytes = Buffer.from(`${line}\n`)
    const own = segments.get(shard) ?? []
    own.push([position, position + bytes.length])
    position += bytes.length
    segments.set(shard, own)
    objects.set(`${shard}.jsonl`, Buffer.concat([objects.get(`${shard}.jsonl`) ?? Buffer.alloc(0), bytes]))
  }
  const shards = [...segments].flatMap(([number, own]) =>
    number === 0
      ? []
      : [{number, records: own.length, bytes: objects.get(`${number}.jsonl`)?.length ?? 0, sha256: '', segments: own}],
  )
  const input = {name: 'in', bytes: position, revision: 'r', records: lines.length, rejected: 0}
  return {plan: batchPlan({shards, input}), objects}
}

test('any range of the input reads as it was, and what no shard has as one blank line', async () => {
  await fc.assert(
    fc.asyncProperty(shares, fc.nat(), fc.nat(), async (lines, a, b) => {
      const {objects, plan} = cut(lines)
      const source = await openShards(plan, placeOf, storeOf(objects), OWNER)
      const [start = 0, end = 0] = [a % (source.bytes + 1), b % (source.bytes + 1)].toSorted((one, two) => one - two)
      const chunks: Buffer[] = []
      for await (const chunk of source.read({start, end})) chunks.push(Buffer.from(chunk))
      const whole = Buffer.from(lines.map(({line}) => `${line}\n`).join(''))
      let position = 0
      for (const {line, shard} of lines) {
        if (shard === 0) whole.fill(0x20, position, position + line.length + 1)
        position += line.length + 1
      }

      expect(Buffer.concat(chunks).toString().replaceAll('\n', ' ')).toBe(
        whole.toString('utf8', start, end).replaceAll('\n', ' '),
      )
    }),
  )
})

test('shards that are gone or of another size stand in for nothing', async () => {
  const {objects, plan} = cut([{line: 'a', shard: 1}])
  const other = new Map([['1.jsonl', Buffer.from('longer than it was')]])

  await expect(openShards(plan, placeOf, storeOf(new Map()), OWNER)).rejects.toMatchObject({code: 'INPUT_MISSING'})
  await expect(openShards(plan, placeOf, storeOf(other), OWNER)).rejects.toMatchObject({code: 'INPUT_MISSING'})
  await expect(openShards(plan, placeOf, storeOf(objects), OWNER)).resolves.toMatchObject({bytes: 2, revision: 'r'})
})

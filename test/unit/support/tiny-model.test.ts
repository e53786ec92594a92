import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {withHeaderLength} from '../../support/safetensors-file.js'
import {type ModelFiles, putModel, tinyFolder, tinyModel} from '../../support/tiny-model.js'

const SHARD = 'model-00001-of-00002.safetensors'

function read(files: ModelFiles, path: string): Record<string, unknown> {
  return JSON.parse(String(files.get(path))) as Record<string, unknown>
}

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

function header(file: Buffer): readonly (readonly [string, Entry])[] {
  const length = Number(file.readBigUInt64LE())
  const {__metadata__: _, ...tensors} = JSON.parse(file.subarray(8, 8 + length).toString()) as Record<string, Entry>
  return Object.entries(tensors)
}

describe('the tiny model', () => {
  test('has shards whose tensors cover them, and an index that names each', () => {
    const files = tinyModel()
    const {weight_map: map, metadata} = read(files, 'model.safetensors.index.json')
    const shards = [...files].filter(([path]) => path.endsWith('.safetensors'))
    let total = 0
    for (const [path, file] of shards) {
      const entries = header(file)
      const data = file.length - 8 - Number(file.readBigUInt64LE())
      let end = 0
      for (const [
        name,
        {
          shape,
          data_offsets: [from, to],
        },
      ] of entries) {
        expect(map).toHaveProperty([name], path)
        expect([from, to - from]).toEqual([end, shape.reduce((product, size) => product * size, 2)])
        end = to
      }
      expect(end).toBe(data)
      total += data
    }
    expect(shards).toHaveLength(2)
    expect(metadata).toEqual({total_size: total})
    expect(Object.keys(map as object)).toHaveLength(21)
  })

  test('has as many tokens as its embedding has rows', () => {
    const {model} = read(tinyModel(), 'tokenizer.json') as {model: {vocab: Record<string, number>}}
    const {vocab_size: rows} = read(tinyModel(), 'config.json')
    const ids = Object.values(model.vocab).sort((a, b) => a - b)
    expect(ids).toEqual(Array.from({length: rows as number}, (_, id) => id))
  })

  test('changes what it is told to, and nothing else', () => {
    const valid = tinyModel()
    const broken = tinyModel({
      config: {model_type: 'phi', hidden_act: undefined},
      index: ({weight_map}) => ({weight_map}),
      header: (text, shard) => (shard === SHARD ? text.replace('"BF16"', '"I8"') : text),
      files: {'tokenizer.json': undefined, 'notes.txt': 'x', 'generation_config.json': (file) => file.subarray(0, 3)},
    })
    const same = [...valid].filter(([path, file]) => broken.get(path)?.equals(file)).map(([path]) => path)
    expect(same).toEqual(['tokenizer_config.json', 'model-00002-of-00002.safetensors'])
    expect(read(broken, 'config.json')).toMatchObject({model_type: 'phi', vocab_size: 64})
    expect(read(broken, 'config.json')).not.toHaveProperty('hidden_act')
    expect(Object.keys(read(broken, 'model.safetensors.index.json'))).toEqual(['weight_map'])
    expect(header(broken.get(SHARD) ?? Buffer.alloc(8))[0]?.[1].dtype).toBe('I8')
    expect([...broken.keys()]).toContain('notes.txt')
    expect(broken.get('generation_config.json')).toHaveLength(3)
  })

  test('makes shards and index follow its tensors', () => {
    const files = tinyModel({tensors: (all) => all.map((tensor) => ({...tensor, shard: 1}))})
    expect([...files.keys()].filter((path) => path.endsWith('.safetensors'))).toEqual([
      'model-00001-of-00001.safetensors',
    ])
  })

  test('lies in a folder or in a bucket', async () => {
    const folder = await tinyFolder({files: {'metal/model.bin': 'x'}})
    const put = new Map<string, Buffer>()
    await putModel(async (key, bytes) => put.set(key, bytes), 'models/tiny/')
    expect(await readdir(folder)).toContain('metal')
    expect(await readFile(join(folder, SHARD))).toEqual(put.get(`models/tiny/${SHARD}`))
  })
})

test('a header length can be any, in either order of bytes', () => {
  const file = tinyModel().get(SHARD) ?? Buffer.alloc(8)
  const length = file.readBigUInt64LE()
  expect(withHeaderLength(file, 2n ** 60n).readBigUInt64LE()).toBe(2n ** 60n)
  expect(withHeaderLength(file, length, 'big').readBigUInt64BE()).toBe(length)
})

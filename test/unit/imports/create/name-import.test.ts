import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {findExisting} from '../../../../src/lib/imports/create/find-existing.js'
import {
  type AskedImport,
  checkedModelName,
  digestOfFiles,
  nameImport,
  nameOfFolder,
} from '../../../../src/lib/imports/create/name-import.js'
import {neededFiles} from '../../../../src/lib/imports/create/needed-files.js'
import {importedModel, importJob} from '../../../support/import-case.js'

const ASKED: AskedImport = {
  modelName: 'house_llama',
  roleArn: 'arn:aws:iam::111122223333:role/BedrockImport',
  s3Uri: 's3://models/tiny/',
  tags: {team: 'a', stage: 'b'},
}

describe('the name of an import', () => {
  test('and its token follow from what is asked for alone', () => {
    const once = nameImport(ASKED, 'f', [])
    const again = nameImport({...ASKED, tags: {stage: 'b', team: 'a'}}, 'f', [])

    expect(again).toEqual({...once, tags: again.tags})
    expect(once.jobName).toMatch(/^house-llama-[0-9a-f]{8}$/)
    expect(once.clientRequestToken).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each<readonly [string, Partial<AskedImport>, string]>([
    ['files', {}, 'g'],
    ['place', {s3Uri: 's3://models/other/'}, 'f'],
    ['role', {roleArn: 'arn:aws:iam::111122223333:role/Other'}, 'f'],
    ['key', {kmsKeyId: 'k'}, 'f'],
  ])('is another one for another %s', (_, over, files) => {
    expect(nameImport({...ASKED, ...over}, files, []).jobName).not.toBe(nameImport(ASKED, 'f', []).jobName)
  })

  test('is that of the job while it runs, and a new one after it failed', () => {
    const {jobName: name} = nameImport(ASKED, 'f', [])
    const failed = importJob({name, state: 'Failed'})

    expect(nameImport(ASKED, 'f', [importJob({name})]).jobName).toBe(name)
    expect(nameImport(ASKED, 'f', [failed]).jobName).toBe(`${name}-2`)
    expect(nameImport(ASKED, 'f', [importJob({name: `${name}-2`, state: 'Failed'}), failed]).jobName).toBe(`${name}-3`)
  })

  test('is one that the service takes, whatever the model is called', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^([0-9a-zA-Z][_-]?){1,31}$/), (modelName) => {
        const {jobName} = nameImport({...ASKED, modelName: checkedModelName(modelName)}, 'f', [])
        expect(jobName.length).toBeLessThanOrEqual(63)
        expect(jobName).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9+\-.])*$/)
      }),
    )
  })

  test('of a model is made of its folder, and refused where the service would', () => {
    expect(nameOfFolder('/models/Llama 3.1_8B/')).toBe('Llama-3-1-8B')
    expect(nameOfFolder('s3://models/house-llama/')).toBe('house-llama')
    expect(nameOfFolder('/')).toBeUndefined()
    expect(() => checkedModelName('a--b')).toThrow('is no name for a model')
    expect(() => checkedModelName('')).toThrow('is no name for a model')
  })
})

test('a digest of files is the same in any order, and another one for other bytes', () => {
  const [a, b] = [
    {key: 'a', bytes: 1, etag: 'x'},
    {key: 'b', bytes: 2, etag: 'y'},
  ]

  expect(digestOfFiles([a, b])).toBe(digestOfFiles([b, a]))
  expect(digestOfFiles([a, {...b, etag: 'z'}])).not.toBe(digestOfFiles([a, b]))
})

describe('the same import before', () => {
  const signal = new AbortController().signal
  const asked = {modelName: 'tiny', s3Uri: 's3://models/tiny'}
  const source = (model = false, running = false, s3Uri = 's3://models/tiny/') => ({
    model: async () => (model ? importedModel({s3Uri}) : undefined),
    jobs: async () => (running ? [importJob({s3Uri: null})] : []),
    job: async () => importJob({s3Uri}),
  })

  test('is found by its model, or by its job', async () => {
    expect(await findExisting(asked, 'us-east-1', source(true), signal)).toMatchObject({kind: 'imported'})
    expect(await findExisting(asked, 'us-east-1', source(false, true), signal)).toMatchObject({kind: 'running'})
    expect(await findExisting(asked, 'us-east-1', source(), signal)).toBeUndefined()
  })

  test.each([
    ['model', source(true, false, 's3://models/other/')],
    ['running import', source(false, true, 's3://models/other/')],
  ])('is refused when a %s of that name is another one', async (what, other) => {
    await expect(findExisting(asked, 'us-east-1', other, signal)).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringContaining(what),
      why: expect.stringContaining('s3://models/other/'),
    })
  })
})

test('only what an import needs is uploaded', () => {
  const files = [
    ...['config.json', 'model.safetensors.index.json', 'a.safetensors', 'b.safetensors', 'consolidated.safetensors'],
    ...[
      'tokenizer.json',
      'tokenizer_config.json',
      'README.md',
      'pytorch_model.bin',
      'original/params.json',
      'merges.txt',
    ],
  ].map((path) => ({path, bytes: 1}))
  const {leftOut, needed} = neededFiles(files, new Set(['a.safetensors', 'b.safetensors']))

  expect(needed.map(({path}) => path)).toEqual([
    'a.safetensors',
    'b.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
    'merges.txt',
    'model.safetensors.index.json',
    'config.json',
  ])
  expect(leftOut.map(({path}) => path)).toEqual([
    'consolidated.safetensors',
    'README.md',
    'pytorch_model.bin',
    'original/params.json',
  ])
})

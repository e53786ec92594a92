import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {packageRoot} from '../../../src/lib/core/package-root.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalog-'))
  cpSync(join(packageRoot(), 'data', 'catalog'), folder, {recursive: true})
})

afterEach(() => rmSync(folder, {recursive: true}))

async function failureOf(work: () => Promise<unknown>): Promise<BedrockctlError> {
  const failure = await work().catch((error: unknown) => error)
  if (failure instanceof BedrockctlError) return failure
  throw new Error('it did not fail as it should', {cause: failure})
}

test('look-ups are exact', async () => {
  const catalog = await openCatalog()

  expect(catalog.model('anthropic.claude-sonnet-4-6')?.name).toBe('Claude Sonnet 4.6')
  expect(catalog.model('anthropic.claude-sonnet-4')).toBeUndefined()
  expect(catalog.profile('eu.anthropic.claude-sonnet-4-6')?.model.id).toBe('anthropic.claude-sonnet-4-6')
  expect(catalog.profile('ca.anthropic.claude-sonnet-4-6')).toBeUndefined()
  expect(catalog.region('eu-west-2')?.geographies).toEqual(['uk', 'eu'])
  expect(catalog.region('eu-west-9')).toBeUndefined()
  expect(catalog.geography('jp')?.regions).toEqual(['ap-northeast-1', 'ap-northeast-3'])
})

test('prices and features are read only when asked for, and once', async () => {
  rmSync(join(folder, 'features.json'))
  const catalog = await openCatalog({folder})

  expect(await catalog.prices()).toBe(await catalog.prices())
  expect((await failureOf(() => catalog.features())).message).toContain('features.json')
})

test.each(['index.json', 'models.json', 'regions.json'])('a missing %s is named with its remedy', async (file) => {
  rmSync(join(folder, file))

  const failure = await failureOf(() => openCatalog({folder}))

  expect(failure.code).toBe('CATALOG_DAMAGED')
  expect(failure.message).toContain(join(folder, file))
  expect(failure.hint).toContain('Install bedrockctl again')
})

test('a cut file is damaged', async () => {
  const file = join(folder, 'models.json')
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 5000))

  expect((await failureOf(() => openCatalog({folder}))).code).toBe('CATALOG_DAMAGED')
})

test.each([
  ['null', 'null'],
  ['an empty object', '{}'],
  [
    'an index that leads nowhere',
    '{"schemaVersion":1,"sources":[],"sourceSets":[],"regionSets":[],"routes":[],"models":[{}]}',
  ],
])('%s is damaged, not empty', async (_, text) => {
  writeFileSync(join(folder, 'models.json'), text)

  expect((await failureOf(() => openCatalog({folder}))).code).toBe('CATALOG_DAMAGED')
})

test.each(['index', 'regions', 'features', 'prices', 'batch', 'custom-models'])(
  'a %s.json without its records is damaged',
  async (name) => {
    writeFileSync(join(folder, `${name}.json`), '{"schemaVersion":1}')

    const failure = await failureOf(async () => {
      const catalog = await openCatalog({folder})
      await catalog.features()
      await catalog.prices()
      await catalog.batch()
      await catalog.customModels()
    })

    expect(failure.message).toContain(`${name}.json`)
  },
)

test('a layout of another version is refused by its number', async () => {
  const file = join(folder, 'regions.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 2'))

  const failure = await failureOf(() => openCatalog({folder}))

  expect(failure.code).toBe('CATALOG_DAMAGED')
  expect(failure.why).toBe('layout 2, this program reads 1')
})

test('a model whose end of life has come since the compilation is at its end of life', async () => {
  const status = async (now: string) =>
    (await openCatalog({now: new Date(now)})).model('ai21.jamba-1-5-large-v1:0')?.lifecycle.status

  expect([await status('2026-11-21'), await status('2026-11-26')]).toEqual(['LEGACY', 'EOL'])
})

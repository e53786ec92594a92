import {expect, test} from 'vitest'
import {catalogShowSchema} from '../../../src/lib/catalog/catalog-show.schema.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {catalogShowView} from '../../../src/lib/catalog/render-catalog.js'
import {showCatalog} from '../../../src/lib/catalog/show-catalog.js'
import {widthOf} from '../../../src/lib/output/wrap.js'

const catalog = await openCatalog()
const result = await showCatalog(catalog, new Date('2026-12-01T12:00:00Z'))
const plain = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

test('the answer has the shape of its schema', () => {
  expect(catalogShowSchema.safeParse(result).error).toBeUndefined()
})

test('the age is counted from the day of the compilation', () => {
  expect([result.compiledOn, result.ageDays]).toEqual(['2026-11-21', 10])
})

test('every model has one status', () => {
  const statuses = ['ACTIVE', 'LEGACY', 'PREVIEW', 'EOL', 'UNLISTED']
  const counted = result.coverage.filter(({item, subject}) => subject === 'models' && statuses.includes(item))

  expect(counted.reduce((sum, {known}) => sum + known, 0)).toBe(catalog.models.length)
})

test('every geographic profile has all, some or none of its routes known', () => {
  const counted = result.coverage.filter(({item}) => item.startsWith('geo, '))
  const geographic = result.coverage.find(({item}) => item === 'geographic')

  expect(counted.reduce((sum, {known}) => sum + known, 0)).toBe(geographic?.known)
})

test('every source that a record names is listed, with its own date and age', () => {
  const listed = new Set(result.sources.map(({name}) => name))
  const probe = result.sources.find(({name}) => name.startsWith('mirai'))

  expect(catalog.models.flatMap(({sources}) => sources).filter((name) => !listed.has(name))).toEqual([])
  expect([probe?.newest, probe?.ageDays]).toEqual(['2026-08-21', 102])
})

test('for people it says the age, the coverage and the sources', async () => {
  const text = (await catalogShowView.text?.(result, plain)) ?? ''

  expect(text).toContain('bundled catalog  2026-11-21, 10 days old')
  expect(text).toContain('models      193  ACTIVE 138')
  expect(text).toContain('mirai, probe of the Bedrock API')
})

test.each([60, 80, 120])('no line is wider than a terminal of %i columns', async (width) => {
  const text = (await catalogShowView.text?.(result, {...plain, width, interactive: true})) ?? ''

  expect(text.split('\n').filter((line) => widthOf(line) > width)).toEqual([])
})

import {expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import sheet from '../../cases/catalog/claude-sonnet-4-6.json' with {type: 'json'}

const catalog = await openCatalog()
const destinations: Readonly<Record<string, readonly string[] | null>> = {
  ...sheet.destinations,
  'chosen by the service': null,
  'not seen': null,
}

test('the sheet holds every Region of the catalog', () => {
  expect(sheet.rows.map(({region}) => region)).toEqual(catalog.regions.map(({name}) => name))
})

test('the sheet holds every profile of the model', () => {
  const profiles = catalog.model(sheet.model)?.profiles.map(({id}) => id)

  expect(profiles).toEqual(Object.values(sheet.profiles).sort())
})

test.each(sheet.rows)('$region: In-Region, each profile and its destinations are as in the facts', (row) => {
  const model = catalog.model(sheet.model)
  const expected = Object.fromEntries(
    Object.entries(row.from).map(([profile, set]) => [`${profile}.${sheet.model}`, destinations[set]]),
  )

  const routes = model?.profiles.filter(({routes}) => row.region in routes)
  const disputed = model?.profiles.filter(({disputedSources}) => disputedSources.includes(row.region))

  expect(model?.inRegion.includes(row.region)).toBe(row.inRegion)
  expect(model?.mantle).toEqual([])
  expect(Object.fromEntries(routes?.map((profile) => [profile.id, profile.routes[row.region]]) ?? [])).toEqual(expected)
  expect(disputed?.map(({id}) => id)).toEqual((row.documentedOnly ?? []).map((profile) => `${profile}.${sheet.model}`))
})

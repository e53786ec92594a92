import {expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {modelNames} from '../../../src/lib/prices/model-names.js'
import listNames from '../../cases/prices/list-names.json' with {type: 'json'}
import {buildModel} from '../catalog/build-catalog.js'

const catalog = await openCatalog()
const names = modelNames(catalog)

test.each(Object.entries(listNames))('the list’s “%s” is %s', (name, id) => {
  expect(names.byName(name)).toBe(id)
})

test('every model that AWS still offers is found by its own name', () => {
  const offered = catalog.models.filter(({aliasOf, lifecycle, name}) => {
    return aliasOf === null && name !== null && (lifecycle.status === 'ACTIVE' || lifecycle.status === 'LEGACY')
  })

  expect(offered.length).toBeGreaterThan(80)
  expect(offered.filter(({id, name}) => names.byName(name ?? '') !== id).map(({id}) => id)).toEqual([
    // Two models of one name.
    'amazon.titan-embed-g1-text-02',
    'amazon.titan-embed-text-v2:0',
  ])
})

test.each(['Nova', 'Nova Pro 2', '', 'Mistral Large 4', 'Llama 3.1'])('“%s” is no model’s whole name', (name) => {
  expect(names.byName(name)).toBeUndefined()
})

test('an alias and a base model lead to the base model', () => {
  expect(names.byId('qwen.qwen3-32b')).toBe('qwen.qwen3-32b-v1:0')
  expect(names.byId('qwen.qwen3-32b-v1:0')).toBe('qwen.qwen3-32b-v1:0')
})

test('a name of the list outweighs the same name of another model', () => {
  const models = [
    buildModel({id: 'acme.large-1', name: 'Large (1)', listNames: ['Large']}),
    buildModel({id: 'acme.large-3', name: 'Large'}),
  ]

  expect(modelNames({models, model: () => undefined}).byName('Large')).toBe('acme.large-1')
})

import {beforeAll, expect, test} from 'vitest'
import type {Catalog} from '../../../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../../../src/lib/catalog/open-catalog.js'
import type {ReferencedResource} from '../../../../../src/lib/models/references/reference-ports.js'
import {aboutOf, isOwnResource} from '../../../../../src/lib/monitor/board/traffic/about.js'
import type {TrafficAbout} from '../../../../../src/lib/monitor/board/traffic/traffic.schema.js'

const HERE = 'eu-central-1'
const OWN = `arn:aws:bedrock:${HERE}:111122223333`
const MODEL = 'anthropic.claude-sonnet-4-6'
const at = new Date('2026-11-21T09:00:00Z')

let catalog: Catalog

beforeAll(async () => {
  catalog = await openCatalog()
})

const resourceOf = (kind: ReferencedResource['kind'], modelArns: readonly string[]): ReferencedResource => ({
  ...{kind, arn: `${OWN}:${kind}/abc`, name: 'checkout', status: null, modelArns, createdAt: null, details: {}},
})
const modelIn = (region: string) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`

test.each<{readonly modelId: string; readonly told: Partial<TrafficAbout>}>([
  {modelId: 'amazon.nova-lite-v1:0', told: {kind: 'model', route: 'in-region', processedIn: [HERE]}},
  {modelId: 'amazon.nova-pro-v1:0+latency-optimized', told: {model: 'amazon.nova-pro-v1:0', kind: 'model'}},
  {modelId: `eu.${MODEL}`, told: {model: MODEL, kind: 'profile', route: 'geo'}},
  {modelId: `arn:aws:bedrock:${HERE}:111122223333:inference-profile/eu.${MODEL}`, told: {model: MODEL, route: 'geo'}},
  {modelId: `global.${MODEL}`, told: {model: MODEL, kind: 'profile', route: 'global', processedIn: null}},
  {
    modelId: 'nobody.knows-this-v9:0',
    told: {model: null, name: null, kind: 'unknown', route: null, processedIn: null, lifecycle: null},
  },
  {modelId: `${OWN}:imported-model/abc`, told: {model: null, kind: 'imported', route: null}},
])('$modelId is told by the catalog, and nothing else is guessed', ({modelId, told}) => {
  expect(aboutOf(catalog, {modelId, region: HERE, resource: undefined, at})).toMatchObject(told)
})

test.each<{readonly says: string; readonly resource: ReferencedResource; readonly told: Partial<TrafficAbout>}>([
  {
    says: 'an application profile of a geography travels to the Regions of its models',
    resource: resourceOf('application-inference-profile', ['eu-west-1', HERE, 'eu-west-1'].map(modelIn)),
    told: {kind: 'application-profile', route: 'geo', processedIn: [HERE, 'eu-west-1']},
  },
  {
    says: 'one with a model of no Region goes anywhere',
    resource: resourceOf('application-inference-profile', [HERE, ''].map(modelIn)),
    told: {route: 'global', processedIn: null},
  },
  {
    says: 'one of a single model stays',
    resource: resourceOf('application-inference-profile', [modelIn(HERE)]),
    told: {route: 'in-region', processedIn: [HERE]},
  },
  {
    says: 'provisioned throughput stays',
    resource: resourceOf('provisioned-model', [modelIn(HERE)]),
    told: {kind: 'provisioned', route: 'in-region', processedIn: [HERE]},
  },
])('$says', ({resource, told}) => {
  const about = aboutOf(catalog, {modelId: resource.arn, region: HERE, resource: {modelId: MODEL, resource}, at})

  expect(about).toMatchObject({model: MODEL, name: 'checkout', ...told})
  expect(isOwnResource(resource.arn)).toBe(true)
})

test('a model that is to end says when, by the day of asking', () => {
  const dated = catalog.models.find(
    ({aliasOf, lifecycle}) => aliasOf === null && lifecycle.legacy !== null && lifecycle.endOfLife !== null,
  )
  const {id = '', lifecycle} = dated ?? {}
  const onDay = (day: string | null | undefined) =>
    aboutOf(catalog, {modelId: id, region: HERE, resource: undefined, at: new Date(day ?? '')}).lifecycle

  expect(onDay(lifecycle?.legacy)).toMatchObject({until: lifecycle?.endOfLife})
  expect(onDay(lifecycle?.endOfLife)).toEqual({phase: 'EOL', until: lifecycle?.endOfLife})
})

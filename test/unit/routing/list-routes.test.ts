import {expect, test} from 'vitest'
import {type ListRoutesInput, listRoutes} from '../../../src/lib/routing/list-routes.js'
import {readBundledRoutes} from './read-bundled-routes.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

async function list(from: readonly string[], input: Partial<ListRoutesInput> = {}) {
  const all = {models: [], from, geography: undefined, kind: undefined, reaches: [], avoids: [], ...input}
  return (await listRoutes(all, await readBundledRoutes(from))).routes
}

test('one row a route, with destinations as seen from the Region called', async () => {
  const routes = await list(['eu-central-1', 'ca-central-1'], {models: [SONNET]})

  expect(routes.map(({from, id, destinations}) => [from, id, destinations?.length ?? null])).toEqual([
    ['eu-central-1', `eu.${SONNET}`, 6],
    ['eu-central-1', `global.${SONNET}`, null],
    ['ca-central-1', `us.${SONNET}`, 4],
    ['ca-central-1', `global.${SONNET}`, null],
  ])
  expect(routes[0]?.optInDestinations).toEqual(['eu-south-1', 'eu-south-2'])
  expect(routes[0]?.notEnabledDestinations).toBeNull()
})

test('a geography is that of the profile’s data', async () => {
  const routes = await list(['ca-central-1'], {geography: 'ca'})

  expect(routes.map(({id}) => id)).toEqual(['ca.amazon.nova-lite-v1:0'])
})

test('what may reach a Region and what is known to avoid it share nothing and leave nothing out', async () => {
  const from = ['ca-central-1', 'ap-southeast-6', 'us-gov-west-1']
  const ids = (routes: Awaited<ReturnType<typeof list>>) => routes.map(({from: source, id}) => `${source} ${id}`)
  const [all, reaching, avoiding] = await Promise.all([
    list(from),
    list(from, {reaches: ['us-east-1']}),
    list(from, {avoids: ['us-east-1']}),
  ])

  expect([...ids(reaching), ...ids(avoiding)].sort()).toEqual(ids(all).sort())
  expect(ids(avoiding)).not.toContain(`ap-southeast-6 au.${SONNET}`)
  expect(avoiding.filter(({kind, from: source}) => kind === 'global' && source !== 'us-gov-west-1')).toEqual([])
})

test('a geography that does not exist is refused', async () => {
  await expect(list(['eu-central-1'], {geography: 'europe'})).rejects.toMatchObject({code: 'UNKNOWN_GEOGRAPHY'})
})

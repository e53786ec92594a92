import {expect, test} from 'vitest'
import {loadScenario} from '../../../../src/lib/sandbox/world/load-scenario.js'
import {fillIn, scenarioRegions} from '../../../../src/lib/sandbox/world/scenario-regions.js'
import {anAccount, smallCatalog} from '../../../support/sandbox-world.js'

const key = (id: number) => ({id: `00000000-0000-4000-a000-00000000000${id}`, createdOn: '2025-01-10'})

test('lists of every Region and of one are joined; other parts are the Region’s own', () => {
  const account = anAccount({
    everyRegion: {keys: [key(1)], dataRetention: 'default', enforcedGuardrail: undefined},
    regions: {'eu-west-1': {keys: [key(2)], dataRetention: 'none'}},
  })

  const regions = scenarioRegions(account, smallCatalog())

  expect(regions.get('eu-west-1')).toMatchObject({keys: [key(1), key(2)], dataRetention: 'none'})
  expect(regions.get('us-east-1')).toMatchObject({keys: [key(1)], dataRetention: 'default'})
  expect(regions.has('us-gov-west-1')).toBe(false)
})

test('placeholders name the place, in keys and values; variables of IAM stay', () => {
  const place = {region: 'eu-west-1', account: '111122223333', partition: 'aws'}
  const [placeholder, variable] = ['$' + '{region}', '$' + '{aws:username}']

  const filled = fillIn({[placeholder]: [`logs-${placeholder}`, variable, 7, null]}, place)

  expect(filled).toEqual({'eu-west-1': ['logs-eu-west-1', variable, 7, null]})
})

// The checks of these families that a resource can fail; the families of IAM and of the network are shown elsewhere.
const SHOWN = [
  ...['LOG-01', 'LOG-03', 'LOG-04', 'LOG-05', 'LOG-06', 'LOG-07', 'LOG-08', 'LOG-10', 'LOG-12'],
  ...['ENC-01', 'ENC-02', 'ENC-03', 'ENC-06', 'ENC-07', 'ENC-11', 'ENC-12'],
  ...['GR-01', 'GR-02', 'GR-03', 'GR-04', 'GR-06', 'GR-07', 'GR-08', 'GR-11'],
  ...['COST-01', 'COST-02', 'COST-03', 'COST-06', 'RES-01', 'RES-02', 'LC-01', 'LC-02', 'LC-03'],
  ...['AG-01', 'AG-02', 'AG-03', 'AG-06', 'AG-08', 'AG-09', 'GOV-01', 'TH-01'],
]

test('the misconfigured account says for each check what is there to fail it', async () => {
  const {scenario} = await loadScenario('misconfigured')

  const shown = new Set(collect(scenario))

  expect(SHOWN.filter((id) => !shown.has(id))).toEqual([])
})

test('no other scenario is made to fail a check', async () => {
  for (const name of ['demo', 'clean']) {
    const {scenario} = await loadScenario(name)

    expect([...collect(scenario)], name).toEqual([])
  }
})

function* collect(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    if (key === 'shows') yield* value as readonly string[]
    else yield* collect(value)
  }
}

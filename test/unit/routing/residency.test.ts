import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type Reach, staysWithin} from '../../../src/lib/routing/residency.js'

const region = fc.constantFrom('eu-central-1', 'eu-west-1', 'us-east-1', 'ca-central-1', 'ap-south-1')
const regions = fc.uniqueArray(region)
const reach: fc.Arbitrary<Reach> = fc.record({
  from: region,
  kind: fc.constantFrom('in-region', 'geo', 'global', 'mantle'),
  destinations: fc.option(regions, {nil: null}),
})

test('what stays goes to known Regions inside, and starts inside', () => {
  fc.assert(
    fc.property(reach, regions, (route, allowed) => {
      if (staysWithin(route, allowed) !== 'yes') return
      expect(route.kind).not.toBe('global')
      expect(
        [route.from, ...(route.destinations ?? ['unknown'])].filter((name) => !allowed.includes(name as never)),
      ).toEqual([])
    }),
  )
})

test('more Regions allowed never make a route leave', () => {
  fc.assert(
    fc.property(reach, regions, region, (route, allowed, more) => {
      if (staysWithin(route, allowed) === 'yes') expect(staysWithin(route, [...allowed, more])).toBe('yes')
    }),
  )
})

test('unknown destinations never count as staying', () => {
  fc.assert(
    fc.property(reach, regions, (route, allowed) => {
      expect(staysWithin({...route, destinations: null}, allowed)).not.toBe('yes')
    }),
  )
})

import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {read} from '../../src/lib/account/read.js'
import type {AccountSnapshot, ReadId} from '../../src/lib/account/snapshot.schema.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {takeSnapshot} from '../support/take-snapshot.js'

// The SDK's paginators write their token into the input they are given: a listing that shares its input with another one
// goes on where the other one stands.

const REGIONS = ['eu-central-1', 'us-east-1']
const LISTINGS: readonly ReadId[] = ['service-quotas:bedrock', 'service-quotas:bedrock-defaults']

describe('listings of several pages, of two Regions at once', () => {
  let sandbox: Sandbox
  let together: AccountSnapshot
  let apart: ReadonlyMap<string, AccountSnapshot>

  beforeAll(async () => {
    sandbox = await startSandbox({})
    together = await takeSnapshot(sandbox, LISTINGS, REGIONS)
    const alone = new Map<string, AccountSnapshot>()
    for (const region of REGIONS) alone.set(region, await takeSnapshot(sandbox, LISTINGS, [region]))
    apart = alone
  })

  afterAll(() => sandbox.close())

  test.each(LISTINGS)('%s of a Region is what it is when that Region is read alone', (id) => {
    for (const region of REGIONS) {
      expect(codesOf(together, id, region)).toEqual(codesOf(apart.get(region), id, region))
    }
  })

  test.each(LISTINGS)('%s is longer than a page, and names each quota once', (id) => {
    for (const region of REGIONS) {
      const codes = codesOf(together, id, region)

      expect(codes.length).toBeGreaterThan(100)
      expect(new Set(codes).size).toBe(codes.length)
    }
  })
})

function codesOf(snapshot: AccountSnapshot | undefined, id: ReadId, region: string): readonly string[] {
  const reading = snapshot && read(snapshot, id, region)
  if (reading?.state !== 'read' || !Array.isArray(reading.value)) throw new Error(`${id} of ${region} was not read`)
  return reading.value.map(({code}: {readonly code: string}) => code)
}

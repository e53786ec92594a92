import {beforeAll, describe, expect, test} from 'vitest'
import type {Catalog} from '../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {formatRequirement, parseRequirement} from '../../../src/lib/routing/requirement.js'
import {selectRegions} from '../../../src/lib/routing/select-regions.js'

let catalog: Catalog

beforeAll(async () => {
  catalog = await openCatalog()
})

describe('a requirement', () => {
  test.each(['in-region', 'global', 'geo:eu', 'geo:eu-union', 'within:eu-central-1,eu-west-1'])(
    '%s is read and written the same',
    (text) => {
      expect(formatRequirement(parseRequirement(text, catalog))).toBe(text)
    },
  )

  test('a geography stands for the Regions in it: AWS’s Europe holds London and Zurich, the European Union does not', () => {
    expect(parseRequirement('geo:eu', catalog)).toMatchObject({
      regions: expect.arrayContaining(['eu-west-2', 'eu-central-2']),
    })
    expect(parseRequirement('geo:eu-union', catalog)).toMatchObject({
      regions: expect.not.arrayContaining(['eu-west-2', 'eu-central-2']),
    })
  })

  test.each([
    ['geo:uk-south', 'UNKNOWN_GEOGRAPHY'],
    ['within:eu-central-1,mars-north-1', 'UNKNOWN_REGION'],
    ['within:', 'INVALID_REQUIREMENT'],
    ['in-region:eu', 'INVALID_REQUIREMENT'],
    ['', 'INVALID_REQUIREMENT'],
  ])('%j is refused as %s', (text, code) => {
    expect(() => parseRequirement(text, catalog)).toThrow(expect.objectContaining({code, exitCode: 2}))
  })
})

describe('the Regions of a command', () => {
  const choose = (asked: readonly string[], configured?: string, otherwise: 'all' | 'configured' = 'configured') =>
    selectRegions({asked, configured, otherwise}, catalog)

  test('what is asked for beats what is configured', () => {
    expect(choose(['eu-west-1'], 'us-east-1')).toEqual(['eu-west-1'])
    expect(choose([], 'us-east-1')).toEqual(['us-east-1'])
  })

  test('all is every Region with Bedrock of the partition of the configured one', () => {
    expect(choose(['all'], 'us-east-1')).toHaveLength(33)
    expect(choose(['all'], 'us-gov-west-1')).toEqual(['us-gov-east-1', 'us-gov-west-1'])
  })

  test('nothing asked for and nothing configured is refused with what to write', () => {
    expect(() => choose([])).toThrow(
      expect.objectContaining({code: 'REGION_MISSING', hint: expect.stringContaining('--region')}),
    )
  })

  test('every unknown name is told at once', () => {
    expect(() => choose(['eu-wst-1', 'us-esat-1'])).toThrow(
      expect.objectContaining({message: expect.stringMatching(/eu-wst-1.*us-esat-1/)}),
    )
  })
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseUsageType, withoutRegion} from '../../../src/lib/prices/usage-type.js'
import cases from '../../cases/prices/usage-types.json' with {type: 'json'}

/** `NovaLite · tokens input · regional · batch`, then the variant where there is one. */
function inWords(usageType: string): string | null {
  const usage = parseUsageType(usageType)
  if (!usage) return null
  const {subject, meter, of, routing, tier, variant, longPrompts} = usage
  return [
    subject.kind === 'service' ? `#${subject.id}` : subject.spelling || '(service name)',
    meter === 'tokens' ? `tokens ${of}` : meter,
    routing ?? 'any route',
    longPrompts ? `${tier}, long prompts` : tier,
    ...(variant === null ? [] : [variant]),
  ].join(' · ')
}

describe('usage types of real products, bills and tests', () => {
  test.each(Object.entries(cases))('%s', (usageType, words) => {
    expect(inWords(usageType)).toBe(words)
  })
})

test.each([
  ['a word that is not known', 'USE1-NovaLite-input-tokens-turbo'],
  ['two tiers', 'USE1-NovaLite-input-tokens-batch-flex'],
  ['two routes', 'USE1-NovaLite-input-tokens-cross-region-global-cross-region-geo'],
  ['a tier of what has none', 'USE1-NovaCanvas-T2I-1024-Standard-batch'],
  ['a time to live of what is not written', 'USE1-NovaLite-cache-read-input-token-count-1-hour'],
  ['two times to live', 'USE1-MP:USE1_CacheWrite30mInputTokenCount_1h-Units'],
  ['a commitment of no known length', 'USE1-NovaLite-ProvisionedThroughput-2months-ModelUnits'],
  ['no suffix of the Marketplace', 'USE1-MP:USE1_InputTokenCount'],
  ['a guardrail policy that is new', 'USE1-Guardrail-MoodPolicyUnitsConsumed'],
  ['a policy with the name of what every object has', 'USE1-Guardrail-constructorUnitsConsumed'],
  ['a spelling of a million letters', `USE1-Nova${'-input'.repeat(200_000)}`],
  ['nothing', ''],
])('%s is not understood', (_, usageType) => {
  expect(parseUsageType(usageType)).toBeUndefined()
})

test('one more word never gives the meaning of the words without it', () => {
  const known = fc.constantFrom(...Object.keys(cases).filter((usageType) => parseUsageType(usageType) !== undefined))
  // These two say what goes without saying.
  const word = fc.stringMatching(/^[a-z]{1,12}$/).filter((text) => text !== 'standard' && text !== 'geo')

  fc.assert(
    fc.property(known, word, (usageType, extra) => {
      const before = parseUsageType(usageType)
      const longer = usageType.includes('-MP:')
        ? usageType.replace(/-Units$/, `_${extra}-Units`)
        : `${usageType}-${extra}`
      const after = parseUsageType(longer)
      expect(after === undefined || JSON.stringify(after) !== JSON.stringify(before)).toBe(true)
    }),
    {numRuns: 1000},
  )
})

test('a Region’s abbreviation is taken off, that of the Marketplace twice', () => {
  expect(withoutRegion('APN1-MP:APN1_InputTokenCount-Units')).toBe('InputTokenCount-Units')
  expect(withoutRegion('EU-NovaLite-input-tokens')).toBe('NovaLite-input-tokens')
})

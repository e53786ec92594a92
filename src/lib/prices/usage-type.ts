import type {BilledUsage} from './usage-type/billed-usage.js'
import {CUSTOM_MODEL, cacheWriteFor, type MeterReading, readMeter} from './usage-type/model-meters.js'
import {readServiceMeter} from './usage-type/service-meters.js'

const REGION = /^[A-Z]{2,4}\d{0,2}-/
const MARKETPLACE_REGION = /^MP:[A-Z]{2,4}\d{0,2}_/
const MARKETPLACE = /^MP:(?<meter>.+)-Units$/
const MANTLE = /-mantle$/i

/** Words that a meter begins with, after the model. */
const BEGINNING =
  /-(?=(?:million|batch|text|input|output|cached?|speech|reserved|provisioned|custom|customization|rft|nova|search|created|[ti]2[iv]|(?:low|med|high)fps)|searchunits)/gi
const MODIFIER =
  /^-(?:(?:cross-region-)?(?<routing>global|geo)|(?<tier>standard|batch|flex|priority|ultrafast|latency-?optimized)|(?<long>long-ctx|long-context|lctx)|(?<custom>custom-model)|(?<ttl>5m|30m|1h|1-hour))(?=-|$)/

/** What was read already: the Regions repeat each other. */
const read = new Map<string, BilledUsage | undefined>()
const MOST_READ = 10_000
/** Longer ones are not AWS's. */
const MOST_LETTERS = 200

/**
 * Reads the usage type, the one attribute that tells batch, flex, priority and standard rows apart. Undefined for a
 * spelling that is not understood to its last word.
 */
export function parseUsageType(usageType: string): BilledUsage | undefined {
  if (usageType.length > MOST_LETTERS) return undefined
  const text = usageType.replace(REGION, '').replace(MARKETPLACE_REGION, 'MP:')
  if (!read.has(text)) {
    if (read.size >= MOST_READ) read.clear()
    read.set(text, parseWithoutRegion(text))
  }
  return read.get(text)
}

function parseWithoutRegion(text: string): BilledUsage | undefined {
  const sold = MARKETPLACE.exec(text)?.groups?.['meter']
  if (sold !== undefined) return readModelMeter('', inHyphens(sold))
  const service = readServiceMeter(text)
  if (service) return service
  for (const {index} of text.matchAll(BEGINNING)) {
    // With a capital it is the end of a model's name: TitanEmbeddingV2-Text-input-tokens.
    if (text.startsWith('-Text-', index)) continue
    const usage = readModelMeter(text.slice(0, index), text.slice(index + 1).toLowerCase())
    if (usage) return usage
  }
  return undefined
}

/** The usage type without the abbreviation of its Region, which is ambiguous and differs in every row. */
export function withoutRegion(usageType: string): string {
  return usageType.replace(REGION, '').replace(MARKETPLACE_REGION, '')
}

/** `CacheWrite1hInputTokenCount_Global` as `cache-write-1h-input-token-count-global`. */
function inHyphens(words: string): string {
  return words
    .replace(/([a-z])([A-Z0-9])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}

function readModelMeter(model: string, words: string): BilledUsage | undefined {
  const reading = readMeter(words)
  const modifiers = reading && readModifiers(reading.rest)
  if (!reading || !modifiers || !fits(reading, modifiers)) return undefined
  const {meter, of, tier} = reading.words
  const {long, ttl} = modifiers
  const cacheWrite = ttl === undefined ? undefined : cacheWriteFor(ttl)
  const mantle = MANTLE.test(model)
  return {
    subject: {kind: 'model', spelling: model.replace(MANTLE, '')},
    meter,
    of: cacheWrite?.of ?? of,
    routing: mantle ? 'mantle' : routingOf(reading, modifiers),
    tier: modifiers.tier?.replace(/latency-?/, 'latency-') ?? tier,
    variant: variantOf(cacheWrite?.variants ?? reading.words.variants, modifiers, mantle),
    longPrompts: long !== undefined,
  }
}

/** A deployment of a customised model is called where it stands. */
function routingOf({words}: MeterReading, {custom, routing}: Modifiers): BilledUsage['routing'] {
  if (routing === 'global') return 'global'
  return words.byRoute && custom === undefined ? 'regional' : null
}

/** A row of the mantle endpoint has that for its routing; that it is the global one of two is told here. */
function variantOf(parts: readonly string[], {custom, routing}: Modifiers, mantle: boolean): string | null {
  const all = [...parts, ...(custom ? [CUSTOM_MODEL] : []), ...(mantle && routing === 'global' ? ['global'] : [])]
  return all.join(', ') || null
}

type Modifiers = Readonly<Partial<Record<'routing' | 'tier' | 'long' | 'custom' | 'ttl', string>>>

/** Each at most once, in any order, to the last word. */
function readModifiers(words: string): Modifiers | undefined {
  const found: Record<string, string> = {}
  let rest = words
  while (rest !== '') {
    const match = MODIFIER.exec(rest)
    if (!match) return undefined
    for (const [name, word] of Object.entries(match.groups ?? {})) {
      if (word === undefined) continue
      if (found[name] !== undefined) return undefined
      found[name] = word
    }
    rest = rest.slice(match[0].length)
  }
  return found
}

function fits({words}: MeterReading, {custom, long, routing, tier, ttl}: Modifiers): boolean {
  if (ttl !== undefined && (words.of !== 'cacheWrite' || words.variants.length > 0)) return false
  if (words.modifiers === 'requests') return true
  const others = [custom, long, tier].some((word) => word !== undefined)
  return !others && (words.modifiers === 'routing' || routing === undefined)
}

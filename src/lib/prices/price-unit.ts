import type {MeterId} from '../catalog/meters.js'

const TOKENS = /^(?:input |output |batch ?input|batch ?output|training )?tokens?$/i
const SECONDS = /^seconds?$/i
const HOURS = /^(?:hours?|hrs?)$/i
const IMAGES = /^(?:input )?images?(?: processed)?$/i
const REQUESTS = /^(?:quer(?:y|ies)|requests?)$/i
const MODEL_MONTHS = /^(?:custom )?model(?: unit)? ?(?:\/| per ) ?month$/i
const GB_MONTHS = /^GB-?(?:Month|Mo)s?$/i

/** What the list calls one of a meter, its spelling of plurals and blanks aside. A meter that is not here is not in it. */
const NOUNS: Readonly<Partial<Record<MeterId, RegExp>>> = {
  tokens: TOKENS,
  'speech-input-tokens': TOKENS,
  'speech-output-tokens': TOKENS,
  'image-input-tokens': TOKENS,
  'image-output-tokens': TOKENS,
  'audio-input-tokens': TOKENS,
  'video-input-tokens': TOKENS,
  'training-tokens': TOKENS,
  'training-hour': HOURS,
  'model-unit-hour': HOURS,
  'custom-model-storage': MODEL_MONTHS,
  'generated-image': IMAGES,
  'input-image': IMAGES,
  'guardrail-image': IMAGES,
  'data-automation-image': IMAGES,
  'data-automation-page': /^pages?(?: processed)?$/i,
  'data-automation-minute': /^minutes?(?: processed)?$/i,
  'generated-video-second': SECONDS,
  'input-video-second': SECONDS,
  'input-audio-second': SECONDS,
  'search-unit': /^search ?units?$|^quer(?:y|ies)$/i,
  'web-search': REQUESTS,
  'custom-model-unit-minute': /^custom model units? per min(?:ute)?$/i,
  'custom-model-unit-storage': MODEL_MONTHS,
  'guardrail-text-unit': /^(?:text ?)?units?$/i,
  'knowledge-base-storage': GB_MONTHS,
  'knowledge-base-retrieval': REQUESTS,
  'knowledge-base-agentic-retrieval': REQUESTS,
  'flow-transition': /^(?:node )?transitions?$|^requests?$/i,
  'agentcore-vcpu-hour': /^vCPU-?hours?$/i,
  'agentcore-gb-hour': /^GB-?hours?$/i,
  'agentcore-invocation': /^invocations?$|^requests?$|^quer(?:y|ies)$/i,
  'agentcore-memory-event': /^events?$|^invocations?$|^requests?$/i,
  'agentcore-memory-record': /^(?:memory )?records?(?:[-/ ]?months?)?$/i,
  'agentcore-memory-retrieval': /^retrievals?$|^invocations?$|^requests?$/i,
  'agentcore-tool-month': /^tools?(?:[-/ ]?months?)?$/i,
  'agentcore-evaluation': /^evaluations?$|^invocations?$/i,
}

const COUNT = /^(?:(?<thousand>1 ?K|1,?000|thousand)|(?<million>1 ?M|1,?000,?000|million)|1)? ?(?=\D)(?<noun>.+)$/i
const THOUSAND = /\b1 ?K\b|\bthousand\b|\b1,?000\b/i
const MILLION = /\b1 ?M\b|million|\b1,?000,?000\b/i

/**
 * How many of the meter one price of the list is for; undefined where unit and description do not say so plainly.
 * `Units` of the Marketplace leave it to the description.
 */
export function unitsOfPrice(meter: MeterId, unit: string, description: string): number | undefined {
  if (meter === 'reserved-input-tpm' || meter === 'reserved-output-tpm') return unitsOfCapacity(unit, description)
  const noun = NOUNS[meter]
  if (noun === undefined) return undefined
  if (/^units?$/i.test(unit)) return unitsInWords(noun, description)
  const found = COUNT.exec(unit.replace(/^per /i, '').trim())?.groups
  if (!found || !noun.test((found['noun'] ?? '').trim())) return undefined
  return found['million'] ? 1_000_000 : found['thousand'] ? 1000 : 1
}

/** Reserved capacity is priced for 1,000 tokens a minute, also where the unit says `1M TPM Hour`: the text is right. */
function unitsOfCapacity(unit: string, description: string): number | undefined {
  if (!/TPM|^units?$/i.test(unit)) return undefined
  const words = /TPM/i.test(description) ? description : /^1M/i.test(unit) ? '' : unit
  if (THOUSAND.test(words)) return 1
  return MILLION.test(words) ? 1000 : undefined
}

/** What the description of `Units` must say of a meter, by the nouns that are sold so. */
const WORDS: ReadonlyMap<RegExp, RegExp> = new Map([
  [HOURS, /\bhour/i],
  [IMAGES, /\bimage/i],
  [SECONDS, /\bsecond/i],
])

function unitsInWords(noun: RegExp, description: string): number | undefined {
  const million = MILLION.test(description)
  const thousand = THOUSAND.test(description)
  if (noun === TOKENS) return million ? 1_000_000 : thousand ? 1000 : undefined
  const one = WORDS.get(noun)?.test(description) ?? false
  return one && !million && !thousand ? 1 : undefined
}

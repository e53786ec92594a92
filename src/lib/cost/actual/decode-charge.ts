import {BILLED_SERVICES, METERS, type MeterId} from '../../catalog/meters.js'
import type {ModelNames} from '../../prices/model-names.js'
import type {TokenKind} from '../../prices/price-list.js'
import {parseUsageType} from '../../prices/usage-type.js'

/** What a line of a bill is for, read from its service and usage type. */
export type Charge = TokenCharge | OtherCharge | UndecodedCharge

export interface TokenCharge {
  readonly is: 'tokens'
  /** Base model; null where the name in the bill leads to none of the catalog. */
  readonly modelId: string | null
  /** As the bill names it. */
  readonly name: string
  readonly kind: TokenKind
  /** null: its price is not by route. */
  readonly routing: 'regional' | 'global' | 'mantle' | null
  readonly tier: string
  /** Such as that of a customised model; null: the plain price. */
  readonly variant: string | null
  /** Of prompts beyond a length that the bill does not tell. */
  readonly longPrompts: boolean
}

export interface OtherCharge {
  readonly is: 'other'
  /** `Guardrails`, `provisioned throughput`, … */
  readonly what: string
}

export interface UndecodedCharge {
  readonly is: 'undecoded'
}

const EDITION = / \(Amazon Bedrock Edition\)$/

/** `Claude4.6Sonnet`, as usage types of the first party spell it. */
const NICKNAME = /^Claude(\d+(?:\.\d+)?)(Sonnet|Opus|Haiku)$/

const WORDS: Readonly<Partial<Record<MeterId, string>>> = {
  'model-unit-hour': 'provisioned throughput',
  'reserved-input-tpm': 'reserved tier',
  'reserved-output-tpm': 'reserved tier',
  'training-tokens': 'customization',
  'training-hour': 'customization',
  'custom-model-storage': 'customization',
  'search-unit': 'reranking',
}

/** A usage type that the grammar of the price list does not have is undecoded: it is listed, never guessed at. */
export function decodeCharge(service: string, usageType: string, names: ModelNames): Charge {
  const usage = parseUsageType(usageType)
  if (!usage) return {is: 'undecoded'}
  const {longPrompts, meter, of, routing, subject, tier, variant} = usage
  if (subject.kind === 'service') return {is: 'other', what: serviceWords(subject.id)}
  if (meter !== 'tokens' || of === 'unit') return {is: 'other', what: WORDS[meter] ?? `${METERS[meter].noun}s`}
  // Models of Marketplace are named by their service, all others within the usage type.
  const name = EDITION.test(service) ? service.replace(EDITION, '') : subject.spelling
  const found = names.byId(name) ?? names.byName(name) ?? names.byName(name.replace(NICKNAME, 'Claude $2 $1'))
  const modelId = found === undefined || found === 'ambiguous' ? null : found
  return {is: 'tokens', modelId, name, kind: of, routing, tier, variant, longPrompts}
}

function serviceWords(id: string): string {
  return Object.hasOwn(BILLED_SERVICES, id) ? BILLED_SERVICES[id as keyof typeof BILLED_SERVICES] : id
}

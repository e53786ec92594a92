import type {Meter, MeterKind} from './price-meters.js'

/** Calls that billing tells apart. */
export interface BilledUse {
  /** As called; on mantle the base model. */
  readonly model: string
  readonly mantle: boolean
  readonly tier: string
  readonly streaming: boolean
}

/** What a call is billed as: known when it is made, for it may be deleted before the bill is read. */
export interface BilledResource {
  /** Base model. */
  readonly base: string
  readonly routing: Meter['routing']
  /** Through a deployment of a customised model. */
  readonly customised: boolean
  readonly tags: Readonly<Record<string, string>>
}

export type TokenKind = Exclude<MeterKind, 'unit'>

/** What was counted of a use, by hour since the epoch. */
export interface BilledCalls extends BilledUse {
  readonly resource: BilledResource | undefined
  readonly hours: Map<number, Map<TokenKind, number>>
}

const HOUR_MS = 3_600_000
/** Somewhat more than the thirteen months that Cost Explorer looks back. */
const MOST_HOURS = 400 * 24

/** Writes down the tokens of a call; kinds without any leave no trace. */
export function noteTokens(
  billed: Map<string, BilledCalls>,
  use: BilledUse & {readonly resource: BilledResource | undefined},
  tokens: Readonly<Partial<Record<TokenKind, number>>>,
  now: number,
): void {
  const counted = Object.entries(tokens).filter(([, count]) => count > 0) as [TokenKind, number][]
  if (counted.length === 0) return
  const key = [use.model, use.mantle, use.tier, use.streaming].join(' ')
  const {hours} = billed.get(key) ?? {hours: new Map<number, Map<TokenKind, number>>()}
  billed.set(key, {...use, hours})
  const hour = Math.floor(now / HOUR_MS)
  const kinds = hours.get(hour) ?? new Map<TokenKind, number>()
  hours.set(hour, kinds)
  for (const [kind, count] of counted) kinds.set(kind, (kinds.get(kind) ?? 0) + count)
  const [oldest] = hours.size > MOST_HOURS ? hours.keys() : []
  if (oldest !== undefined) hours.delete(oldest)
}

/** Tokens of a kind in the whole hours that begin in [from, to). */
export function notedTokens({hours}: BilledCalls, kind: TokenKind, from: number, to: number): number {
  let tokens = 0
  for (const [hour, kinds] of hours) {
    if (hour * HOUR_MS >= from && hour * HOUR_MS < to) tokens += kinds.get(kind) ?? 0
  }
  return tokens
}

/** Every kind that was ever counted. */
export const notedKinds = ({hours}: BilledCalls): readonly TokenKind[] => [
  ...new Set([...hours.values()].flatMap((kinds) => [...kinds.keys()])),
]

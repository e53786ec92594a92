import {type Decimal, ZERO} from '../../core/decimal.js'
import type {TokenKind} from '../../prices/price-list.js'
import type {Usage} from '../usage.js'
import type {ResolvedCall} from './resolve-call.js'

export interface TokenDemand {
  readonly component: string
  readonly call: ResolvedCall
  readonly tier: string
  /** Tokens of the month by kind; input excludes what is read from or written to the cache. */
  readonly tokens: Readonly<Partial<Record<TokenKind, Decimal>>>
  /** Of one request, all kinds of input together: prices of long prompts depend on it. */
  readonly inputTokensPerRequest?: Decimal | undefined
  readonly variant?: string | undefined
  readonly once?: true | undefined
  readonly note?: string | undefined
}

/** One usage for each kind of token that there is any of. */
export function tokenUsages(demand: TokenDemand): readonly Usage[] {
  const {call, component, inputTokensPerRequest, note, once, tier, tokens, variant = null} = demand
  const {modelId, profileId, region, route} = call
  return (Object.keys(tokens) as TokenKind[]).flatMap((of) => {
    const quantity = tokens[of] ?? ZERO
    if (quantity.eq(0)) return []
    return [
      {
        ...{component, modelId, profileId, region, route, tier, of, variant, quantity, once, note},
        meter: 'tokens',
        inputTokens: inputTokensPerRequest?.toNumber(),
      } satisfies Usage,
    ]
  })
}

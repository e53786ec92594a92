import type {Length} from '../fakes/bedrock/answers/length.js'
import type {PaceRule} from './pace.schema.js'

/** How a model answers, every member told. */
export interface Pace {
  readonly ttftMs: number
  readonly tokensPerSecond: number
  readonly prefillMsPer1kTokens: number
  readonly jitter: PaceRule['jitter']
  readonly tokensPerEvent: number
  readonly slots: number | undefined
  readonly tokens: Length
  readonly optimized: PaceRule['optimized']
  readonly tiers: PaceRule['tiers']
}

const ORDINARY: Pace = {
  ttftMs: 200,
  tokensPerSecond: 80,
  prefillMsPer1kTokens: 0,
  jitter: {kind: 'lognormal', cv: 0.1},
  tokensPerEvent: 1,
  slots: undefined,
  tokens: 'asked',
  optimized: undefined,
  tiers: undefined,
}
const SMALL: Pace = {...ORDINARY, ttftMs: 120, tokensPerSecond: 160}
const LARGE: Pace = {...ORDINARY, ttftMs: 400, tokensPerSecond: 40}

/** Parts of the ids of base models; the first that fits counts. Quicker than the real ones, in their order. */
const CLASSES: readonly (readonly [RegExp, Pace])[] = [
  [/haiku|nova-(2-)?(micro|lite)|mini|nano|[^0-9][1-9]b[^a-z]|ministral|gpt-oss-20b|mistral-7b/, SMALL],
  [/opus|premier|mistral-large|pixtral-large|405b|deepseek|fable|gpt-5\.\d+$|kimi/, LARGE],
]

/** How fast a model answers where nobody says otherwise. */
export const classOf = (base: string): Pace => CLASSES.find(([pattern]) => pattern.test(base))?.[1] ?? ORDINARY

import type {TokenRates} from '../../jsonl/text-measure.js'
import type {FamilyId, ModelFacts} from '../bodies/family.js'

/** What records are held against. Plain data: it goes to other threads. */
export interface CheckSettings {
  /** Undefined: bodies are not judged. */
  readonly family: FamilyId | undefined
  readonly facts: ModelFacts
  readonly context: ContextRule | undefined
  readonly maxLineBytes: number
  /** Makes hashes of ids unforeseeable; the same for all parts of one check. */
  readonly idSeed: number
}

/** How text is held against the context window, when nobody counted its tokens. */
export interface ContextRule {
  readonly contextTokens: number
  readonly rates: TokenRates
}

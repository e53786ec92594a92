import type {Length} from '../fakes/bedrock/answers/length.js'
import {matchesPattern} from '../matches-pattern.js'
import type {Pacing, Turn} from '../streams/frame-stream.js'
import {seededRandom} from '../world/random.js'
import {drawGap} from './jitter.js'
import {classOf, type Pace} from './model-class.js'
import type {PaceRule} from './pace.schema.js'
import {Slots} from './slots.js'

/** How one call is answered. */
export interface CallPace {
  /** Somebody asked for a pace: whole answers keep it too. */
  readonly set: boolean
  readonly length: Length
  readonly tokensPerEvent: number
  /** For what chance decides of this call. */
  readonly seed: number
  /** Tokens a minute that are served at an optimised latency. */
  readonly optimizedPerMinute: number | undefined
  pacing(inputTokens: number): Pacing
  turn(): Turn
  /** Milliseconds that an answer of this length takes, jitter and queue apart. */
  told(inputTokens: number, outputTokens: number): number
}

/** What makes an answer quicker or slower. */
export interface Served {
  readonly tier?: string | undefined
  readonly latency?: string | undefined
}

interface Chosen {
  readonly set: boolean
  readonly pace: Pace
}

const MOST_CHOSEN = 1000

/** Sets how fast models answer. The rule that was added last counts first, member by member. */
export class Pacer {
  readonly #seed: number
  readonly #slots = new Map<string, Slots>()
  readonly #chosen = new Map<string, Chosen>()
  #rules: readonly PaceRule[] = []
  #calls = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  get rules(): readonly PaceRule[] {
    return this.#rules
  }

  add(rule: PaceRule): void {
    this.#rules = [rule, ...this.#rules]
    this.#chosen.clear()
  }

  /** Back to these; calls that are being answered keep what they have. */
  reset(rules: readonly PaceRule[]): void {
    this.#rules = rules
    this.#slots.clear()
    this.#chosen.clear()
    this.#calls = 0
  }

  /** `modelId` as it was called, `base` the model that answers, `served` how. */
  paceOf(modelId: string, base: string, served: Served = {}): CallPace {
    const {set, pace: usual} = this.#choose(modelId, base)
    const pace = quickened(usual, served)
    this.#calls += 1
    const seed = (this.#seed * 0x9e3779b1 + this.#calls) >>> 0
    return {
      set,
      length: pace.tokens,
      tokensPerEvent: pace.tokensPerEvent,
      seed,
      optimizedPerMinute: usual.optimized?.tokensPerMinute,
      pacing: (inputTokens) => pacingOf(pace, inputTokens, seed),
      turn: () => this.#turn(pace, base),
      told: (inputTokens, outputTokens) =>
        Math.round(firstOf(pace, inputTokens) + gapOf(pace) * Math.max(0, outputTokens - 1)),
    }
  }

  #choose(modelId: string, base: string): Chosen {
    const key = `${modelId} ${base}`
    const known = this.#chosen.get(key)
    if (known) return known
    const rules = this.#rules.filter(({model}) => matchesPattern(model, modelId) || matchesPattern(model, base))
    const made = {set: rules.some(isTimed), pace: Object.assign({}, classOf(base), ...[...rules].reverse()) as Pace}
    if (this.#chosen.size >= MOST_CHOSEN) this.#chosen.clear()
    this.#chosen.set(key, made)
    return made
  }

  #turn({slots}: Pace, base: string): Turn {
    if (slots === undefined) return freeTurn()
    const known = this.#slots.get(base) ?? new Slots()
    this.#slots.set(base, known)
    return known.turn(slots)
  }
}

const OPTIMIZED = 2
const TIERS = {priority: 1.25, flex: 0.5}

function quickened(pace: Pace, {tier, latency}: Served): Pace {
  const byTier = tier === 'priority' || tier === 'flex' ? (pace.tiers?.[tier] ?? TIERS[tier]) : 1
  const factor = byTier * (latency === 'optimized' ? (pace.optimized?.factor ?? OPTIMIZED) : 1)
  if (factor === 1) return pace
  return {...pace, ttftMs: pace.ttftMs / factor, tokensPerSecond: pace.tokensPerSecond * factor}
}

const isTimed = ({ttftMs, tokensPerSecond, prefillMsPer1kTokens, slots}: PaceRule): boolean =>
  [ttftMs, tokensPerSecond, prefillMsPer1kTokens, slots].some((value) => value !== undefined)

const gapOf = ({tokensPerSecond}: Pace): number => 1000 / tokensPerSecond

const firstOf = ({ttftMs, prefillMsPer1kTokens}: Pace, inputTokens: number): number =>
  ttftMs + (prefillMsPer1kTokens * inputTokens) / 1000

function pacingOf(pace: Pace, inputTokens: number, seed: number): Pacing {
  const draw = drawGap(pace.jitter, seededRandom(seed))
  const gap = gapOf(pace)
  return {firstMs: draw(firstOf(pace, inputTokens)), gapMs: (tokens) => draw(gap * tokens)}
}

function freeTurn(): Turn {
  return {startedAt: 0, start: (begin) => begin(), release: () => undefined}
}

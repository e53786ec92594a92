import {scriptOf} from '../../core/script-of.js'
import type {Sample} from './sample.js'

/** Characters of a text by script: each makes tokens at a rate of its own. Measures add up. */
export interface Measure {
  /** Latin letters, digits, punctuation, blanks. */
  readonly latin: number
  /** Greek, Cyrillic, Hebrew, Arabic and their neighbours. */
  readonly alphabets: number
  /** Chinese, Japanese, Korean. */
  readonly ideographs: number
  /** Everything else: Indic and South-East Asian scripts, emoji. */
  readonly others: number
}

/** Tokens, and the bounds between which they lie. */
export interface TokenEstimate {
  readonly low: number
  readonly mean: number
  readonly high: number
}

interface Family {
  readonly name: string
  readonly owns: RegExp
  /** Characters that a token of Latin text holds: where it holds most, in the mean, where it holds fewest. */
  readonly latin: {readonly most: number; readonly mean: number; readonly fewest: number}
  /** Tokens that tools add besides their own text. */
  readonly tools: TokenEstimate
}

export const RULE_AS_OF = '2026-11-21'

const OLDER_CLAUDE = /claude-(instant|v\d|[1-3]|haiku-4|sonnet-4|opus-4-([1-6]|\d{8})\b)/
const SYSTEM_PROMPT: TokenEstimate = {low: 0, mean: 340, high: 600}
const NO_SYSTEM_PROMPT: TokenEstimate = {low: 0, mean: 0, high: 600}

// Means: Anthropic's glossary (3.5) and model overview (1M tokens are 3.4M characters, 2.5M since Claude Opus 4.7), the
// guides to Titan (4.7) and, where nothing is published, the rule of four that OpenAI and Google state. The bounds are
// those of prose on one side and of JSON on the other, measured with open tokenizers.
const FAMILIES: readonly Family[] = [
  {
    name: 'Claude up to 4.6',
    owns: OLDER_CLAUDE,
    latin: {most: 4.5, mean: 3.5, fewest: 2.5},
    tools: SYSTEM_PROMPT,
  },
  {
    name: 'Claude since Opus 4.7',
    owns: /claude/,
    latin: {most: 3.5, mean: 2.5, fewest: 1.9},
    tools: SYSTEM_PROMPT,
  },
  {name: 'Titan', owns: /amazon\.titan-/, latin: {most: 6, mean: 4.7, fewest: 3}, tools: NO_SYSTEM_PROMPT},
  {name: 'models in general', owns: /(?:)/, latin: {most: 5.4, mean: 4, fewest: 2.7}, tools: NO_SYSTEM_PROMPT},
]

// Tokens a character. Spans over the tokenizers of Llama 3 and 4, Claude 2, DeepSeek and OpenAI; the highest of the
// others is a token for each byte.
const ALPHABETS: TokenEstimate = {low: 0.25, mean: 0.5, high: 1}
const IDEOGRAPHS: TokenEstimate = {low: 0.5, mean: 1, high: 1.5}
const OTHERS: TokenEstimate = {low: 0.25, mean: 1, high: 4}
/** Around each message: a greeting of one word is 8 tokens to Claude. */
const MESSAGE: TokenEstimate = {low: 0, mean: 4, high: 8}

/** Tokens of a sample by its characters, for a model that nobody counts with. */
export function estimateSample(sample: Pick<Sample, 'texts' | 'messages' | 'tools'>, modelId: string): TokenEstimate {
  const family = familyOf(modelId)
  const parts = sample.texts.map((text) => estimateText(text, modelId))
  const frames = times(MESSAGE, sample.messages)
  return [...parts, frames, ...(sample.tools ? [family.tools] : [])].reduce(plus, {low: 0, mean: 0, high: 0})
}

/** Tokens of a text by its characters; not rounded, so that estimates of texts add up. */
export function estimateText(text: string, modelId: string): TokenEstimate {
  const rates = characterRates(modelId)
  const {latin, alphabets, ideographs, others} = measureText(text)
  return [
    times(rates.latin, latin),
    times(rates.alphabets, alphabets),
    times(rates.ideographs, ideographs),
    times(rates.others, others),
  ].reduce(plus)
}

/** Tokens of one character by its script, and of what goes around a message, for a model. */
export function characterRates(
  modelId: string,
): Readonly<Record<'latin' | 'alphabets' | 'ideographs' | 'others' | 'messages', TokenEstimate>> {
  const {fewest, mean, most} = familyOf(modelId).latin
  return {
    latin: {low: 1 / most, mean: 1 / mean, high: 1 / fewest},
    alphabets: ALPHABETS,
    ideographs: IDEOGRAPHS,
    others: OTHERS,
    messages: MESSAGE,
  }
}

/** The rule in words, as it holds for a model. */
export function ruleFor(modelId: string): string {
  const {name, latin} = familyOf(modelId)
  const {mean, fewest, most} = latin
  return `${mean} characters a token for ${name} (bounds ${fewest} to ${most}); other scripts by their own rates`
}

/** Models of one name split text into tokens alike, but for `models in general`. */
export function familyName(modelId: string): string {
  return familyOf(modelId).name
}

function familyOf(modelId: string): Family {
  const family = FAMILIES.find(({owns}) => owns.test(modelId))
  if (!family) throw new Error('no family of models is left')
  return family
}

export function measureText(text: string): Measure {
  const measure = {latin: 0, alphabets: 0, ideographs: 0, others: 0}
  for (const character of text) measure[scriptOf(character.codePointAt(0) ?? 0)] += 1
  return measure
}

function times({low, mean, high}: TokenEstimate, count: number): TokenEstimate {
  return {low: low * count, mean: mean * count, high: high * count}
}

function plus(a: TokenEstimate, b: TokenEstimate): TokenEstimate {
  return {low: a.low + b.low, mean: a.mean + b.mean, high: a.high + b.high}
}

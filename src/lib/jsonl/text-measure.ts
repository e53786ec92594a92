import {FIRST_BEYOND_LATIN, scriptOf} from '../core/script-of.js'

/** What a model reads, by what it makes tokens of. Measures add up. */
export interface TextMeasure {
  /** Characters of all text, those of the three other kinds of script included. */
  readonly textCharacters: number
  /** Greek, Cyrillic, Hebrew, Arabic and their neighbours. */
  readonly alphabets: number
  /** Chinese, Japanese, Korean. */
  readonly ideographs: number
  /** Indic and South-East Asian scripts, emoji, and the rest. */
  readonly others: number
  /** A model puts tokens of its own around each. */
  readonly messages: number
}

export const NO_TEXT: TextMeasure = {textCharacters: 0, alphabets: 0, ideographs: 0, others: 0, messages: 0}

/** Bounds of a count, and its mean. */
export interface TokenSpan {
  readonly low: number
  readonly mean: number
  readonly high: number
}

/** Tokens of one character by its script, and of what goes around a message. Plain data: it goes to other threads. */
export interface TokenRates {
  readonly latin: TokenSpan
  readonly alphabets: TokenSpan
  readonly ideographs: TokenSpan
  readonly others: TokenSpan
  readonly messages: TokenSpan
  /** In words. */
  readonly rule: string
}

/** Tokens of what was measured; not rounded. */
export function countTokens(measure: TextMeasure, rates: TokenRates): TokenSpan {
  const {alphabets, ideographs, messages, others, textCharacters} = measure
  const latin = Math.max(0, textCharacters - alphabets - ideographs - others)
  const sum = (of: (span: TokenSpan) => number): number =>
    latin * of(rates.latin) +
    alphabets * of(rates.alphabets) +
    ideographs * of(rates.ideographs) +
    others * of(rates.others) +
    messages * of(rates.messages)
  return {low: sum(({low}) => low), mean: sum(({mean}) => mean), high: sum(({high}) => high)}
}

/** The mean of the script of which a character is the most tokens. */
export function highestMean({alphabets, ideographs, latin, others}: TokenRates): number {
  return Math.max(alphabets.mean, ideographs.mean, latin.mean, others.mean)
}

/** The rule in words, with what goes around messages where there are any. */
export function ruleWords({messages}: TextMeasure, {messages: each, rule}: TokenRates): string {
  return messages === 0 || each.high === 0
    ? rule
    : `${rule}; each message takes ${each.mean} more (${each.low} to ${each.high})`
}

/** A measure that others are added to, one a record: it makes no objects. */
export class TextSum implements TextMeasure {
  textCharacters = 0
  alphabets = 0
  ideographs = 0
  others = 0
  messages = 0

  reset(): void {
    this.textCharacters = 0
    this.alphabets = 0
    this.ideographs = 0
    this.others = 0
    this.messages = 0
  }

  add({alphabets, ideographs, messages, others, textCharacters}: TextMeasure): void {
    this.textCharacters += textCharacters
    this.alphabets += alphabets
    this.ideographs += ideographs
    this.others += others
    this.messages += messages
  }
}

/** Characters of a text beyond Latin, added to what was counted before. */
export function countBeyondLatin(text: string, counts: TextSum): void {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) < FIRST_BEYOND_LATIN) continue
    const point = text.codePointAt(index) ?? 0
    if (point > 0xffff) index += 1
    const script = scriptOf(point)
    if (script !== 'latin') counts[script] += 1
  }
}

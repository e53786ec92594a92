import {type Arn, parseArn} from '../../core/arn.js'

/** A stretch of a source file that may name a model. */
export interface Mention {
  /** As it stands in the file. */
  readonly text: string
  /** Counted from 1; columns in UTF-16 code units. */
  readonly line: number
  readonly column: number
  /** The id to look up, percent-encoded colons read; null for an ARN that names no model or a pattern. */
  readonly id: string | null
  /** Where the id stands in an ARN. */
  readonly arn: Arn | null
}

export type FindMentions = (text: string) => readonly Mention[]

interface Span {
  readonly start: number
  readonly text: string
  readonly id: string | null
  readonly arn: Arn | null
}

const ARN = /arn:[a-z][a-z0-9-]*:bedrock:[a-z0-9*-]*:\d*:[a-z-]+\/[A-Za-z0-9._:%-]+/g
const BODY = /(?:[A-Za-z0-9._:-]|%3[Aa])*/y
/** What may stand before an id: anything but a character that makes it part of a longer name. */
const NAME_BEFORE = /[\w.$@-]/
const PREFIX_BEFORE = /(?:^|[^\w.$@-])([a-z][a-z-]{1,8})\.$/
/** After these the text is a stem or a pattern that something else completes. */
const OPEN_END = /[*?${<([+%\\]/
const LONGEST_PREFIX = 12

/** Finder of what may be a model id, profile id or ARN, for ids that begin with one of these provider words. */
export function createFinder(providers: readonly string[]): FindMentions {
  const word = new RegExp(`(?:${providers.join('|')})\\.`, 'g')
  return (text) => {
    const arns = findArns(text)
    const ids = findIds(text, word).filter(({start}) => !arns.some((arn) => start >= arn.start && start < endOf(arn)))
    return place(
      text,
      [...arns, ...ids].sort((a, b) => a.start - b.start),
    )
  }
}

const endOf = ({start, text}: Span) => start + text.length

function findArns(text: string): readonly Span[] {
  return [...text.matchAll(ARN)].flatMap((match): Span[] => {
    const written = trimEnd(match[0])
    // parseArn knows no pattern as a Region; which Region it is does not matter to what is looked up.
    const arn = parseArn(written.replace(/:bedrock:[^:]*\*[^:]*:/, ':bedrock::').replaceAll(/%3a/gi, ':'))
    if (!arn) return []
    const next = text[match.index + match[0].length] ?? ''
    const type = arn.resource.slice(0, arn.resource.indexOf('/'))
    const namesModel = type === 'foundation-model' || type === 'inference-profile'
    const whole = namesModel && !isOpen(match[0], next)
    return [{start: match.index, text: written, arn, id: whole ? arn.resource.slice(type.length + 1) : null}]
  })
}

function findIds(text: string, word: RegExp): readonly Span[] {
  return [...text.matchAll(word)].flatMap((match): Span[] => {
    const start = startOf(text, match.index)
    if (start === undefined) return []
    BODY.lastIndex = match.index + match[0].length
    const body = BODY.exec(text)?.[0] ?? ''
    const end = match.index + match[0].length + body.length
    const raw = text.slice(start, end)
    if (body === '' || isOpen(raw, text[end] ?? '')) return []
    const written = trimEnd(raw)
    return [{start, text: written, id: written.replaceAll(/%3a/gi, ':'), arn: null}]
  })
}

/** Start of the id with its profile prefix; undefined when the provider's word is part of a longer name. */
function startOf(text: string, at: number): number | undefined {
  if (at === 0 || !NAME_BEFORE.test(text[at - 1] ?? '')) return at
  const prefix = PREFIX_BEFORE.exec(text.slice(Math.max(0, at - LONGEST_PREFIX), at))?.[1]
  return prefix === undefined ? undefined : at - prefix.length - 1
}

function isOpen(raw: string, next: string): boolean {
  return OPEN_END.test(next) || /[-_]$|\.\.$/.test(raw) || next === '…'
}

/** A sentence's full stop and a key's colon do not belong to the id. */
function trimEnd(raw: string): string {
  return raw.replace(/[.:]+$/, '')
}

/** Line and column of each span; spans come in order, so the lines are counted once. */
function place(text: string, spans: readonly Span[]): readonly Mention[] {
  let line = 1
  let lineStart = 0
  return spans.map(({start, ...span}) => {
    for (let at = text.indexOf('\n', lineStart); at !== -1 && at < start; at = text.indexOf('\n', lineStart)) {
      line += 1
      lineStart = at + 1
    }
    return {...span, line, column: start - lineStart + 1}
  })
}

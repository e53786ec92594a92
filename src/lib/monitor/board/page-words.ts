import {wrapText} from '../../output/wrap.js'
import type {Span, SpanLine, Tone} from '../span.js'
import {clean, toWidth, widthOf} from '../text-width.js'
import {wrapSpans} from '../wrap-spans.js'
import type {Room} from './view.js'

type Columns = Pick<Room, 'columns'>

/** Columns of the names at the left of a page. */
export const LABEL_COLUMNS = 12
const LEAST = 20
/** A longer name of a fact is cut. */
export const WIDEST_NAME = 28

/** `label       text`, in as many lines as the text needs, below itself; nothing where there is no text. */
export function labelled(
  label: string,
  text: string | null | undefined,
  {columns}: Columns,
  tone?: Tone,
): readonly SpanLine[] {
  if (text === null || text === undefined || text === '') return []
  const lines = wrapWords(text, Math.max(LEAST, columns - LABEL_COLUMNS)).map(
    (part): SpanLine => [{text: part, ...(tone && {tone})}],
  )
  return beside(label, lines, LABEL_COLUMNS)
}

/** As `labelled`, of what has tones of its own. */
export function labelledSpans(label: string, spans: SpanLine, {columns}: Columns): readonly SpanLine[] {
  return beside(label, wrapSpans(spans, Math.max(LEAST, columns - LABEL_COLUMNS)), LABEL_COLUMNS)
}

/** Texts below one another, the label before the first. */
export function labelledEach(label: string, texts: readonly string[], room: Columns, tone?: Tone): readonly SpanLine[] {
  return texts.flatMap((text, at) => labelled(at === 0 ? label : '', text, room, tone))
}

/** A name and its value a line; a long value goes on below itself. */
export function factLines(
  facts: readonly (readonly [name: string, value: string])[],
  {columns}: Columns,
): readonly SpanLine[] {
  const width = Math.min(WIDEST_NAME, Math.max(0, ...facts.map(([name]) => widthOf(name)))) + 2
  return facts.flatMap(([name, value]) =>
    beside(
      name,
      wrapWords(value, Math.max(LEAST, columns - width)).map((text) => [{text}]),
      width,
    ),
  )
}

/** Lines with a name before the first. */
function beside(name: string, lines: readonly SpanLine[], width: number): readonly SpanLine[] {
  return lines.map((line, at) => [labelSpan(at === 0 ? name : '', width), ...line])
}

/** The name before a line, for lines that are as long as they are. */
export function labelSpan(name: string, width = LABEL_COLUMNS): Span {
  return {text: `${toWidth(name, width - 1)} `, tone: 'faint'}
}

/** Words from outside, made safe, in lines of so many columns. */
export function wrapWords(text: string, columns: number): readonly string[] {
  return wrapText(clean(text), columns)
}

/** Sections one below the other, a blank line between them; empty ones are left out. */
export function sections(...parts: readonly (readonly SpanLine[])[]): readonly SpanLine[] {
  const blank: SpanLine = []
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]))
}

/** `2026-11-21 19:04 UTC`. */
export function momentWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `2026-11-21 19:04:05 UTC`, for what is held against the log of something else. */
export function secondWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Names and values without those that have none. */
export function factsOf(
  facts: readonly (readonly [name: string, value: string | null | undefined])[],
): readonly (readonly [string, string])[] {
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}

/** What an ARN says of the thing itself; other names as they are. */
export function shortResource(resource: string): string {
  return resource.startsWith('arn:') ? resource.split(':').slice(5).join(':') : resource
}

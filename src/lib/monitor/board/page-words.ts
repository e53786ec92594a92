import {wrapText} from '../../output/wrap.js'
import type {SpanLine, Tone} from '../span.js'
import {clean, toWidth} from '../text-width.js'
import type {Room} from './view.js'

const LABEL = 12
const LEAST = 20

/** `label       text`, in as many lines as the text needs, below itself; nothing where there is no text. */
export function labelled(
  label: string,
  text: string | null | undefined,
  {columns}: Pick<Room, 'columns'>,
  tone?: Tone,
): readonly SpanLine[] {
  if (text === null || text === undefined || text === '') return []
  return wrapText(clean(text), Math.max(LEAST, columns - LABEL)).map((part, index) => [
    {text: toWidth(index === 0 ? label : '', LABEL), tone: 'faint'},
    {text: part, ...(tone && {tone})},
  ])
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

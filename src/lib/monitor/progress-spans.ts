import type {Look, Span} from './span.js'
import {widthOf} from './text-width.js'

const WIDEST_BAR = 40

/** A bar, how many percent, and words; words alone where nobody knows the share. */
export function barSpans(
  {share, text}: {readonly share: number | undefined; readonly text: string},
  columns: number,
  {unicode}: Pick<Look, 'unicode'>,
): readonly Span[] {
  if (share === undefined) return [{text}]
  const width = Math.max(5, Math.min(WIDEST_BAR, columns - widthOf(text) - 10))
  const full = Math.floor(share * width)
  const [on, off] = unicode ? ['█', '░'] : ['#', '.']
  return [
    {text: on.repeat(full), tone: 'good'},
    {text: off.repeat(width - full), tone: 'faint'},
    {text: ` ${String(Math.floor(share * 100)).padStart(3)} %  `, tone: 'strong'},
    {text},
  ]
}

/** As many facts as there is room for, each of them whole. */
export function fittedFacts(facts: readonly string[], columns: number, {unicode}: Pick<Look, 'unicode'>): string {
  const [first = '', ...rest] = facts
  return rest.reduce((line, fact) => {
    const longer = `${line}${unicode ? ' · ' : ', '}${fact}`
    return widthOf(longer) <= columns ? longer : line
  }, first)
}

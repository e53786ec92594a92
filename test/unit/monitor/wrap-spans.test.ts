import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Span, SpanLine} from '../../../src/lib/monitor/span.js'
import {widthOf} from '../../../src/lib/monitor/text-width.js'
import {wrapSpans} from '../../../src/lib/monitor/wrap-spans.js'

const line: SpanLine = [
  {text: '15', tone: 'strong'},
  {text: ' req/s   in 286k/min   out 0/min'},
  {text: '   at 01:23 UTC', tone: 'faint'},
]
const textsOf = (lines: readonly SpanLine[]) => lines.map((spans) => spans.map(({text}) => text).join(''))

test.each([
  [60, ['15 req/s   in 286k/min   out 0/min   at 01:23 UTC']],
  [40, ['15 req/s   in 286k/min   out 0/min', 'at 01:23 UTC']],
  [24, ['15 req/s   in 286k/min', 'out 0/min   at 01:23 UTC']],
  [10, ['15 req/s', 'in', '286k/min', 'out 0/min', 'at 01:23', 'UTC']],
])('in %d columns it is broken at gaps, and at blanks where it must', (width, texts) => {
  expect(textsOf(wrapSpans(line, width))).toEqual(texts)
})

test('each word keeps its tone', () => {
  expect(wrapSpans(line, 24)[1]?.filter(({tone}) => tone === 'faint')).toHaveLength(3)
})

const spans = fc.array(fc.record<Span>({text: fc.stringMatching(/^[a-z漢 ]{0,12}$/)}), {maxLength: 6})

test('no word is lost or moved, and only a word that is too long passes the width', () => {
  fc.assert(
    fc.property(spans, fc.integer({min: 1, max: 30}), (some, width) => {
      const texts = textsOf(wrapSpans(some, width))
      const whole = textsOf([some]).join('')

      expect(texts.join('').replace(/ /g, '')).toBe(whole.replace(/ /g, ''))
      for (const text of texts) expect(widthOf(text) <= width || !text.trim().includes(' ')).toBe(true)
    }),
  )
})

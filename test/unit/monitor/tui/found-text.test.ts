import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Span, SpanLine} from '../../../../src/lib/monitor/span.js'
import {foundLines, withFound} from '../../../../src/lib/monitor/tui/found-text.js'

const LOOK = {color: true, unicode: true}
const lines: readonly SpanLine[] = [
  [{text: 'Throttled ', tone: 'bad'}, {text: '2 %, thr'}, {text: 'ottles', tone: 'strong'}],
  [{text: 'nothing'}],
  [],
  [{text: 'İ throttled'}],
]
const words = (line: SpanLine) => line.map(({text, tone}) => (tone === 'chosen' ? `[${text}]` : text)).join('')

test('a text is found whatever its case, also across what has tones of its own', () => {
  expect(foundLines(lines, 'THROTTLE')).toEqual([0])
  expect(foundLines(lines, 'throttle')).toEqual([0, 3])
  expect(foundLines(lines, '')).toEqual([])
})

test('what is found stands out, and a sign before the line says so without colours', () => {
  const shown = lines.map((line, at) => words(withFound(line, 'throttle', {isIn: at === 0, look: LOOK})))

  expect(shown).toEqual(['› [Throttle]d 2 %, [thr][ottle]s', '  nothing', '  ', '* İ [throttle]d'])
})

const spans = fc.array(fc.record<Span>({text: fc.string({maxLength: 6}), tone: fc.constantFrom('bad', 'faint')}))

test('the text of a line stays what it is, whatever is found in it', () => {
  fc.assert(
    fc.property(spans, fc.string({minLength: 1, maxLength: 3}), (line, text) => {
      const marked = withFound(line, text, {isIn: false, look: LOOK})
      const [, ...rest] = marked

      expect(rest.map((span) => span.text).join('')).toBe(line.map((span) => span.text).join(''))
    }),
  )
})

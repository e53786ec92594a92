import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  eraseTo,
  insertText,
  moveCursor,
  type Reach,
  type TypedLine,
  typedLine,
} from '../../../../../src/lib/monitor/board/ui/typed-line.js'
import {job, jobsRead, liveBoard, press} from '../../../../support/live-board.js'

/** `one t|wo`: the text, the cursor shown as a bar. */
const shown = ({cursor, text}: TypedLine) => `${text.slice(0, cursor)}|${text.slice(cursor)}`

describe('keys in a prompt', () => {
  const board = liveBoard([jobsRead([job('a')])])

  test.each([
    [['<Left>', 'X'], 'one 漢字 twX|o'],
    [['<C-b>', '<C-b>', '<Right>', '<Backspace>'], 'one 漢字 t|o'],
    [['<Home>', 'X'], 'X|one 漢字 two'],
    [['<C-a>', '<Right>', '<End>', 'X'], 'one 漢字 twoX|'],
    [['<C-a>', '<C-f>', '<C-e>'], 'one 漢字 two|'],
    [['<Home>', '<Delete>'], '|ne 漢字 two'],
    [['<Home>', '<C-d>', '<C-d>'], '|e 漢字 two'],
    [['<Delete>'], 'one 漢字 two|'],
    [['<C-w>'], 'one 漢字 |'],
    [['<C-w>', '<C-w>'], 'one |'],
    [['<A-b>', '<A-b>'], 'one |漢字 two'],
    [['<A-b>', '<A-b>', '<Right>', '<Backspace>'], 'one |字 two'],
    [['<A-b>', '<A-b>', '<C-w>'], '|漢字 two'],
    [['<Home>', '<A-f>', '<A-f>'], 'one 漢字| two'],
    [['<Home>', '<C-Right>', '<C-Left>'], '|one 漢字 two'],
    [['<Home>', '<A-d>'], '| 漢字 two'],
    [['<A-b>', '<C-u>'], '|two'],
    [['<A-b>', '<C-k>'], 'one 漢字 |'],
    [['<Left>', 'pasted words'], 'one 漢字 twpasted words|o'],
    [['<A-x>', '<C-y>', '<A->'], 'one 漢字 two|'],
  ])('%j leave %s', (keys, line) => {
    const {asked, state} = press(board, ['/one 漢字 two', ...keys])
    const {prompt} = state.ui

    expect([prompt && shown(prompt), asked]).toEqual([line, []])
  })

  test('what is before the cursor and behind it filters, and confirms, alike', () => {
    const {state} = press(board, ['/b', '<Left>', 'jo', '<Enter>'])

    expect(state.ui.crumbs[0].filter).toBe('job')
  })

  test('the arrow to the right completes only from the end of a command', () => {
    const text = (...keys: readonly string[]) => press(board, [':ev', ...keys]).state.ui.prompt

    expect(text('<Right>')?.text).toBe('events')
    expect(text('<Left>', '<Right>')).toMatchObject({text: 'ev', cursor: 2})
    expect(text('<Home>', '<Delete>', '<Delete>')).toMatchObject({text: '', cursor: 0})
    expect(text('<Home>', '<Backspace>')).toMatchObject({text: 'ev', cursor: 0})
  })

  test('what comes in place of a text has the cursor behind it', () => {
    const recalled = press(board, ['/one', '<Enter>', '/', '<C-u>', 'x', '<Home>', '<Up>']).state.ui.prompt

    expect(recalled && shown(recalled)).toBe('one|')
  })
})

const reaches = fc.record<Reach>({
  what: fc.constantFrom('letter', 'word', 'line'),
  to: fc.constantFrom('left', 'right'),
})

test('whatever is done to a line, the cursor stands between two of its letters and nothing else is lost', () => {
  const steps = fc.oneof(
    reaches.map((reach) => (line: TypedLine) => moveCursor(line, reach)),
    reaches.map((reach) => (line: TypedLine) => eraseTo(line, reach)),
    fc.string({unit: 'grapheme', maxLength: 4}).map((text) => (line: TypedLine) => insertText(line, text, 40)),
  )
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 12}), fc.array(steps, {maxLength: 12}), (text, all) => {
      const line = all.reduce((known, step) => step(known), typedLine(text))

      expect(line.cursor).toBeGreaterThanOrEqual(0)
      expect(line.cursor).toBeLessThanOrEqual(line.text.length)
      expect(() => encodeURIComponent(line.text)).not.toThrow()
      expect(insertText(line, 'x', 400).text).toHaveLength(line.text.length + 1)
    }),
  )
})

test('going to one side and erasing to the other leaves nothing', () => {
  fc.assert(
    fc.property(
      fc.string({unit: 'grapheme'}),
      fc.constantFrom<Reach['what']>('letter', 'word', 'line'),
      (text, what) => {
        const home = moveCursor(typedLine(text), {what: 'line', to: 'left'})
        const ends = Array.from({length: text.length + 1}).reduce<TypedLine>(
          (line) => eraseTo(line, {what, to: 'right'}),
          home,
        )

        expect(ends).toEqual({text: '', cursor: 0})
      },
    ),
  )
})

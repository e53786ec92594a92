import {expect, test} from 'vitest'
import {createProgress} from '../../../src/lib/cli/progress.js'

function screen(columns: number | undefined, isTTY = true) {
  const written: string[] = []
  let now = 0
  return {
    written,
    wait: (ms: number) => {
      now += ms
    },
    stream: {isTTY, ...(columns === undefined ? {} : {columns}), write: (text: string) => written.push(text)},
    now: () => now,
  }
}

test('one line updates in place, with the rate and what is left', () => {
  const at = screen(80)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})

  at.wait(2000)
  progress.update(5, 20, 'Regions read')

  expect(at.written).toEqual(['\r\u001B[2K5/20 Regions read, 2.0 s, 6 s left'])
})

test('what comes after has a clock of its own, so that a question before it delays nothing', () => {
  const at = screen(80)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})
  at.wait(1000)
  progress.update(2, 4, 'MB checked')

  at.wait(60_000)
  progress.update(0, 4, 'MB uploaded')
  at.wait(2000)
  progress.update(1, 4, 'MB uploaded', '0.5 MB/s')

  expect(at.written.at(-1)).toBe('\r\u001B[2K1/4 MB uploaded, 0.5 MB/s, 2.0 s, 6 s left')
})

test('updates closer than 80 ms are left out, but not the last', () => {
  const at = screen(80)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})
  at.wait(100)
  progress.update(1, 3, 'Regions')

  at.wait(10)
  progress.update(2, 3, 'Regions')
  progress.update(3, 3, 'Regions')

  expect(at.written.map((line) => /\d\/\d/.exec(line)?.[0])).toEqual(['1/3', '3/3'])
})

test.each([
  [20, 19],
  [0, 44],
  [undefined, 44],
])('on a terminal of %s columns the line is cut to fit', (columns, length) => {
  const at = screen(columns)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})

  at.wait(1000)
  progress.update(1, 2, 'Regions of this account')

  expect(at.written[0]?.slice('\r\u001B[2K'.length)).toHaveLength(length)
})

test('a resize counts from the next update', () => {
  const at = screen(80)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})
  at.wait(1000)
  progress.update(1, 3, 'Regions of this account')

  at.stream.columns = 12
  at.wait(1000)
  progress.update(2, 3, 'Regions of this account')

  expect(at.written[1]).toBe('\r\u001B[2K2/3 Regions')
})

test('clearing removes the line once', () => {
  const at = screen(80)
  const progress = createProgress(at.stream, {enabled: true, now: at.now})
  at.wait(100)
  progress.update(1, 3, 'Regions')

  progress.clear()
  progress.clear()

  expect(at.written.slice(1)).toEqual(['\r\u001B[2K'])
})

test.each([
  [true, false],
  [false, true],
])('nothing is written when enabled is %s and the stream is a terminal: %s', (enabled, isTTY) => {
  const at = screen(80, isTTY)
  const progress = createProgress(at.stream, {enabled, now: at.now})

  at.wait(1000)
  progress.update(1, 3, 'Regions')
  progress.clear()

  expect(at.written).toEqual([])
})

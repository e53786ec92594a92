import {describe, expect, test} from 'vitest'
import {isSettled, parseWindow} from '../../../../src/lib/cost/actual/window.js'
import {NOW, windowOf} from './build-actual.js'

describe('parseWindow', () => {
  test('days before today, today with them', () => {
    expect(windowOf('30d').shown).toEqual({from: '2026-10-22', to: '2026-11-22'})
    expect(windowOf('2w').shown.from).toBe('2026-11-07')
  })

  test('the month so far is read with it, where it ends today', () => {
    expect(windowOf('5d').read).toEqual({from: '2026-11-01', to: '2026-11-22'})
    expect(windowOf('2026-11-03', '2026-11-10').read).toEqual({from: '2026-11-03', to: '2026-11-11'})
  })

  test.each([
    ['soon', undefined, 'NO_DAY'],
    ['2026-02-30', undefined, 'NO_DAY'],
    ['30d', 'yesterday', 'NO_DAY'],
    ['30d', '2026-11-22', 'DAY_AHEAD'],
    ['2026-11-10', '2026-11-09', 'EMPTY_PERIOD'],
    ['2025-09-30', undefined, 'TOO_OLD'],
    ['99999999999d', undefined, 'TOO_OLD'],
  ])('--since %s --until %s is refused', (since, until, code) => {
    expect(() => parseWindow({since, until}, NOW)).toThrow(expect.objectContaining({code, fault: 'usage'}))
  })
})

test('a day is settled a day after its end', () => {
  expect([isSettled('2026-11-19', NOW), isSettled('2026-11-20', NOW)]).toEqual([true, false])
})

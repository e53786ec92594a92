import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {type Due, Scheduler} from '../../../../src/lib/sandbox/streams/scheduler.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const due = (dueAt: number, run: (now: number) => void): Due => ({dueAt, queueIndex: -1, run})

describe('Scheduler', () => {
  test('runs what is due in order, never early, and not what was taken out', () => {
    const item = fc.record({inMs: fc.double({min: 0, max: 50, noNaN: true}), removed: fc.boolean()})
    fc.assert(
      fc.property(fc.array(item, {maxLength: 60}), (items) => {
        const scheduler = new Scheduler()
        const start = performance.now()
        const ran: number[] = []
        const added = items.map(({inMs}) => {
          const one = due(start + inMs, (now) => {
            expect(now).toBeGreaterThanOrEqual(one.dueAt)
            ran.push(one.dueAt)
          })
          scheduler.add(one)
          return one
        })
        for (const [index, {removed}] of items.entries())
          if (removed) scheduler.remove(added[index] ?? due(0, () => {}))
        vi.advanceTimersByTime(60)

        const kept = added.filter((_, index) => !items[index]?.removed).map(({dueAt}) => dueAt)
        expect(ran).toEqual(kept.sort((a, b) => a - b))
        expect(scheduler.size).toBe(0)
      }),
    )
  })

  test('keeps to its moments when what runs adds itself again', () => {
    const scheduler = new Scheduler()
    const start = performance.now()
    const at: number[] = []
    const one = due(start + 10.5, () => {
      at.push(one.dueAt - start)
      one.dueAt += 10.5
      if (at.length < 4) scheduler.add(one)
    })
    scheduler.add(one)
    vi.advanceTimersByTime(100)

    expect(at).toEqual([10.5, 21, 31.5, 42])
  })

  test('goes on after something that it ran has failed', () => {
    const scheduler = new Scheduler()
    const start = performance.now()
    const ran = vi.fn()
    scheduler.add(
      due(start + 1, () => {
        throw new Error('failed')
      }),
    )
    scheduler.add(due(start + 5, ran))
    expect(() => vi.advanceTimersByTime(2)).toThrow('failed')
    vi.advanceTimersByTime(10)

    expect(ran).toHaveBeenCalledOnce()
  })
})

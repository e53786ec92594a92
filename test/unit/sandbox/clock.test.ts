import {describe, expect, test} from 'vitest'
import {createClock} from '../../../src/lib/sandbox/clock.js'

describe('the manual clock', () => {
  test('stands still until it is moved', async () => {
    const clock = createClock('manual', 1000)

    expect(clock.now()).toBe(1000)
    await clock.advance(500)
    expect(clock.now()).toBe(1500)
  })

  test('wakes sleepers in the order of their time, each at its own', async () => {
    const clock = createClock('manual', 0)
    const woken: [string, number][] = []
    for (const [name, ms] of [
      ['late', 30],
      ['early', 10],
      ['never', 100],
    ] as const) {
      void clock.sleep(ms).then(() => woken.push([name, clock.now()]))
    }

    await clock.advance(50)

    expect(woken).toEqual([
      ['early', 10],
      ['late', 30],
    ])
  })

  test('lets who woke sleep again within the same move', async () => {
    const clock = createClock('manual', 0)
    const ticks: number[] = []
    const ticking = (async () => {
      for (let tick = 0; tick < 3; tick++) {
        await clock.sleep(10)
        ticks.push(clock.now())
      }
    })()

    await clock.advance(100)
    await ticking

    expect(ticks).toEqual([10, 20, 30])
  })
})

describe('running clocks', () => {
  test('the fast one runs ahead of the real one', async () => {
    const [real, fast] = [createClock('real', 0), createClock('fast', 0)]

    await real.sleep(5)

    expect(fast.now()).toBeGreaterThanOrEqual(real.now() * 200)
  })

  test('a move wakes who sleeps until then', async () => {
    const clock = createClock('real')
    const slept = clock.sleep(3_600_000)

    await clock.advance(3_600_000)

    await expect(slept).resolves.toBeUndefined()
  })
})

import {describe, expect, test} from 'vitest'
import {BedrockctlError} from '../../../../../src/lib/core/errors.js'
import type {AnyReader, Look} from '../../../../../src/lib/monitor/board/ports.js'
import {Sampler} from '../../../../../src/lib/monitor/board/sampler/sampler.js'
import type {SamplerEvent} from '../../../../../src/lib/monitor/board/sampler/sampler-event.js'
import type {SamplerInput} from '../../../../../src/lib/monitor/board/sampler/sampler-input.js'
import {feedKey, type Topic} from '../../../../../src/lib/monitor/board/topics.js'
import {type SteppedClock, steppedClock} from '../../../../support/stepped-clock.js'

const MINUTE = 60_000
const SERIES = {endpoint: 'runtime', modelId: 'm', tier: null, minutes: []} as never
const DENIED = new BedrockctlError('ACCESS_DENIED', 'No.', {
  fault: 'access',
  action: 'bedrock:ListX',
  hint: 'Allow it.',
})
const THROTTLED = new BedrockctlError('THROTTLED', 'Slow down.', {fault: 'service'})

interface Answering {
  readonly everyMs?: number
  readonly scope?: 'region' | 'account'
  readonly answer?: (look: Look) => unknown
}

/** A board of readers that answer at once, and what was told of them. */
function stage(readers: Partial<Record<Topic, Answering>>, options: Partial<SamplerInput> = {}) {
  const clock: SteppedClock = steppedClock()
  const startMs = clock.now()
  const looks: {readonly key: string; readonly atMs: number}[] = []
  const events: SamplerEvent[] = []
  const stop = new AbortController()
  let backMs = 0
  const asReader = ([topic, {answer, everyMs = 0, scope = 'region'}]: [string, Answering]) =>
    ({
      topic,
      scope,
      everyMs,
      look: async (look: Look) => {
        looks.push({key: feedKey(topic as Topic, look.place), atMs: look.nowMs - startMs})
        const rows = (await answer?.(look)) ?? []
        return {rows, metrics: 0}
      },
    }) as unknown as AnyReader
  const sampler = new Sampler(
    {
      readers: Object.entries(readers).map(asReader),
      subject: {account: null, profile: null, regions: ['us-east-1'], simulated: false, replayed: false},
      intervalMs: 30_000,
      shown: undefined,
      named: options.discover === undefined,
      always: ['us-east-1'],
      discover: async () => [],
      account: undefined,
      made: () => 0,
      simulated: () => false,
      firstRoundMs: 30_000,
      emit: (event) => events.push(event),
      signal: stop.signal,
      ...options,
    },
    {...clock, now: () => clock.now() - backMs},
  )
  const putBack = (ms: number) => {
    backMs = ms
  }
  const times = (key: string) => looks.filter((look) => look.key === key).map(({atMs}) => atMs)
  return {clock, events, looks, putBack, sampler, stop, times}
}

const ofType = <T extends SamplerEvent['type']>(events: readonly SamplerEvent[], type: T) =>
  events.filter((event): event is Extract<SamplerEvent, {type: T}> => event.type === type)

describe('pace', () => {
  test('each topic is looked at no more often than it may be, on multiples of the interval', async () => {
    const {clock, sampler, times} = stage({traffic: {}, quotas: {everyMs: 50_000}, bench: {scope: 'account'}})

    sampler.start()
    await clock.pass(2 * MINUTE)

    expect(times('traffic us-east-1')).toEqual([0, 30_000, 60_000, 90_000, 120_000])
    expect(times('quotas us-east-1')).toEqual([0, 60_000, 120_000])
    expect(times('bench *')).toEqual([0, 30_000, 60_000, 90_000, 120_000])
  })

  test('a clock that is put back costs one look at most', async () => {
    const {clock, looks, putBack, sampler} = stage({traffic: {}})

    sampler.start()
    await clock.pass(MINUTE)
    putBack(60 * MINUTE)
    await clock.pass(2 * MINUTE)

    expect(looks).toHaveLength(6)
  })

  test('requests are told once, those of looks that failed too', async () => {
    let made = 0
    const asked = (answer: unknown) => () => {
      made += 3
      return answer
    }
    const {clock, events, sampler} = stage(
      {traffic: {answer: asked([SERIES])}, jobs: {answer: asked(Promise.reject(DENIED))}},
      {made: () => made},
    )

    sampler.start()
    await clock.pass(0)

    const told = [
      ...ofType(events, 'read').map(({reading}) => reading.calls),
      ...ofType(events, 'failed').map(({calls}) => calls ?? 0),
    ]
    expect(told.reduce((sum, calls) => sum + calls, 0)).toBe(6)
  })

  test('who cannot make anything of a reading is told that it failed', async () => {
    const events: SamplerEvent[] = []
    const emit = (event: SamplerEvent) => {
      if (event.type === 'read') throw new Error('a bug')
      events.push(event)
    }
    const {clock, sampler, times} = stage({traffic: {answer: () => [SERIES]}}, {emit})

    sampler.start()
    await clock.pass(MINUTE)

    expect(ofType(events, 'failed')[0]).toMatchObject({topic: 'traffic', trouble: {kind: 'failed', message: 'a bug'}})
    expect(times('traffic us-east-1').length).toBeGreaterThan(1)
  })

  test('a look that is under way has no second beside it, and holds up no other', async () => {
    let answer = (): void => undefined
    const slow = () => new Promise<void>((resolve) => (answer = resolve))
    const {clock, sampler, times} = stage({traffic: {answer: slow}, jobs: {}})

    sampler.start()
    await clock.pass(70_000)
    answer()
    await clock.pass(30_000)

    expect(times('traffic us-east-1')).toEqual([0, 90_000])
    expect(times('jobs us-east-1')).toEqual([0, 30_000, 60_000, 90_000])
  })

  test('a look that never ends is given up as lost', async () => {
    const {clock, events, sampler} = stage({traffic: {answer: () => new Promise(() => undefined)}})

    sampler.start()
    await clock.pass(3 * MINUTE)

    expect(ofType(events, 'failed')[0]?.trouble).toMatchObject({kind: 'lost', code: 'LOOK_TIMED_OUT'})
  })

  test('what the shown view does not need is read four times less often, and at once when it is shown', async () => {
    const {clock, sampler, times} = stage({traffic: {}, capacity: {}}, {shown: new Set<Topic>(['traffic'])})

    sampler.start()
    await clock.pass(100_000)
    sampler.show(new Set<Topic>(['capacity']))
    await clock.pass(30_000)

    expect(times('capacity us-east-1')).toEqual([0, 100_000, 120_000])
    expect(times('traffic us-east-1')).toEqual([0, 30_000, 60_000, 90_000, 120_000])
  })

  test('another interval holds from now on, and is told', async () => {
    const {clock, events, sampler, times} = stage({traffic: {}})

    sampler.start()
    await clock.pass(40_000)
    sampler.pace(5000)
    await clock.pass(10_000)

    expect(times('traffic us-east-1')).toEqual([0, 30_000, 40_000, 45_000, 50_000])
    expect(ofType(events, 'paced')).toEqual([{type: 'paced', intervalMs: 5000}])
  })

  test('to refresh looks at everything now', async () => {
    const {clock, sampler, times} = stage({quotas: {everyMs: 10 * MINUTE}})

    sampler.start()
    await clock.pass(45_000)
    sampler.refresh()
    await clock.pass(0)

    expect(times('quotas us-east-1')).toEqual([0, 45_000])
  })

  test('a day keeps its pace, and nothing of it', async () => {
    const {clock, events, sampler, times} = stage({traffic: {}, jobs: {}, prices: {everyMs: 60 * MINUTE}})

    sampler.start()
    await clock.pass(24 * 60 * MINUTE)

    expect(times('traffic us-east-1')).toHaveLength(2881)
    expect(times('prices us-east-1')).toHaveLength(25)
    expect(ofType(events, 'round')).toHaveLength(2881)
  })
})

describe('the first looks', () => {
  const slow = () => new Promise(() => undefined)

  test('what hardly changes waits for traffic, jobs and alarms, but not for long', async () => {
    const {clock, sampler, times} = stage({quotas: {}, jobs: {}, traffic: {answer: slow}})

    sampler.start()
    await clock.pass(1900)
    const before = times('quotas us-east-1')
    await clock.pass(100)

    expect([before, times('jobs us-east-1'), times('quotas us-east-1')]).toEqual([[], [0], [2000]])
  })

  test('no more than eight are under way at once', async () => {
    const regions = Array.from({length: 20}, (_, at) => `us-east-${at}`)
    const subject = {account: null, profile: null, regions, simulated: false, replayed: false}
    const {clock, looks, sampler} = stage({traffic: {answer: slow}}, {subject})

    sampler.start()
    await clock.pass(10_000)

    expect(looks).toHaveLength(8)
  })
})

describe('trouble', () => {
  test('what is throttled rests twice as long each time, up to five minutes, and comes back', async () => {
    const refusals = new Set([THROTTLED])
    const answer = () => {
      for (const refusal of refusals) throw refusal
    }
    const {clock, events, sampler, times} = stage({traffic: {answer}})

    sampler.start()
    await clock.pass(20 * MINUTE)
    refusals.clear()
    await clock.pass(6 * MINUTE)

    const [first, ...rest] = times('traffic us-east-1').map((atMs) => atMs / 1000)
    expect([first, ...rest].slice(0, 6)).toEqual([0, 60, 180, 420, 720, 1020])
    expect(ofType(events, 'failed')[0]).toMatchObject({trouble: {kind: 'throttled'}, nextAtMs: expect.any(Number)})
    expect(ofType(events, 'read').length).toBeGreaterThan(1)
  })

  test('what is denied says which action is missing, and the rest goes on', async () => {
    const answer = () => {
      throw DENIED
    }
    const {clock, events, sampler, times} = stage({quotas: {answer}, jobs: {}})

    sampler.start()
    await clock.pass(10 * MINUTE)

    expect(times('quotas us-east-1')).toEqual([0, 5 * MINUTE, 10 * MINUTE])
    expect(times('jobs us-east-1')).toHaveLength(21)
    expect(ofType(events, 'failed')[0]?.trouble).toEqual({
      kind: 'denied',
      code: 'ACCESS_DENIED',
      message: 'No.',
      action: 'bedrock:ListX',
      hint: 'Allow it.',
    })
  })
})

test('who signs in again is seen within a minute, and misses no action until then', async () => {
  const answer = () => {
    const action = 'bedrock:ListX'
    throw new BedrockctlError('CREDENTIALS_EXPIRED', `They have expired: ${action}.`, {fault: 'access', action})
  }
  const {clock, events, sampler, times} = stage({jobs: {answer}})

  sampler.start()
  await clock.pass(3 * MINUTE)

  expect(times('jobs us-east-1')).toEqual([0, MINUTE, 2 * MINUTE, 3 * MINUTE])
  expect(ofType(events, 'failed')[0]?.trouble).toMatchObject({
    ...{kind: 'denied', action: null, message: 'The credentials have expired.'},
  })
})

describe('rounds', () => {
  test('a round is in when its looks are; one that is slow is not waited for beyond the next', async () => {
    const answer = ({place}: Look) => (place === 'us-west-2' ? new Promise(() => undefined) : [])
    const subject = {
      account: null,
      profile: null,
      regions: ['us-east-1', 'us-west-2'],
      simulated: false,
      replayed: false,
    }
    const {clock, events, sampler} = stage({traffic: {answer}}, {subject, firstRoundMs: 0})

    sampler.start()
    await clock.pass(60_000)

    expect(ofType(events, 'round').map(({waiting}) => waiting)).toEqual([1, 0, 0])
  })

  test('the first round waits for the Regions that are found', async () => {
    const discover = () =>
      new Promise<readonly string[]>((resolve) => clock.after(40_000, () => resolve(['eu-west-1'])))
    const {clock, events, sampler} = stage({traffic: {}}, {discover: () => discover(), firstRoundMs: 60_000})

    sampler.start()
    await clock.pass(45_000)

    const kinds = events.map((event) => (event.type === 'read' ? `read ${event.reading.place}` : event.type))
    expect(kinds.lastIndexOf('read eu-west-1')).toBeLessThan(kinds.indexOf('round'))
  })
})

describe('Regions', () => {
  const USED = ['eu-west-1']
  const traffic = {answer: ({place}: Look) => (USED.includes(place ?? '') ? [SERIES] : [])}
  const discover = async () => ['us-east-1', 'eu-west-1', 'ap-south-1']

  test('those with traffic are watched in full; the others are asked again after ten minutes', async () => {
    const {clock, events, sampler, times} = stage({traffic, jobs: {}}, {discover})

    sampler.start()
    await clock.pass(11 * MINUTE)

    expect(times('traffic ap-south-1')).toEqual([0, 10 * MINUTE])
    expect(times('jobs ap-south-1')).toEqual([])
    expect(times('jobs eu-west-1').length).toBeGreaterThan(20)
    expect(times('jobs us-east-1')).toHaveLength(23)
    expect(ofType(events, 'watching').at(-1)?.subject.regions).toEqual(['us-east-1', 'eu-west-1'])
  })

  test('one that is gone back to is read anew, as the board kept nothing of it', async () => {
    const told: (boolean | undefined)[] = []
    const answer = ({isAnew, place}: Look) => {
      if (place !== 'us-east-1') return []
      told.push(isAnew)
      if (told.length === 1) throw THROTTLED
      return []
    }
    const {clock, sampler} = stage({events: {answer}})

    sampler.start()
    await clock.pass(0)
    await clock.pass(3 * MINUTE)
    sampler.watch(['eu-west-1'])
    await clock.pass(MINUTE)
    const before = told.length
    sampler.watch(['us-east-1', 'eu-west-1'])
    await clock.pass(MINUTE)

    expect(told.slice(0, 3)).toEqual([true, true, undefined])
    expect(told.slice(before, before + 2)).toEqual([true, undefined])
  })

  test('those that are chosen are watched alone, whatever they have', async () => {
    const {clock, events, sampler, looks} = stage({traffic, jobs: {}}, {discover})

    sampler.start()
    await clock.pass(MINUTE)
    sampler.watch(['ap-south-1'])
    const before = looks.length
    await clock.pass(MINUTE)

    expect(new Set(looks.slice(before).map(({key}) => key))).toEqual(new Set(['traffic ap-south-1', 'jobs ap-south-1']))
    expect(ofType(events, 'watching').at(-1)?.subject.regions).toEqual(['ap-south-1'])

    sampler.watch([])
    await clock.pass(MINUTE)

    expect(ofType(events, 'watching').at(-1)?.subject.regions).toEqual(['us-east-1', 'eu-west-1'])
  })
})

test('once it is stopped, looks are cancelled and nothing is told', async () => {
  let signal: AbortSignal | undefined
  const answer = (look: Look) => {
    signal = look.signal
    return new Promise(() => undefined)
  }
  const {clock, events, sampler, stop} = stage({traffic: {answer}})

  sampler.start()
  await clock.pass(0)
  const told = events.length
  stop.abort()
  await clock.pass(MINUTE)

  expect(signal?.aborted).toBe(true)
  expect(events).toHaveLength(told)
})

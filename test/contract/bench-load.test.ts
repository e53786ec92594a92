import {connect} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openLoadEngine} from '../../src/lib/bench/load/engine.js'
import type {CellJob, LoadEngine} from '../../src/lib/bench/load/load.js'
import {SAMPLE_FLAGS} from '../../src/lib/bench/samples/columns.js'
import type {LanePlan, Timeouts} from '../../src/lib/bench/wire/lane.js'
import {
  bundleLoadWorker,
  cell,
  lane,
  promptBook,
  type RawRequest,
  refusal,
  runCell,
  STREAM_END,
  STREAM_HEAD,
  startRawServer,
  TOKEN,
  WHOLE_STREAM,
} from '../support/load-stage.js'
import {selfSigned} from '../support/truth-server/self-signed.js'

let worker: Awaited<ReturnType<typeof bundleLoadWorker>>
let engine: LoadEngine
let three: LoadEngine

beforeAll(async () => {
  worker = await bundleLoadWorker()
  engine = openLoadEngine({workers: 1, script: worker.script})
  three = openLoadEngine({workers: 3, script: worker.script})
})
afterAll(async () => {
  await Promise.all([engine.close(), three.close()])
  await worker.remove()
})

const answer = ({socket}: RawRequest): void => void socket.write(WHOLE_STREAM)
/** Long enough for a busy machine; what is to run out is made short. */
const LIMITS = {connectMs: 5000, ttftMs: 5000, idleMs: 5000, requestMs: 10_000}

describe('a closed level', () => {
  test('sends one request after another on the connection that was opened before', async () => {
    await using server = await startRawServer(answer)

    const {end, rows} = await runCell(engine, cell(lane(server.port), {requests: 20}))

    expect(end).toMatchObject({cell: 3, ended: 'complete', why: undefined, lateMs: 0, failures: []})
    expect(end.served.model).toEqual({})
    expect(rows.map(({k}) => k)).toEqual(Array.from({length: 20}, (_, k) => k))
    expect(server.connections).toBe(1)
    expect(rows[0]).toMatchObject({
      status: 200,
      errorClass: 'none',
      events: 2,
      input: 5,
      output: 2,
      wantedOut: 2,
      flags: 0,
    })
    for (const {sched, sent, headers, first, last, end: ended} of rows) {
      const order = [sched, sent, headers, first, last, ended]
      expect(order.toSorted((a = 0, b = 0) => a - b)).toEqual(order)
    }
  })

  test('puts another nonce into every body and nothing else', async () => {
    await using server = await startRawServer(answer)

    await runCell(engine, cell(lane(server.port), {requests: 6}))

    const nonces = server.seen.map(({body}) => /^\{"nonce":"([a-z\d]{16})"\}$/.exec(body)?.[1])
    expect(new Set(nonces).size).toBe(6)
    expect(nonces.map((nonce) => Number(nonce?.slice(6)))).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('ends at its duration', async () => {
    await using server = await startRawServer(answer)

    const {end, rows} = await runCell(engine, cell(lane(server.port), {requests: undefined, durationMs: 60}))

    expect(end.ended).toBe('complete')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(({sched = 0}) => sched < 60)).toBe(true)
  })

  test('holds conversations: each user its own, turn after turn', async () => {
    await using server = await startRawServer(answer)
    const book = {...promptBook('a0', 'a1', 'b0', 'c0', 'c1', 'c2'), sessions: Uint32Array.of(0, 2, 3)}
    const level = {kind: 'users', users: 2, thinkMs: {kind: 'constant', value: 5}, turns: 2} as const

    const {rows} = await runCell(engine, cell(lane(server.port), {level, book, requests: 8}))

    const turns = (user: number) => rows.filter(({k = 0}) => k % 2 === user).map(({session, turn}) => [session, turn])
    expect(turns(0)).toEqual([
      [0, 0],
      [0, 1],
      [2, 0],
      [2, 1],
    ])
    expect(turns(1)).toEqual([
      [1, 0],
      [3, 0],
      [3, 1],
      [5, 0],
    ])
    expect(rows.every(({k = 0, sched = 0}) => k < 2 || sched > 5)).toBe(true)
    expect(server.seen.map(({body}) => body).toSorted()).toEqual(['a0', 'a0', 'a1', 'a1', 'b0', 'c0', 'c0', 'c1'])
  })

  test('a user who was turned away rests as the server says', async () => {
    await using server = await startRawServer(({socket}) => socket.write(refusal(429, 'retry-after-ms: 40\r\n')))

    const {end, rows, ticks} = await runCell(engine, cell(lane(server.port)))

    expect(rows.map(({errorClass, status}) => [errorClass, status])).toEqual(Array(4).fill(['throttled', 429]))
    expect(rows.slice(1).every(({sched = 0}, place) => sched - (rows[place]?.['end'] ?? 0) > 39.9)).toBe(true)
    expect(end.failures).toMatchObject([{error: 'throttled', status: 429, count: 4}])
    expect(ticks.at(-1)).toMatchObject({sent: 4, done: 4, ok: 0, inFlight: 0})
    expect(ticks.at(-1)?.errors[1]).toBe(4)
  })
})

describe('an open level', () => {
  const POISSON = {kind: 'rate', perSecond: 400, shape: {kind: 'poisson'}} as const

  test('sends at its times, however long answers take', async () => {
    await using server = await startRawServer((request) => setTimeout(answer, 80, request))

    const {rows, end} = await runCell(
      engine,
      cell(lane(server.port), {level: POISSON, requests: 40, expectedE2eMs: 100}),
    )

    expect(rows.length).toBe(40)
    expect(rows.every(({sent = 0, sched = 0}) => sent >= sched)).toBe(true)
    expect(Math.max(...rows.map(({sched = 0}) => sched))).toBeLessThan(110)
    expect(end.selfCheck.maxInFlightReached).toBe(false)
  })

  test('what has no room in flight is late, and says so', async () => {
    await using server = await startRawServer((request) => setTimeout(answer, 30, request))

    const {rows, end} = await runCell(engine, cell(lane(server.port), {level: POISSON, requests: 8, maxInFlight: 2}))

    expect(rows.length).toBe(8)
    expect(end.selfCheck.maxInFlightReached).toBe(true)
    expect(Math.max(...rows.map(({sent = 0, sched = 0}) => sent - sched))).toBeGreaterThan(40)
    expect(server.connections).toBe(2)
  })

  test('three threads, and shards, send what one sends', async () => {
    await using server = await startRawServer(answer)
    const job = (changes: Partial<CellJob> = {}): CellJob =>
      cell(lane(server.port), {level: POISSON, requests: 30, warmUp: {requests: 10}, ...changes})

    const [one, split, ...shards] = [
      await runCell(engine, job()),
      await runCell(three, job()),
      await runCell(engine, job({shard: {index: 0, of: 2}})),
      await runCell(three, job({shard: {index: 1, of: 2}})),
    ]

    const plan = (rows: typeof one.rows) =>
      rows.map(({k, sched, phase, session}) => ({k, phase, session, at: sched?.toFixed(6)}))
    expect(plan(split.rows)).toEqual(plan(one.rows))
    expect(plan(shards.flatMap(({rows}) => rows).toSorted((a, b) => (a['k'] ?? 0) - (b['k'] ?? 0)))).toEqual(
      plan(one.rows),
    )
    expect(split.end.selfCheck.workers).toBe(3)
    expect(split.ticks.at(-1)).toMatchObject({sent: 30, done: 30, ok: 30, tokenEvents: 60})
    expect(split.end.gaps.count).toBe(20)
    expect(one.rows.filter(({phase}) => phase === 1).length).toBe(10)
  })

  test('threads of a closed level share its requests by their users', async () => {
    await using server = await startRawServer(answer)

    const {rows} = await runCell(three, cell(lane(server.port), {level: {kind: 'concurrency', users: 4}, requests: 21}))

    expect(rows.map(({k}) => k)).toEqual(Array.from({length: 21}, (_, k) => k))
    expect(server.connections).toBe(4)
  })

  test('begins at a time of the wall clock and tells how late it was', async () => {
    await using server = await startRawServer(answer)
    const job = cell(lane(server.port), {level: POISSON, requests: 2})

    const ahead = Date.now() + 1000
    const inTime = await runCell(engine, {...job, startAtEpochMs: ahead})
    const late = await runCell(engine, {...job, startAtEpochMs: Date.now() - 500})

    expect(inTime.end).toMatchObject({t0EpochMs: ahead, lateMs: 0})
    expect(late.end.lateMs).toBeGreaterThanOrEqual(500)
    expect(late.rows.every(({sent = 0, sched = 0}) => sent - sched > 400)).toBe(true)
  })
})

describe('faults', () => {
  const faults: readonly [string, string, (request: RawRequest) => void, Partial<Timeouts>?][] = [
    ['silence', 'ttft_timeout', () => undefined, {ttftMs: 60}],
    ['a head and silence', 'ttft_timeout', ({socket}) => void socket.write(STREAM_HEAD), {ttftMs: 60}],
    ['a stall after a token', 'idle_timeout', ({socket}) => void socket.write(`${STREAM_HEAD}${TOKEN}`), {idleMs: 60}],
    ['an end within an answer', 'truncated', ({socket}) => void socket.end(`${STREAM_HEAD}${TOKEN}`)],
    ['an end in place of an answer', 'truncated', ({socket}) => void socket.end()],
    [
      'a reset within an answer',
      'reset_midstream',
      ({socket}) => void socket.write(`${STREAM_HEAD}${TOKEN}`, () => socket.resetAndDestroy()),
    ],
    [
      'a page',
      'parse_error',
      ({socket}) =>
        void socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>'),
    ],
    ['no HTTP', 'parse_error', ({socket}) => void socket.write('SSH-2.0-OpenSSH_9.6\r\n\r\n')],
    ['a refused key', 'auth', ({socket}) => void socket.write(refusal(401))],
    ['a wrong model', 'validation', ({socket}) => void socket.write(refusal(404))],
    ['no capacity', 'unavailable', ({socket}) => void socket.write(refusal(503, 'retry-after: 0\r\n'))],
  ]

  test.each(faults)('%s is %s', async (_, expected, reply, limits = {}) => {
    await using server = await startRawServer(reply)

    const {end, rows} = await runCell(
      engine,
      cell(lane(server.port, {timeouts: {...LIMITS, ...limits}}), {requests: 2}),
    )

    expect(rows.map(({errorClass}) => errorClass)).toEqual([expected, expected])
    expect(end.failures.reduce((sum, {count}) => sum + count, 0)).toBe(2)
    expect(end.ended).toBe('complete')
  })

  test('an answer that never ends is cut at the limit of a request', async () => {
    await using server = await startRawServer(({socket}) => {
      socket.write(STREAM_HEAD)
      const timer = setInterval(() => socket.write(TOKEN), 5)
      socket.once('close', () => clearInterval(timer))
    })

    const {rows, end} = await runCell(
      engine,
      cell(lane(server.port, {timeouts: {...LIMITS, requestMs: 200}}), {requests: 1}),
    )

    expect(rows[0]).toMatchObject({errorClass: 'idle_timeout', status: 200})
    expect(rows[0]?.['events']).toBeGreaterThan(1)
    expect(end.failures[0]?.detail).toContain('endless')
  })

  test('a server that is not there ends the cell after a hundred attempts, without a busy loop', async () => {
    const gone = await startRawServer(answer)
    await gone[Symbol.asyncDispose]()

    const level = {kind: 'concurrency', users: 60} as const
    const {end, rows} = await runCell(engine, cell(lane(gone.port), {level, requests: 1000}))

    expect(end).toMatchObject({ended: 'refused', why: `connect: ECONNREFUSED, 127.0.0.1:${gone.port}`})
    expect(rows.filter(({errorClass}) => errorClass === 'connect').length).toBeGreaterThanOrEqual(100)
    expect(rows.every(({sent}) => Number.isNaN(sent))).toBe(true)
    // The second attempt of the first user: failures are rested after.
    const [first, second] = [0, 60].map((place) => rows.find(({k}) => k === place)?.['end'] ?? Number.NaN)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(40)
  })

  test('a name that nobody has is a failure to connect', async () => {
    const to = lane(9, {origin: {tls: false, host: 'nobody.invalid', port: 9}})

    const {rows} = await runCell(engine, cell(to, {requests: 1}))

    expect(rows.map(({errorClass}) => errorClass)).toEqual(['connect'])
  })

  test('a connection that the server closed as it was used again is not a failure', async () => {
    await using server = await startRawServer((request) => {
      if (request.turn === 0) answer(request)
      else request.socket.resetAndDestroy()
    })

    const {rows} = await runCell(engine, cell(lane(server.port)))

    expect(rows.map(({errorClass, flags}) => [errorClass, flags])).toEqual([
      ['none', 0],
      ...Array(3).fill(['none', SAMPLE_FLAGS.newConnection]),
    ])
  })

  test('what was lost to such a closing is not given a connection that is about to be closed as well', async () => {
    await using server = await startRawServer((request) => {
      if (request.turn === 0) answer(request)
      else request.socket.resetAndDestroy()
    })

    const {rows} = await runCell(
      engine,
      cell(lane(server.port), {level: {kind: 'concurrency', users: 16}, requests: 320}),
    )

    expect(rows.filter(({errorClass}) => errorClass !== 'none')).toEqual([])
  })

  test('a connection that the server wants closed is not used again', async () => {
    await using server = await startRawServer(({socket}) =>
      socket.end(WHOLE_STREAM.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')),
    )

    const {rows} = await runCell(engine, cell(lane(server.port)))

    expect(rows.every(({errorClass}) => errorClass === 'none')).toBe(true)
    expect(server.connections).toBe(4)
  })

  test('what was turned away is sent again where that is asked for, and counted', async () => {
    let asked = 0
    await using server = await startRawServer(({socket}) =>
      socket.write(asked++ % 2 === 0 ? refusal(503, 'retry-after-ms: 20\r\n') : WHOLE_STREAM),
    )

    const {rows, end} = await runCell(engine, cell(lane(server.port), {retries: 1}))

    expect(rows.map(({errorClass, flags}) => [errorClass, flags])).toEqual(
      Array(4).fill(['none', SAMPLE_FLAGS.retried]),
    )
    expect(rows.every(({sent = 0, sched = 0}) => sent - sched > 19.9)).toBe(true)
    expect(end.failures).toEqual([])
  })
})

describe('its end', () => {
  test('a first signal stops sending and waits for what is in flight', async () => {
    const drain = new AbortController()
    await using server = await startRawServer((request) => {
      drain.abort('enough was spent')
      setTimeout(answer, 60, request)
    })

    const {end, rows} = await runCell(engine, cell(lane(server.port), {requests: 50}), {drain: drain.signal})

    expect(end).toMatchObject({ended: 'interrupted', why: 'enough was spent'})
    expect(rows.map(({errorClass, flags, events}) => [errorClass, flags, events])).toEqual([['none', 0, 2]])
  })

  test('a second signal ends at once, and what was in flight is cancelled', async () => {
    const drop = new AbortController()
    await using server = await startRawServer(({socket}) => socket.write(`${STREAM_HEAD}${TOKEN}`))

    const {end, rows, ticks} = await runCell(engine, cell(lane(server.port), {requests: 50}), {
      drop: drop.signal,
      onTick: ({tokenEvents}) => {
        if (tokenEvents > 0) drop.abort()
      },
    })

    expect(end.ended).toBe('interrupted')
    expect(rows).toMatchObject([
      {errorClass: 'none', flags: SAMPLE_FLAGS.cancelled | SAMPLE_FLAGS.estimated, events: 1},
    ])
    expect(ticks.at(-1)).toMatchObject({ok: 0, done: 1})
  })

  test('answers that outlast the drain are cancelled', async () => {
    await using server = await startRawServer(({socket}) => socket.write(`${STREAM_HEAD}${TOKEN}`))

    const {end, rows} = await runCell(engine, cell(lane(server.port), {requests: 1, drainMs: 50}))

    expect(end.ended).toBe('complete')
    expect(rows.map(({flags = 0}) => flags & SAMPLE_FLAGS.cancelled)).toEqual([SAMPLE_FLAGS.cancelled])
  })

  test('samples that cannot be kept end the cell with their reason', async () => {
    await using server = await startRawServer(answer)
    const never = new AbortController().signal

    const run = engine.run(cell(lane(server.port)), {
      secret: async () => ({kind: 'none'}),
      onTick: () => undefined,
      onSamples: () => Promise.reject(new Error('disk full')),
      drain: never,
      drop: never,
    })

    await expect(run).rejects.toThrow('disk full')
  })
})

describe('what a lane asks for', () => {
  test('keys are renewed before they end', async () => {
    await using server = await startRawServer((request) => setTimeout(answer, 10, request))
    let asked = 0
    const secret = async () => ({
      kind: 'keys' as const,
      accessKeyId: `KEY${asked++}`,
      secretAccessKey: 'secret',
      sessionToken: undefined,
      expiresAtMs: Date.now() + 200,
    })
    const to = lane(server.port, {auth: {kind: 'sigv4', service: 'bedrock', region: 'eu-central-1'}})

    await runCell(engine, cell(to, {requests: 40}), {secret})

    // A busy machine may renew before the first request.
    const keys = server.seen.map(({head}) => Number(/Credential=KEY(\d+)\//.exec(head)?.[1]))
    expect(keys).toEqual(keys.toSorted((one, other) => one - other))
    expect(new Set(keys).size).toBeGreaterThan(1)
  })

  test('texts are told only where they are to be saved', async () => {
    await using server = await startRawServer(answer)

    const kept = await runCell(engine, cell(lane(server.port), {saveTexts: true, requests: 2}))
    const not = await runCell(engine, cell(lane(server.port), {requests: 2}))

    expect(kept.texts).toEqual([
      {k: 0, text: 'wordword'},
      {k: 1, text: 'wordword'},
    ])
    expect(not.texts).toEqual([])
  })

  const secure = selfSigned('valid')
  const tlsLane = (port: number, changes: Partial<LanePlan> = {}): LanePlan =>
    lane(port, {origin: {tls: true, host: 'localhost', port}, ...changes})

  test.each([
    ['an unknown certificate is refused', {}, 'tls'],
    ['a certificate of the CA file is taken', {caPem: secure.cert}, 'none'],
    ['any certificate is taken where that is said', {insecure: true}, 'none'],
    ['a certificate of another name is refused', {caPem: secure.cert, name: 'other'}, 'tls'],
  ])('%s', async (_, changes, expected) => {
    const other = 'name' in changes ? selfSigned('wrong-name') : secure
    const caPem = 'name' in changes ? {caPem: other.cert} : {}
    await using server = await startRawServer(answer, other)

    const {rows} = await runCell(engine, cell(tlsLane(server.port, {...changes, ...caPem}), {requests: 2}))

    expect(rows.map(({errorClass}) => errorClass)).toEqual([expected, expected])
  })

  test('a proxy is asked for a tunnel to a secure origin, and for the whole address of another', async () => {
    await using target = await startRawServer(answer, secure)
    await using proxy = await startRawServer((request) => {
      if (!request.head.startsWith('CONNECT ')) {
        answer(request)
        return
      }
      request.socket.removeAllListeners('data')
      const far = connect(target.port, '127.0.0.1', () => {
        request.socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        request.socket.pipe(far).pipe(request.socket)
      })
      far.on('error', () => undefined)
      request.socket.once('close', () => far.destroy())
    })
    const via = {tls: false, host: '127.0.0.1', port: proxy.port}

    const tunnelled = await runCell(engine, cell(tlsLane(target.port, {proxy: via, caPem: secure.cert}), {requests: 2}))
    const plain = await runCell(
      engine,
      cell(lane(80, {proxy: via, origin: {tls: false, host: 'far.example', port: 80}}), {requests: 1}),
    )

    expect(tunnelled.rows.map(({errorClass}) => errorClass)).toEqual(['none', 'none'])
    expect(plain.rows.map(({errorClass}) => errorClass)).toEqual(['none'])
    expect(proxy.seen.map(({head}) => head.split(' ').slice(0, 2))).toEqual([
      ['CONNECT', `localhost:${target.port}`],
      ['POST', 'http://far.example/v1/chat/completions'],
    ])
  })

  test('a proxy that refuses is a failure to connect', async () => {
    await using proxy = await startRawServer(({socket}) => socket.end(refusal(407)))
    const to = tlsLane(443, {proxy: {tls: false, host: '127.0.0.1', port: proxy.port}})

    const {rows, end} = await runCell(engine, cell(to, {requests: 1}))

    expect(rows.map(({errorClass}) => errorClass)).toEqual(['connect'])
    expect(end.failures[0]?.detail).toBe('the proxy refused CONNECT to localhost:443: 407')
  })
})

test('an event that comes in the middle of others is one of them', async () => {
  await using server = await startRawServer(({socket}) => {
    socket.write(`${STREAM_HEAD}${TOKEN}`)
    setTimeout(() => socket.write(`${TOKEN}${TOKEN}${STREAM_END}`), 300)
  })

  const {rows, end} = await runCell(engine, cell(lane(server.port), {requests: 1}))

  expect(rows[0]).toMatchObject({events: 3, coalesced: 1})
  expect(rows[0]?.['gapMax']).toBeGreaterThan(20)
  expect(end.gaps).toMatchObject({count: 2, minMs: 0})
})

test('gaps of the warm-up are left out, as its other times are', async () => {
  await using server = await startRawServer(answer)

  const {end, rows} = await runCell(engine, cell(lane(server.port), {requests: 5, warmUp: {requests: 2}}))

  expect(rows.map(({phase}) => phase)).toEqual([1, 1, 0, 0, 0])
  expect(end.gaps.count).toBe(3)
})

test('a thread that fails is told of, and what was measured is kept', async () => {
  const broken = openLoadEngine({workers: 1, script: new URL('data:text/javascript,throw new Error("broken")')})

  const {end} = await runCell(broken, cell(lane(9)))

  expect(end).toMatchObject({ended: 'stopped', why: 'A load thread failed: broken'})
  await broken.close()
})

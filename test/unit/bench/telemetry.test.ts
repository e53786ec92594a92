import {describe, expect, test} from 'vitest'
import {joulesOf} from '../../../src/lib/bench/telemetry/energy.js'
import {engineValues, readEngine} from '../../../src/lib/bench/telemetry/engine-metrics.js'
import {heldDownBy} from '../../../src/lib/bench/telemetry/nvidia-fields.js'
import type {TelemetryRow} from '../../../src/lib/bench/telemetry/ports.js'
import {readSeries} from '../../../src/lib/bench/telemetry/prometheus.js'
import {summariseTelemetry} from '../../../src/lib/bench/telemetry/summarise-telemetry.js'
import {loadOfHost} from '../../../src/lib/bench/telemetry/whose-load.js'

describe('metrics in the text format of Prometheus', () => {
  test.each([
    ['a 1', [{name: 'a', labels: {}, value: 1}]],
    ['a{b="c",d="e f"} 2.5e3 1700000000000', [{name: 'a', labels: {b: 'c', d: 'e f'}, value: 2500}]],
    ['a{b="x}\\"y\\\\ {,",} 3\r', [{name: 'a', labels: {b: 'x}"y\\ {,'}, value: 3}]],
    ['# HELP a a 1\n# TYPE a gauge', []],
    ['a NaN\na +Inf\na\na{b=c} 1\na{b="c} 1\n{} 1', []],
  ])('%j', (text, series) => {
    expect(readSeries(text, () => true)).toEqual(series)
  })
})

describe('metrics of engines', () => {
  test.each([
    ['vLLM', 'vllm:num_requests_running{engine="0"} 3\nvllm:num_requests_running{engine="1"} 5', {running: 8}],
    ['vLLM', 'vllm:kv_cache_usage_perc{engine="0"} 0.5\nvllm:kv_cache_usage_perc{engine="1"} 0.3', {'kv-cache': 40}],
    ['vLLM', 'vllm:gpu_cache_usage_perc 0.25', {'kv-cache': 25}],
    ['vLLM', 'vllm_num_requests_waiting 7', {queue: 7}],
    [
      'SGLang',
      'sglang:num_running_reqs{tp_rank="0",dp_rank="0"} 4\nsglang:num_running_reqs{tp_rank="1",dp_rank="0"} 4\nsglang:num_running_reqs{tp_rank="0",dp_rank="1"} 2',
      {running: 6},
    ],
    [
      'SGLang',
      'sglang:num_queue_reqs{priority=""} 9\nsglang:num_queue_reqs{priority="1"} 5\nsglang:num_queue_reqs{priority="2"} 4',
      {queue: 9},
    ],
    ['TGI', 'tgi_batch_current_size 12\ntgi_queue_size 2', {running: 12, queue: 2}],
    ['llama.cpp', 'llamacpp:requests_processing 1\nllamacpp:requests_deferred 3', {running: 1, queue: 3}],
    ['NIM', 'num_requests_running 2\ngpu_cache_usage_perc 0.1', {running: 2, 'kv-cache': 10}],
  ])('%s: %j', (engine, text, gauges) => {
    expect(readEngine(text)).toMatchObject({engine, gauges})
  })

  test.each(['', '<html></html>', 'process_cpu_seconds_total 4', '\u0000\u0001'])('none are in %j', (text) => {
    expect(readEngine(text)).toBeUndefined()
  })

  test('counters become rates between two readings, and the share of the prefix cache that of the new questions', () => {
    const at = (tokens: number, hits: number, queries: number) =>
      readEngine(
        `vllm:generation_tokens_total ${tokens}\nvllm:prefix_cache_hits_total ${hits}\nvllm:prefix_cache_queries_total ${queries}`,
      )
    const [before, now] = [at(1000, 10, 100), at(1500, 40, 200)]
    if (!before || !now) throw new Error('no reading')

    expect(engineValues(now, {reading: before, ms: 2000})).toEqual({'generation-tokens': 250, 'prefix-hit-rate': 30})
    expect(engineValues(now, undefined)).toEqual({})
    expect(engineValues(before, {reading: now, ms: 2000})).toEqual({})
  })
})

test.each([
  [0, []],
  [1, []],
  [0x4, ['power cap']],
  [0x60, ['heat (software)', 'heat (hardware)']],
])('reasons 0x%s hold clocks down by %j', (bits, words) => {
  expect(heldDownBy(bits)).toEqual(words)
})

describe('energy', () => {
  const every = (ms: number, watts: (atMs: number) => number, until = 20_000) =>
    Array.from({length: until / ms + 1}, (_, index) => ({atMs: index * ms, watts: watts(index * ms)}))

  test.each([
    ['constant power', every(500, () => 300), [{fromMs: 1250, toMs: 11_250}], 3000],
    ['a ramp, by trapezoids', every(1000, (ms) => ms / 100), [{fromMs: 2500, toMs: 7500}], 250],
    [
      'two windows',
      every(500, () => 100),
      [
        {fromMs: 0, toMs: 1000},
        {fromMs: 5000, toMs: 6000},
      ],
      200,
    ],
  ])('of %s', (_, readings, windows, joules) => {
    expect(joulesOf(readings, windows)).toBeCloseTo(joules, 6)
  })

  test.each([
    ['no readings', [], [{fromMs: 0, toMs: 1000}]],
    ['no window', every(500, () => 100), []],
    [
      'a hole over half of the window',
      [
        {atMs: 0, watts: 1},
        {atMs: 500, watts: 1},
        {atMs: 10_000, watts: 1},
      ],
      [{fromMs: 0, toMs: 1000}],
    ],
  ])('is not told of %s', (_, readings, windows) => {
    expect(joulesOf(readings, windows)).toBeNull()
  })
})

test.each<[string, string, string[], readonly [number[], boolean]]>([
  ['the server at its address', 'ubuntu@gpu-1', ['gpu-1.example.net', 'gpu-2'], [[0], true]],
  ['two servers at its address', 'gpu-1', ['gpu-1', 'gpu-1', '10.0.0.2'], [[0, 1], true]],
  ['this machine, whatever it is called', 'local', ['127.0.0.1', 'gpu-2'], [[0], true]],
  ['this machine by its name', 'me', ['gpu-1', 'localhost'], [[1], true]],
  ['the only server, behind another address', 'node-7', ['balancer'], [[0], true]],
  ['the server that no other host has', 'node-7', ['gpu-2', 'balancer'], [[1], true]],
  ['one of two servers, who knows which', 'node-7', ['a', 'b'], [[0, 1], false]],
  ['none, for all are at other hosts', 'node-7', ['gpu-2', 'gpu-2'], [[0, 1], false]],
  ['not 10.0.0.10 for 10.0.0.1', '10.0.0.1', ['10.0.0.1.example', '10.0.0.1'], [[1], true]],
])('a GPU host is under the load of %s', (_, host, servers, [targets, known]) => {
  const own = servers.map((name, target) => ({target, host: name}))

  expect(loadOfHost(host, [host, 'gpu-2'], own, ['me'])).toEqual({targets, known})
})

describe('summary', () => {
  const sampler = (absent?: string) => ({
    label: 'nvidia-smi',
    absent: () => absent,
    devices: () => (absent === undefined ? [{device: '0', name: 'H200', facts: ['driver 570']}] : []),
    notes: () => [],
  })
  const row = (atMs: number, power: number, throttle: number): TelemetryRow => ({
    atMs,
    source: 'nvidia-smi',
    device: '0',
    values: {power, utilization: 90},
    throttle,
  })

  test('has energy a token, idle power and the share throttled of the steady window alone', () => {
    const rows = [
      row(0, 100, 1),
      row(1000, 100, 1),
      ...[2000, 3000, 4000, 5000, 6000].map((at) => row(at, 500, at > 4000 ? 4 : 0)),
    ]

    const [summary] = summariseTelemetry([sampler()], {
      rows,
      windows: [{fromMs: 2000, toMs: 5000}],
      t0Ms: 1500,
      outputTokens: 3000,
    })

    expect(summary).toMatchObject({
      source: 'nvidia-smi',
      device: '0',
      name: 'H200',
      absent: null,
      joules: 1500,
      joulesPerOutputToken: 0.5,
      idleWatts: 100,
      throttledShare: 0.25,
      throttledBy: ['power cap'],
    })
    expect(summary?.lanes).toContainEqual({metric: 'power', unit: 'W', mean: 500, p50: 500, p95: 500, max: 500, n: 4})
  })

  test('of a sampler that told nothing says why', () => {
    const none = {rows: [], windows: [{fromMs: 0, toMs: 1}], t0Ms: 0, outputTokens: 0}

    expect(summariseTelemetry([sampler('no tool')], none)).toMatchObject([
      {source: 'nvidia-smi', absent: 'no tool', lanes: [], joules: null, joulesPerOutputToken: null},
    ])
  })
})

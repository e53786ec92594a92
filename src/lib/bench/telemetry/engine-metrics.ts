import type {TelemetryName} from './ports.js'
import {readSeries, type Series} from './prometheus.js'

/** How a metric of an engine becomes a value; the first name that is there counts: metrics were renamed over the versions. */
interface Metric {
  readonly names: readonly string[]
  /** Of the parts that serve at the same time, data-parallel ranks and engines. */
  readonly over: 'sum' | 'mean'
  /** Counted up since the server was started. */
  readonly counter?: true
  readonly times?: number
}

type Metrics = Readonly<Partial<Record<TelemetryName, Metric>>>

interface Engine {
  readonly name: string
  /** How its metrics begin; exporters write `_` for `:`. */
  readonly prefix: string
  readonly metrics: Metrics
  /** Counters: hits, and questions, of the prefix cache. */
  readonly prefixCache?: readonly [hits: string, queries: string]
}

const gauge = (...names: readonly string[]): Metric => ({names, over: 'sum'})
const share = (...names: readonly string[]): Metric => ({names, over: 'mean', times: 100})
const counter = (...names: readonly string[]): Metric => ({names, over: 'sum', counter: true})

const VLLM: Metrics = {
  running: gauge('num_requests_running'),
  queue: gauge('num_requests_waiting'),
  'kv-cache': share('kv_cache_usage_perc', 'gpu_cache_usage_perc'),
  'prompt-tokens': counter('prompt_tokens_total'),
  'generation-tokens': counter('generation_tokens_total'),
  preemptions: counter('num_preemptions_total'),
}

/** NIM has vLLM's metrics without a prefix, so it is looked for last. Sources: the engines' own pages on their metrics. */
const ENGINES: readonly Engine[] = [
  {
    name: 'vLLM',
    prefix: 'vllm_',
    metrics: VLLM,
    prefixCache: ['prefix_cache_hits_total', 'prefix_cache_queries_total'],
  },
  {
    name: 'SGLang',
    prefix: 'sglang_',
    metrics: {
      running: gauge('num_running_reqs'),
      queue: gauge('num_queue_reqs'),
      'kv-cache': share('token_usage'),
      'prompt-tokens': counter('prompt_tokens_total'),
      'generation-tokens': counter('generation_tokens_total'),
      'prefix-hit-rate': share('cache_hit_rate'),
    },
  },
  {
    name: 'TGI',
    prefix: 'tgi_',
    metrics: {
      running: gauge('batch_current_size'),
      queue: gauge('queue_size'),
      'prompt-tokens': counter('request_input_length_sum'),
      'generation-tokens': counter('request_generated_tokens_sum'),
    },
  },
  {
    name: 'llama.cpp',
    prefix: 'llamacpp_',
    metrics: {
      running: gauge('requests_processing'),
      queue: gauge('requests_deferred'),
      'kv-cache': share('kv_cache_usage_ratio'),
      'prompt-tokens': counter('prompt_tokens_total'),
      'generation-tokens': counter('tokens_predicted_total'),
    },
  },
  {name: 'NIM', prefix: '', metrics: VLLM},
]

const KNOWN = new Set(
  ENGINES.flatMap(({metrics, prefix, prefixCache = []}) =>
    [...Object.values(metrics).flatMap(({names}) => names), ...prefixCache].map((name) => prefix + name),
  ),
)

const plain = (name: string) => name.replace(':', '_')

/** What a server's metrics say at one moment: counters as they stand. */
export interface EngineReading {
  readonly engine: string
  readonly gauges: Readonly<Partial<Record<TelemetryName, number>>>
  readonly counters: Readonly<Partial<Record<TelemetryName, number>>>
  readonly prefixCache: {readonly hits: number; readonly queries: number} | undefined
}

/** Undefined where the text holds the metrics of no engine that is known here. */
export function readEngine(text: string): EngineReading | undefined {
  const series = readSeries(text, (name) => KNOWN.has(plain(name)))
  const told = new Map<string, Series[]>()
  for (const one of series) told.set(plain(one.name), [...(told.get(plain(one.name)) ?? []), one])
  const engine = ENGINES.find(({metrics, prefix}) =>
    Object.values(metrics).some(({names}) => names.some((name) => told.has(prefix + name))),
  )
  if (!engine) return undefined
  const gauges: Partial<Record<TelemetryName, number>> = {}
  const counters: Partial<Record<TelemetryName, number>> = {}
  for (const [name, metric] of Object.entries(engine.metrics) as [TelemetryName, Metric][]) {
    const found = metric.names.map((one) => told.get(engine.prefix + one)).find((one) => one !== undefined)
    const value = found && combine(found, metric.over)
    if (value !== undefined) (metric.counter ? counters : gauges)[name] = value * (metric.times ?? 1)
  }
  const [hits, queries] = (engine.prefixCache ?? []).map((one) => combine(told.get(engine.prefix + one) ?? [], 'sum'))
  const prefixCache = hits === undefined || queries === undefined ? undefined : {hits, queries}
  return {engine: engine.name, gauges, counters, prefixCache}
}

/** Tensor- and pipeline-parallel ranks, and a total beside priorities, tell the same thing again; the other labels are parts. */
function combine(series: readonly Series[], over: 'sum' | 'mean'): number | undefined {
  const once = ['tp_rank', 'pp_rank', 'moe_ep_rank'].reduce(onlyFirst, withoutParts(series))
  const total = once.reduce((sum, {value}) => sum + value, 0)
  if (once.length === 0) return undefined
  return over === 'sum' ? total : total / once.length
}

function onlyFirst(series: readonly Series[], label: string): readonly Series[] {
  const ranks = series.flatMap(({labels}) => (labels[label] === undefined ? [] : [Number(labels[label])]))
  const first = Math.min(...ranks)
  return series.filter(({labels}) => labels[label] === undefined || Number(labels[label]) === first)
}

/** SGLang tells the total with an empty priority, and each priority beside it. */
function withoutParts(series: readonly Series[]): readonly Series[] {
  const totals = series.filter(({labels}) => (labels['priority'] ?? '') === '')
  return totals.length > 0 ? totals : series
}

/** What a server did between two readings, as it is shown: gauges of the later one, counters as rates. */
export function engineValues(
  now: EngineReading,
  before: {readonly reading: EngineReading; readonly ms: number} | undefined,
): Partial<Record<TelemetryName, number>> {
  const values: Partial<Record<TelemetryName, number>> = {...now.gauges}
  if (!before || before.ms <= 0) return values
  for (const [name, value] of Object.entries(now.counters) as [TelemetryName, number][]) {
    const last = before.reading.counters[name]
    // A counter that fell was started again with its server: there is no rate across that.
    if (last !== undefined && value >= last) values[name] = ((value - last) * 1000) / before.ms
  }
  const queries = (now.prefixCache?.queries ?? 0) - (before.reading.prefixCache?.queries ?? 0)
  const hits = (now.prefixCache?.hits ?? 0) - (before.reading.prefixCache?.hits ?? 0)
  if (queries > 0 && hits >= 0) values['prefix-hit-rate'] = (100 * hits) / queries
  return values
}

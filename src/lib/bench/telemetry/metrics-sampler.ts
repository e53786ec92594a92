import {type EngineReading, engineValues, readEngine} from './engine-metrics.js'
import {getText, type Place} from './get-text.js'
import type {TelemetryRow, TelemetrySampler} from './ports.js'

/** A server that is under load, whose own metrics are read beside the run. */
export interface MeteredServer extends Place {
  /** Base URL as the load goes to it, such as `http://gpu-1:8000/v1`. */
  readonly baseUrl: string
}

const MIN_EVERY_MS = 1000
/** A server under load answers late, and is asked again; one that is gone is not asked for ever. */
const MOST_FAILURES = 30
const ANSWER_WITHIN_MS = 2000

/** The metrics page of a server, at the root or beside its API; a sampler that says why where there is none. */
export async function metricsSampler(server: MeteredServer, signal: AbortSignal): Promise<TelemetrySampler> {
  const found = await findMetrics(server, signal)
  const device = new URL(server.baseUrl).host
  const state: MetricsState = {url: found.url, device, notes: [], absent: 'why' in found ? found.why : undefined}
  return {
    label: found.url,
    absent: () => state.absent,
    devices: () => ('engine' in found ? [{device, name: found.engine, facts: []}] : []),
    notes: () => state.notes,
    rows: (everyMs, ended) => metricsRows(state, readings(server, found.url, everyMs, ended)),
  }
}

interface MetricsState {
  readonly url: string
  readonly device: string
  readonly notes: string[]
  absent: string | undefined
}

async function* metricsRows(state: MetricsState, moments: AsyncIterable<Moment>): AsyncGenerator<TelemetryRow> {
  const {device, url: source} = state
  if (state.absent !== undefined) return
  let failures = 0
  let before: {readonly atMs: number; readonly reading: EngineReading} | undefined
  for await (const {atMs, reading} of moments) {
    failures = typeof reading === 'string' ? failures + 1 : 0
    if (typeof reading !== 'string') {
      const values = engineValues(reading, before && {reading: before.reading, ms: atMs - before.atMs})
      before = {atMs, reading}
      yield {atMs, source, device, values}
    } else if (failures >= MOST_FAILURES) {
      state.absent = `${source} tells nothing more: ${reading}`
      return
    }
  }
  if (failures > 0) state.notes.push(`${source} did not answer the last ${failures} times`)
}

interface Moment {
  readonly atMs: number
  /** Why it could not be read, in a text. */
  readonly reading: EngineReading | string
}

/** What the page says, at the pace. */
async function* readings(
  server: MeteredServer,
  url: string,
  everyMs: number,
  ended: AbortSignal,
): AsyncGenerator<Moment> {
  for await (const _ of everySoOften(Math.max(everyMs, MIN_EVERY_MS), ended)) {
    const atMs = performance.now()
    const reading = await readMetrics(url, server, ended)
    if (ended.aborted) return
    yield {atMs, reading}
  }
}

type Found = {readonly url: string; readonly engine: string} | {readonly url: string; readonly why: string}

async function findMetrics(server: MeteredServer, signal: AbortSignal): Promise<Found> {
  const base = new URL(server.baseUrl)
  base.username = ''
  base.password = ''
  const beside = new URL(`${base.pathname.replace(/\/$/, '')}/metrics`, base).href
  const candidates = [...new Set([new URL('/metrics', base).href, beside])]
  const reasons: string[] = []
  for (const url of candidates) {
    const reading = await readMetrics(url, server, signal)
    if (typeof reading !== 'string') return {url, engine: reading.engine}
    reasons.push(reading)
  }
  return {url: candidates[0] ?? server.baseUrl, why: reasons[0] ?? 'it tells no metrics'}
}

/** Or why there is none. */
async function readMetrics(url: string, server: MeteredServer, signal: AbortSignal): Promise<EngineReading | string> {
  const answer = await getText(url, server, {timeoutMs: ANSWER_WITHIN_MS, signal})
  if ('why' in answer) return answer.why
  return readEngine(answer.text) ?? 'it tells metrics of none of vLLM, SGLang, TGI, llama.cpp, NIM'
}

/** At once, and then at multiples of the pace; a reader that is late skips what it missed. */
async function* everySoOften(everyMs: number, ended: AbortSignal): AsyncGenerator<void> {
  const start = performance.now()
  while (!ended.aborted) {
    yield
    const passed = performance.now() - start
    await pause((Math.floor(passed / everyMs) + 1) * everyMs - passed, ended)
  }
}

function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      ended.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    ended.addEventListener('abort', done)
    if (ended.aborted) done()
  })
}

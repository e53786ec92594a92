import {mkdtempSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createServer as createTlsServer} from 'node:tls'
import {build} from 'esbuild'
import type {CellEnd, CellJob, LoadEngine, LoadTick, PromptBook} from '../../src/lib/bench/load/load.js'
import type {SampleColumns} from '../../src/lib/bench/samples/columns.js'
import {ERROR_CLASSES} from '../../src/lib/bench/wire/answer.js'
import type {LanePlan, Secret} from '../../src/lib/bench/wire/lane.js'

/** The bundle of a load thread, made of the sources as they are. */
export async function bundleLoadWorker(): Promise<{readonly script: string; remove(): Promise<void>}> {
  const folder = mkdtempSync(join(tmpdir(), 'load-worker-'))
  const script = join(folder, 'worker.mjs')
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    entryPoints: ['src/lib/bench/load/load-worker.ts'],
    outfile: script,
    logLevel: 'warning',
  })
  return {script, remove: () => rm(folder, {recursive: true})}
}

/** One request as a raw server read it; `turn` counts those of its connection from 0. */
export interface RawRequest {
  readonly head: string
  readonly body: string
  readonly turn: number
  readonly socket: Socket
}

export interface RawServer extends AsyncDisposable {
  readonly port: number
  readonly seen: readonly RawRequest[]
  connections: number
}

/** A server that reads requests and leaves the rest to `reply`. */
export async function startRawServer(
  reply: (request: RawRequest) => void,
  tls?: {readonly cert: string; readonly key: string},
): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const seen: RawRequest[] = []
  const serve = (socket: Socket): void => {
    told.connections += 1
    sockets.add(socket)
    let text = ''
    let turn = 0
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      const end = text.indexOf('\r\n\r\n') + 4
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (end < 4 || text.length < end + length) return
      const request = {head: text.slice(0, end), body: text.slice(end, end + length), turn: turn++, socket}
      text = text.slice(end + length)
      seen.push(request)
      reply(request)
    })
  }
  const server: Server = tls ? createTlsServer(tls, serve) : createServer({noDelay: true}, serve)
  const told: RawServer = {
    port: 0,
    seen,
    connections: 0,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(told, {port: (server.address() as AddressInfo).port})
}

const CHUNK = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
const EVENT = (content: string): string => CHUNK(`data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`)

export const STREAM_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
export const TOKEN = EVENT('word')
export const STREAM_END = [
  CHUNK('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'),
  CHUNK('data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}\n\n'),
  CHUNK('data: [DONE]\n\n'),
  '0\r\n\r\n',
].join('')
export const WHOLE_STREAM = `${STREAM_HEAD}${TOKEN}${TOKEN}${STREAM_END}`

/** A failure as an answer. */
export function refusal(status: number, headers = ''): string {
  const body = '{"error":{"message":"no"}}'
  return `HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${headers}\r\n${body}`
}

export function promptBook(...texts: readonly string[]): PromptBook {
  const bodies = texts.map((text) => Buffer.from(text))
  const bytes = new SharedArrayBuffer(bodies.reduce((sum, {length}) => sum + length, 0))
  const starts = [0]
  for (const body of bodies) {
    const start = starts.at(-1) ?? 0
    Buffer.from(bytes).set(body, start)
    starts.push(start + body.length)
  }
  return {
    bytes,
    starts: Float64Array.from(starts),
    nonceAt: Int32Array.from(texts, (text) => text.indexOf('0'.repeat(16))),
    wantedIn: Uint32Array.from(texts, () => 5),
    wantedOut: Uint32Array.from(texts, () => 2),
    sessions: undefined,
  }
}

export function lane(port: number, changes: Partial<LanePlan> = {}): LanePlan {
  return {
    name: `server ${port}`,
    dialect: 'openai-chat',
    origin: {tls: false, host: '127.0.0.1', port},
    path: '/v1/chat/completions',
    headers: [],
    auth: {kind: 'none'},
    caPem: undefined,
    insecure: false,
    proxy: undefined,
    timeouts: {connectMs: 1000, ttftMs: 2000, idleMs: 2000, requestMs: 5000},
    ...changes,
  }
}

/** Four requests of one user, but for what is changed. */
export function cell(to: LanePlan, changes: Partial<CellJob> = {}): CellJob {
  return {
    cell: 3,
    lane: to,
    level: {kind: 'concurrency', users: 1},
    seed: 1,
    requests: 4,
    durationMs: undefined,
    warmUp: {requests: 0},
    drainMs: 2000,
    maxInFlight: 1000,
    retries: 0,
    shard: {index: 0, of: 1},
    startAtEpochMs: undefined,
    expectedE2eMs: 1,
    book: promptBook('{"nonce":"0000000000000000"}'),
    saveTexts: false,
    ...changes,
  }
}

/** One row of a segment, in words. */
export type Row = Record<string, number> & {readonly errorClass: string | undefined}

export interface CellOutcome {
  readonly end: CellEnd
  /** In the order of k. */
  readonly rows: readonly Row[]
  readonly ticks: readonly LoadTick[]
  readonly texts: readonly {readonly k: number; readonly text: string}[]
}

interface Signals {
  readonly drain?: AbortSignal
  readonly drop?: AbortSignal
  readonly secret?: () => Promise<Secret>
  readonly onTick?: (tick: LoadTick) => void
}

export async function runCell(engine: LoadEngine, job: CellJob, signals: Signals = {}): Promise<CellOutcome> {
  const rows: Row[] = []
  const ticks: LoadTick[] = []
  const texts: {k: number; text: string}[] = []
  const never = new AbortController().signal
  const end = await engine.run(job, {
    secret: signals.secret ?? (async () => ({kind: 'none'})),
    onTick: (tick) => {
      ticks.push(tick)
      signals.onTick?.(tick)
    },
    onSamples: (segment) => void rows.push(...rowsOf(segment)),
    onTexts: (told) => void texts.push(...told),
    drain: signals.drain ?? never,
    drop: signals.drop ?? never,
  })
  return {end, rows: rows.sort((a, b) => Number(a['k']) - Number(b['k'])), ticks, texts}
}

function rowsOf(segment: SampleColumns): readonly Row[] {
  return Array.from({length: segment.rows}, (_, row) => {
    const values = Object.entries(segment).map(([name, column]) => [
      name,
      typeof column === 'number' ? column : column[row],
    ])
    return {...Object.fromEntries(values), errorClass: ERROR_CLASSES[segment.error[row] ?? 0]}
  })
}

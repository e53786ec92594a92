import {type ChildProcess, spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import type {TruthChanges} from './options.js'
import type {Certificate} from './self-signed.js'
import type {OUTCOMES} from './truth-log.js'

/** One request as the server saw and answered it; times are milliseconds of the machine's monotonic clock. */
export interface TruthRow {
  /** The ten digits at `idAt` of the body, -1: none. */
  readonly id: number
  readonly connection: number
  readonly status: number
  readonly outcome: (typeof OUTCOMES)[number]
  /** When its last byte was read. */
  readonly arrived: number
  /** When the writes of the first and the last token event were called; NaN: there was none. */
  readonly first: number
  readonly last: number
  readonly end: number
  readonly events: number
  readonly gapMax: number
}

export interface Truth {
  readonly requests: number
  readonly gaps: {
    readonly count: number
    readonly sumMs: number
    readonly maxMs: number
    readonly p50Ms: number
    readonly p90Ms: number
    readonly p99Ms: number
    readonly p999Ms: number
  }
  /** Of the server's process since it started. */
  readonly cpuMs: number
  readonly rssBytes: number
  /** In the order of arrival; the newest `logRows`. */
  readonly rows: readonly TruthRow[]
}

export interface TruthServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`, or https on localhost. */
  readonly address: string
  readonly port: number
  /** Certificate to trust; empty without TLS. */
  readonly caPem: string
  /** Changes options for the requests to come. */
  change(changes: TruthChanges): Promise<void>
  truth(): Promise<Truth>
  /** Forgets what was logged. */
  forget(): Promise<void>
}

const ENTRY = fileURLToPath(new URL('main.ts', import.meta.url))
const START_LIMIT_MS = 20_000

/** Starts the server in a process of its own and waits until it listens; it ends with this process at the latest. */
export async function startTruthServer(
  options: TruthChanges & {readonly port?: number; readonly tls?: Certificate} = {},
): Promise<TruthServer> {
  const argv = ['--import', import.meta.resolve('tsx'), ENTRY, JSON.stringify(options)]
  const child = spawn(process.execPath, argv, {stdio: ['pipe', 'pipe', 'inherit']})
  const {port, pem} = JSON.parse(await firstLine(child))
  const secure = pem !== ''
  const address = `${secure ? 'https' : 'http'}://${secure ? 'localhost' : '127.0.0.1'}:${port}`
  const control = async (method: string, path: string, body?: string) => {
    const {request} = await import(secure ? 'node:https' : 'node:http')
    return ask(
      request,
      {port, host: '127.0.0.1', servername: 'localhost', ca: pem, rejectUnauthorized: false, method, path},
      body,
    )
  }
  return {
    address,
    port,
    caPem: pem,
    change: async (changes) => void (await control('POST', '/_truth/options', JSON.stringify(changes))),
    truth: async () => readTruth(await control('GET', '/_truth/log')),
    forget: async () => void (await control('DELETE', '/_truth/log')),
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.kill()
      }),
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = ''
    const limit = setTimeout(() => failed(new Error('no truth server')), START_LIMIT_MS)
    child.once('exit', (code) => failed(new Error(`the truth server ended with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (!text.includes('\n')) return
      clearTimeout(limit)
      found(text)
    })
  })
}

function ask(
  request: typeof import('node:http').request,
  options: import('node:https').RequestOptions,
  body: string | undefined,
): Promise<string> {
  return new Promise((done, failed) => {
    const sent = request(
      {...options, agent: false, headers: {'content-length': Buffer.byteLength(body ?? '')}},
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if (answer.statusCode === 200) done(text)
          else failed(new Error(`the truth server answered ${answer.statusCode} to ${options.path}: ${text}`))
        })
      },
    )
    sent.on('error', failed)
    sent.end(body)
  })
}

function readTruth(text: string): Truth {
  const [head = '{}', ...lines] = text.trimEnd().split('\n')
  const rows = lines.map((line): TruthRow => {
    const [id, connection, status, outcome, arrived, first, last, end, events, gapMax] = JSON.parse(line)
    const time = (value: number | null) => value ?? Number.NaN
    return {
      id,
      connection,
      status,
      outcome,
      arrived,
      first: time(first),
      last: time(last),
      end: time(end),
      events,
      gapMax,
    }
  })
  return {...JSON.parse(head), rows}
}

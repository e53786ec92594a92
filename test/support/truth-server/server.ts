import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import {createServer as createTlsServer} from 'node:tls'
import {Answer, type Stage} from './answer.js'
import type {Usage} from './dialects/dialect.js'
import {wholeChat} from './dialects/openai-chat.js'
import {draw} from './draws.js'
import {metricsText} from './metrics-text.js'
import {changeOptions, type TruthOptions} from './options.js'
import {awsError, openAiError, refusal, type Whole} from './refusals.js'
import {type Asked, header, RequestReader} from './request.js'
import {type Route, routeOf} from './routes.js'
import {Script} from './script.js'
import {TruthLog} from './truth-log.js'
import {Wheel} from './wheel.js'

type StreamRoute = Extract<Route, {kind: 'stream'}>
type ModelRoute = Extract<Route, {kind: 'stream' | 'embedding' | 'none'}>

/** Answers as a server of models does, on a schedule, and writes down what it really did. */
export class TruthService {
  #options: TruthOptions
  #stage: Stage
  readonly #wheel = new Wheel()
  readonly #log: TruthLog
  #scripts = new Map<string, Script>()
  #requests = 0
  #connections = 0

  constructor(options: TruthOptions) {
    this.#options = options
    this.#log = new TruthLog(options.logRows)
    this.#stage = {options, log: this.#log, wheel: this.#wheel}
  }

  /** Listens on the loopback; `pair` makes it speak TLS. */
  async listen(port: number, pair: {cert: string; key: string} | undefined): Promise<number> {
    const server: Server = pair
      ? createTlsServer({...pair, ALPNProtocols: ['http/1.1']}, (socket) => this.#accept(socket))
      : createServer({noDelay: true}, (socket) => this.#accept(socket))
    await new Promise<void>((done) => server.listen({port, host: '127.0.0.1', backlog: 8192}, done))
    return (server.address() as AddressInfo).port
  }

  #accept(socket: Socket): void {
    const connection = new Connection(socket, this.#connections, (asked, to) => this.#answer(asked, to))
    this.#connections += 1
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => connection.read(bytes))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => connection.closed())
  }

  #answer(asked: Asked, to: Connection): void {
    const route = routeOf(asked.method, asked.path)
    if (asked.path.startsWith('/_truth/')) to.whole(this.#control(asked))
    else if (route.kind === 'facts') to.whole(json(200, route.json(this.#options)))
    else if (route.kind === 'metrics') to.whole(this.#metrics())
    else this.#model(asked, route, to)
  }

  #model(asked: Asked, route: ModelRoute, to: Connection): void {
    const request = this.#requests
    this.#requests += 1
    const row = this.#log.open(idOf(asked.body, this.#options.idAt), to.number, asked.arrived)
    const fault = this.#fault(request)
    if (fault.kind === 'silence') return
    if (fault.kind === 'hang-up') {
      this.#log.end(row, 0, 'fault', performance.now())
      to.hangUp()
      return
    }
    const bedrock = route.kind !== 'none' && route.bedrock
    const kind = route.kind === 'none' ? 'not-found' : fault.kind
    const refused = refusal(kind, bedrock, fault) ?? this.#objection(asked, route)
    if (refused !== undefined) this.#whole(refused, row, to, 'fault')
    else if (route.kind === 'embedding') this.#embed(asked, bedrock, row, to)
    else if (route.kind === 'stream') this.#stream(route, asked, {row, request, fault}, to)
  }

  #stream(
    route: StreamRoute,
    asked: Asked,
    {row, request, fault}: {row: number; request: number; fault: TruthOptions['fault']},
    to: Connection,
  ): void {
    const usage = this.#usage(asked.body, fault)
    if (fault.kind === 'whole-json' || (this.#options.strict && !route.bedrock && !streams(asked))) {
      this.#whole(json(200, wholeChat(this.#options, usage)), row, to, 'whole')
      return
    }
    const script = this.#script(route)
    const events = Math.max(1, Math.ceil(Math.abs(usage.output) / this.#options.tokensPerEvent))
    const {seed} = this.#options
    const random = (index: number) => draw(seed, request, index)
    const plan = {
      script,
      usage,
      events,
      head: headOf(script.type, route.bedrock),
      row,
      arrived: asked.arrived,
      random,
      fault,
    }
    to.stream(new Answer(this.#stage, plan, to.socket, () => to.done()))
  }

  #script(route: StreamRoute): Script {
    const known = this.#scripts.get(route.name)
    if (known) return known
    const made = new Script(route.make(this.#options), this.#options)
    this.#scripts.set(route.name, made)
    return made
  }

  #whole(answer: Whole, row: number, to: Connection, outcome: 'whole' | 'fault'): void {
    this.#log.end(row, answer.status, outcome, performance.now())
    to.whole(answer)
  }

  #embed(asked: Asked, bedrock: boolean, row: number, to: Connection): void {
    const {input} = this.#usage(asked.body, this.#options.fault)
    const vector = Array.from({length: 256}, (_, index) => Math.sin(index))
    const body = bedrock
      ? {embedding: vector, inputTextTokenCount: input}
      : {
          object: 'list',
          data: [{object: 'embedding', index: 0, embedding: vector}],
          model: this.#options.model,
          usage: {prompt_tokens: input, total_tokens: input},
        }
    const heads = bedrock ? [`X-Amzn-Bedrock-Input-Token-Count: ${input}`] : []
    const answer = {...json(200, body), heads}
    const send = () => this.#whole(answer, row, to, 'whole')
    if (this.#options.ttftMs === 0) send()
    else this.#wheel.add({due: asked.arrived + this.#options.ttftMs, fire: send})
  }

  #fault(request: number): TruthOptions['fault'] {
    const {fault, seed} = this.#options
    if (fault.kind === 'none' || fault.share >= 1 || draw(seed, request, 0) < fault.share) return fault
    return {...fault, kind: 'none'}
  }

  /** What a real server would say to this request of itself. */
  #objection({head, body}: Asked, {kind, ...route}: ModelRoute): Whole | undefined {
    const bedrock = 'bedrock' in route && route.bedrock
    if (bedrock && !signed(head))
      return awsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    const {strict, key, model} = this.#options
    if (key !== '' && header(head, 'authorization') !== `Bearer ${key}`) {
      return openAiError(401, 'invalid_request_error', 'Invalid or missing key')
    }
    if (!strict || bedrock || kind !== 'stream') return undefined
    const named = /"model"\s*:\s*"([^"]*)"/.exec(body.toString('latin1', 0, 4096))?.[1]
    if (named === undefined || named === model) return undefined
    return openAiError(404, 'NotFoundError', `The model \`${named}\` does not exist.`)
  }

  #usage(body: Buffer, fault: TruthOptions['fault']): Usage {
    const {tokens, inputTokens, reasoning, cachedTokens, usage, strict} = this.#options
    const text =
      tokens === 'asked' || inputTokens === 'words' || (strict && usage === 'asked') ? body.toString('latin1') : ''
    const asked = tokens === 'asked' ? askedTokens(text) : tokens
    return {
      input: inputTokens === 'words' ? (text.match(/[\w']+/g)?.length ?? 0) : inputTokens,
      output: fault.kind === 'negative-usage' ? -asked : asked,
      reasoning: Math.min(reasoning, asked),
      cached: cachedTokens,
      told: usage === 'on' || (usage === 'asked' && !/"include_usage"\s*:\s*false/.test(text)),
    }
  }

  #metrics(): Whole {
    const body = metricsText(this.#options.flavour)
    return body === ''
      ? openAiError(404, 'NotFoundError', 'no metrics')
      : {status: 200, type: 'text/plain; version=0.0.4', body}
  }

  #control({method, path, body}: Asked): Whole {
    if (path === '/_truth/options' && method === 'POST') {
      this.#options = changeOptions(JSON.parse(body.toString()), this.#options)
      this.#scripts = new Map()
      this.#stage = {options: this.#options, log: this.#log, wheel: this.#wheel}
      return json(200, this.#options)
    }
    if (path !== '/_truth/log') return json(404, {})
    if (method === 'DELETE') this.#log.clear()
    return {status: 200, type: 'application/x-ndjson', body: [...this.#log.lines()].join('')}
  }
}

/** One connection: its requests one after another, its answer under way. */
class Connection {
  readonly socket: Socket
  readonly number: number
  readonly #reader: RequestReader
  readonly #answer: (asked: Asked, to: Connection) => void
  readonly #waiting: Asked[] = []
  #busy: boolean = false
  #under: Answer | undefined

  constructor(socket: Socket, number: number, answer: (asked: Asked, to: Connection) => void) {
    this.socket = socket
    this.number = number
    this.#answer = answer
    this.#reader = new RequestReader((asked) => this.#take(asked))
  }

  read(bytes: Buffer): void {
    this.#reader.push(bytes)
  }

  whole({status, type, body, heads = []}: Whole): void {
    const bytes = Buffer.from(body).toString('latin1')
    const lines = [`HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Refused'}`, `Content-Type: ${type}`, ...heads]
    this.socket.write(`${lines.join('\r\n')}\r\nContent-Length: ${bytes.length}\r\n\r\n${bytes}`, 'latin1')
    this.done()
  }

  stream(answer: Answer): void {
    this.#under = answer
    answer.start()
  }

  /** The answer is written: the next request of the connection has its turn. */
  done(): void {
    this.#under = undefined
    this.#busy = false
    const next = this.#waiting.shift()
    if (next) this.#take(next)
  }

  hangUp(): void {
    this.socket.destroy()
  }

  closed(): void {
    this.#under?.abandon()
    this.#waiting.length = 0
  }

  #take(asked: Asked): void {
    if (this.#busy) {
      this.#waiting.push(asked)
      return
    }
    this.#busy = true
    this.#answer(asked, this)
  }
}

function headOf(type: string, bedrock: boolean): string {
  const more = bedrock ? 'x-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\n' : ''
  return `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${more}Transfer-Encoding: chunked\r\n\r\n`
}

function json(status: number, body: object): Whole {
  return {status, type: 'application/json', body: JSON.stringify(body)}
}

function streams({body, path}: Asked): boolean {
  // Ollama streams unless it is told not to.
  if (path === '/api/chat') return !/"stream"\s*:\s*false/.test(body.toString('latin1'))
  return /"stream"\s*:\s*true/.test(body.toString('latin1'))
}

function signed(head: string): boolean {
  const value = header(head, 'authorization')
  if (value === undefined) return false
  if (value.startsWith('Bearer ')) return true
  const parts = /^AWS4-HMAC-SHA256 Credential=[^,]+\/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}$/
  return parts.test(value) && header(head, 'x-amz-date') !== undefined
}

const ASKED =
  /"(?:max_tokens|maxTokens|max_new_tokens|num_predict|max_gen_len|max_completion_tokens|max_output_tokens)"\s*:\s*(\d+)/

function askedTokens(body: string): number {
  return Number(ASKED.exec(body)?.[1] ?? 16)
}

function idOf(body: Buffer, at: number): number {
  if (at < 0 || body.length < at + 10) return -1
  let id = 0
  for (let place = at; place < at + 10; place += 1) id = id * 10 + (body[place] ?? 48) - 48
  return id
}

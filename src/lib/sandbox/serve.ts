import {randomUUID} from 'node:crypto'
import {NoSuchEndpoint} from './access.js'
import {control, isControlPath} from './control.js'
import {exchange, type Progress, type Reply, wallDelay} from './exchange.js'
import type {JournalEntry} from './journal.js'
import {mantleError} from './mantle-exchange.js'
import type {Parts} from './parts.js'
import {BodyTooLarge, type Incoming, openRequest, type RequestHead, readHead, readRequest} from './read-request.js'
import {isUpload} from './resolve.js'
import {drop, type Outgoing, send} from './send.js'
import type {StreamHead} from './streams/streams.js'
import {commonError} from './wire/common-errors.js'
import type {EncodedAnswer} from './wire/encode.js'
import {type ErrorAnswer, encodeError} from './wire/errors.js'

/** Answers one request. Never rejects: whatever goes wrong is an answer, or a cut connection. */
export async function serve(incoming: Incoming, outgoing: Outgoing, parts: Parts): Promise<void> {
  try {
    const head = readHead(incoming)
    if (!isOurHost(head.headers['host'], parts.baseUrl())) await sendJson(outgoing, 403, {message: 'Unknown host.'})
    else if (isControlPath(head.path)) await serveControl(incoming, outgoing, head, parts)
    else await serveAws(incoming, outgoing, head, parts)
  } catch {
    drop(outgoing)
  }
}

/** A web page may name this address by a host of its own (DNS rebinding): only our own names are served. */
function isOurHost(host: string | undefined, baseUrl: string): boolean {
  const port = new URL(baseUrl).port
  const match = /^(127\.0\.0\.1|\[::1\]|(?:[a-z0-9._-]+\.)?localhost)(?::(\d+))?$/i.exec(host ?? '')
  return match !== null && (match[2] ?? '80') === (port || '80')
}

async function serveControl(incoming: Incoming, outgoing: Outgoing, head: RequestHead, parts: Parts): Promise<void> {
  const {status, body, lines} = await control(await readRequest(incoming, head, parts.bodyLimit), parts)
  if (!lines) return sendJson(outgoing, status, body)
  const headers = {'content-type': 'application/x-ndjson'}
  return send(outgoing, {status, headers, body, stream: undefined}, {head: false, gone: () => false})
}

async function sendJson(outgoing: Outgoing, status: number, body: unknown): Promise<void> {
  const headers = {'content-type': 'application/json'}
  await send(
    outgoing,
    {status, headers, body: JSON.stringify(body), stream: undefined},
    {head: false, gone: () => false},
  )
}

/** Services whose answers are written down. */
const MODELS: ReadonlySet<string> = new Set(['bedrock-runtime', 'bedrock-mantle'])

async function serveAws(incoming: Incoming, outgoing: Outgoing, head: RequestHead, parts: Parts): Promise<void> {
  const progress = begin(incoming, outgoing, head)
  const {entry} = progress
  const finish = () => {
    entry.ms = performance.now() - progress.arrivedAt
    parts.journal.add(entry)
  }
  const reply = await replyTo(incoming, head, progress, parts)
  if (reply.kind === 'drop') {
    entry.message = reply.reason
    finish()
    drop(outgoing)
    return
  }
  entry.status = reply.answer.status
  // A stream's story ends with its last event; any other is told before the caller can ask for it.
  const streaming = reply.answer.stream !== undefined
  if (!streaming) finish()
  if (!streaming && MODELS.has(entry.service ?? '')) parts.streams.logWhole(headOf(progress), entry.errorCode)
  await send(outgoing, signed(reply.answer, progress, parts.world.scenario), {
    head: head.method === 'HEAD',
    gone: progress.aborted,
    streamBreak: reply.streamBreak,
    pacing: {
      scheduler: parts.streams.scheduler,
      log: () => parts.streams.logOf(headOf(progress)),
      checked: parts.checkOutput,
    },
  })
  if (streaming) finish()
}

function headOf({requestId, entry, model = '', arrivedAt}: Progress): StreamHead {
  return {requestId, operation: entry.operation ?? '', model, region: entry.region ?? '', arrivedAt}
}

function begin(incoming: Incoming, outgoing: Outgoing, head: RequestHead): Progress {
  let gone = false
  outgoing.once('close', () => {
    gone = true
  })
  const requestId = randomUUID()
  const entry: JournalEntry = {
    requestId,
    at: new Date().toISOString(),
    http: `${head.method} ${head.signedPath}`,
    httpVersion: incoming.httpVersion,
    auth: 'none',
    signature: 'unchecked',
    status: 0,
    ms: 0,
    userAgent: head.headers['user-agent'],
  }
  return {
    requestId,
    entry,
    pathRegion: head.pathRegion,
    arrivedAt: performance.now(),
    model: undefined,
    protocol: 'restJson1',
    xmlNamespace: undefined,
    errors: undefined,
    mantlePath: undefined,
    aborted: () => gone,
    whenGone: (listener) => {
      if (gone) listener()
      else outgoing.once('close', listener)
    },
  }
}

async function replyTo(incoming: Incoming, head: RequestHead, progress: Progress, parts: Parts): Promise<Reply> {
  try {
    const upload = await isUpload(parts.table, head)
    const request = upload ? openRequest(incoming, head) : await readRequest(incoming, head, parts.bodyLimit)
    await wallDelay(parts.latencyMs)
    return await exchange(request, progress, parts)
  } catch (error) {
    return refusal(error, progress)
  } finally {
    // What of an upload was not wanted: its client reads the answer once it has sent it all.
    incoming.resume()
  }
}

function refusal(thrown: unknown, progress: Progress): Reply {
  const {entry} = progress
  if (thrown instanceof NoSuchEndpoint) {
    entry.errorCode = thrown.name
    return {kind: 'drop', reason: thrown.message}
  }
  const tooLarge = thrown instanceof BodyTooLarge
  const error = tooLarge
    ? commonError('too-large', progress.protocol)
    : thrown instanceof Error
      ? thrown
      : new Error(String(thrown))
  const {code, ...answer} = wordError(error, progress)
  entry.errorCode = code
  entry.message = error.message
  const headers = tooLarge ? {...answer.headers, connection: 'close'} : answer.headers
  return {kind: 'answer', answer: {...answer, headers, stream: undefined}, streamBreak: undefined}
}

function wordError(error: Error, progress: Progress): ErrorAnswer {
  const {mantlePath: path, requestId} = progress
  const worded = encodeError(error, progress)
  return path === undefined ? worded : mantleError(worded, {path, message: error.message, requestId})
}

/** Every answer carries its request id and says that a sandbox gave it, so that no client takes it for AWS's. */
function signed(answer: EncodedAnswer, {requestId, protocol}: Progress, scenario: string): EncodedAnswer {
  const s3 = protocol === 'restXml' ? {'x-amz-request-id': requestId, 'x-amz-id-2': 'sandbox'} : {}
  const own = {'x-amzn-requestid': requestId, 'x-bedrockctl-sandbox': encodeURIComponent(scenario)}
  return {...answer, headers: {...answer.headers, ...own, ...s3}}
}

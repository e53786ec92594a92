import {createHash} from 'node:crypto'
import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {signedHeaders} from './sign.js'

/** A request on its way to the service. */
export interface PassingRequest {
  readonly method: string
  /** Path with query. */
  readonly path: string
}

/** Where a request is stopped: before the service has seen it, or after it has answered and before anybody hears. */
export interface Stop {
  readonly when: 'before' | 'after'
  readonly matches: (request: PassingRequest) => boolean
  /** Once it resolves, the request or its answer goes on. */
  readonly hold: () => Promise<void> | void
}

export interface KillingProxy extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly PassingRequest[]
  /** Stops the first request that matches; replaces an earlier stop. */
  stopAt(stop: Stop): void
}

/** Passes requests on to a sandbox, signed anew for its port, but for one that it stops at a point. */
export async function startKillingProxy(sandbox: Sandbox): Promise<KillingProxy> {
  const seen: PassingRequest[] = []
  let stop: Stop | undefined
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const passing = {method: incoming.method ?? '', path: incoming.url ?? ''}
    const found = stop?.matches(passing) === true ? stop : undefined
    if (found) stop = undefined
    seen.push(passing)
    const body = await collect(incoming)
    if (found?.when === 'before') await found.hold()
    const answer = await ask(sandbox, passing, incoming.headers, body)
    const whole = await collect(answer)
    if (found?.when === 'after') await found.hold()
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    outgoing.end(whole)
  }
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => undefined)
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stopAt(next) {
      stop = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function ask(
  {url, world: {login}}: Sandbox,
  {method, path}: PassingRequest,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<IncomingMessage> {
  const {authorization = '', connection: _, host: __, 'transfer-encoding': ___, ...rest} = headers
  const [, region = '', service = ''] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(authorization) ?? []
  const kept = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  )
  const signed = signedHeaders({
    url,
    method,
    path: canonicalPath(path, service),
    service,
    region,
    headers: kept,
    payloadHash: kept['x-amz-content-sha256'] ?? createHash('sha256').update(body).digest('hex'),
    accessKeyId: login.accessKeyId,
    secretAccessKey: login.secretAccessKey,
  })
  return new Promise((resolve, reject) => {
    const {hostname, port} = new URL(url)
    const forward = request({hostname, port, method, path, headers: signed}, resolve)
    forward.on('error', reject)
    forward.end(body)
  })
}

/** Parameters sorted and with a value each; every service but S3 encodes the path a second time. */
function canonicalPath(path: string, service: string): string {
  const [bare = '', query = ''] = path.split('?')
  const parameters = query
    .split('&')
    .filter((one) => one !== '')
    .map((one) => (one.includes('=') ? one : `${one}=`))
  return `${service === 's3' ? bare : bare.replaceAll('%', '%25')}?${parameters.toSorted().join('&')}`
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

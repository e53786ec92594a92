import {createServer as createHttpServer, type ServerResponse} from 'node:http'
import {createServer as createHttp2Server} from 'node:http2'
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import {usageError} from '../core/errors.js'
import type {Parts} from './parts.js'
import {serve} from './serve.js'

/** A listening sandbox. */
export interface SandboxServer {
  readonly url: string
  readonly port: number
  /** Cuts every connection; resolves when the port is free. */
  close(): Promise<void>
}

/** Never another interface: whoever reaches the port may do everything. */
const HOST = '127.0.0.1'
const BACKLOG = 1024
/** Also of a connection that has not been used yet: load clients open theirs long before. */
const IDLE_MS = 10 * 60_000
const MAX_HEADER_BYTES = 64 * 1024
const MAX_STREAMS = 1000

/** `port` 0 takes a free one. Rejects with a usage error when the port is not to be had. */
export async function listen(port: number, partsFor: (url: () => string) => Parts): Promise<SandboxServer> {
  let url = ''
  const parts = partsFor(() => url)
  const sockets = new Set<Socket>()
  const front = createServer({noDelay: true}, createHandOver(parts, sockets))
  await new Promise<void>((resolve, reject) => {
    front.once('error', (error) => reject(portError(error, port)))
    front.listen({port, host: HOST, backlog: BACKLOG}, resolve)
  })
  const bound = (front.address() as AddressInfo).port
  url = `http://${HOST}:${bound}`
  return {url, port: bound, close: () => close(front, sockets)}
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error
  const why = error.code === 'EACCES' ? 'This user may not listen on it.' : 'Another program listens on it.'
  return usageError('PORT_UNAVAILABLE', `Port ${port} is not available.`, {
    why,
    hint: 'Choose another one, or 0 for any that is free.',
    actions: ['bedrockctl sandbox start --port 0'],
    cause: error,
  })
}

/**
 * One port for HTTP/1.1 and HTTP/2 without TLS: the JS client of bedrock-runtime speaks the latter from its first byte
 * on ("PRI * HTTP/2.0"), everybody else the former.
 */
function createHandOver(parts: Parts, sockets: Set<Socket>): (socket: Socket) => void {
  const http = createHttpServer({keepAliveTimeout: 60_000, maxHeaderSize: MAX_HEADER_BYTES}, (incoming, outgoing) => {
    void serve(incoming, outgoing, parts)
  })
  http.setTimeout(IDLE_MS)
  const http2 = createHttp2Server({settings: {maxConcurrentStreams: MAX_STREAMS}}, (incoming, outgoing) => {
    void serve(incoming, outgoing as unknown as ServerResponse, parts)
  })
  http2.setTimeout(IDLE_MS)
  // A caller that hangs up in the middle is no event.
  http2.on('sessionError', () => undefined)
  return (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null
      if (first === null) {
        socket.destroy()
        return
      }
      socket.setTimeout(0)
      socket.removeAllListeners('timeout')
      socket.unshift(first)
      const target = first.subarray(0, 3).toString('latin1') === 'PRI' ? http2 : http
      target.emit('connection', socket)
    })
  }
}

async function close(front: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => front.close(() => resolve()))
  for (const socket of sockets) socket.destroy()
  await closed
}

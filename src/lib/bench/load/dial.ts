import {connect, isIP, type Socket} from 'node:net'
import {connect as connectTls, createSecureContext, rootCertificates, type SecureContext} from 'node:tls'
import type {LanePlan, Origin} from '../wire/lane.js'

const MAX_PROXY_HEAD = 16 * 1024
/** Bytes of one read at most. One buffer serves all sockets of a thread: what is read is used up before the next read. */
const READ_BYTES = 64 * 1024
/** An empty line between requests, which servers pass over. */
const NOTHING_ASKED = '\r\n'
const readBuffer = Buffer.allocUnsafeSlow(READ_BYTES)

/** Who is told of a socket. `closed` comes once, also where it never opened. */
export interface SocketListener {
  opened(socket: Socket): void
  /** Bytes are the socket's again when this returns. */
  read(bytes: Buffer, length: number): void
  closed(failure: SocketFailure | undefined): void
}

export interface SocketFailure {
  readonly error: 'connect' | 'tls'
  readonly detail: string
  readonly reset: boolean
}

/** How connections of one lane are made. */
export interface Route {
  readonly origin: Origin
  readonly proxy: Origin | undefined
  readonly insecure: boolean
  readonly secure: SecureContext | undefined
}

export function routeOf({origin, proxy, insecure, caPem}: LanePlan): Route {
  const secure =
    caPem === undefined || !(origin.tls || proxy?.tls)
      ? undefined
      : createSecureContext({ca: [...rootCertificates, caPem]})
  return {origin, proxy, insecure, secure}
}

/** Opens a connection to one address of the lane's host, or of its proxy. The answer ends it, at any time. */
export function dial(route: Route, ip: string, listener: SocketListener): () => void {
  const {origin, proxy} = route
  const next = proxy ?? origin
  let stage: SocketFailure['error'] = 'connect'
  let failure: SocketFailure | undefined
  let ended = false
  const sockets: Socket[] = []
  const end = (): void => {
    if (ended) return
    ended = true
    for (const socket of sockets) socket.destroy()
    listener.closed(failure)
  }
  const watch = (socket: Socket): Socket => {
    sockets.push(socket)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure ??= {error: isTlsError(error) ? 'tls' : stage, detail: describe(error, route), reset: isReset(error)}
      end()
    })
    socket.on('end', () => (socket.allowHalfOpen ? probe(socket) : end()))
    socket.on('close', end)
    return socket
  }
  // A reset that comes with the last bytes is told as an end, by libuv: only a write shows which of the two it was.
  const probe = (socket: Socket): void => {
    socket.write(NOTHING_ASKED, (error) => {
      // With an error, its event follows.
      if (!error) end()
    })
  }
  const opened = (socket: Socket): void => {
    stage = 'connect'
    if (!ended) listener.opened(socket)
  }
  const copied = (socket: Socket): void => {
    socket.on('data', (bytes: Buffer) => listener.read(bytes, bytes.length))
    opened(socket)
  }
  const secure = (socket: Socket, {host}: Origin, then: (socket: Socket) => void): void => {
    stage = 'tls'
    const name = host.replace(/^\[|\]$/g, '')
    const wrapped = connectTls({
      socket,
      host: name,
      ...(isIP(name) ? {} : {servername: name}),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: !route.insecure,
      ...(route.secure ? {secureContext: route.secure} : {}),
    })
    watch(wrapped).once('secureConnect', () => then(wrapped))
  }

  const tunnel = proxy !== undefined && origin.tls
  if (!next.tls && !tunnel) {
    const onread = {buffer: readBuffer, callback: read}
    const socket = connect({host: ip, port: next.port, noDelay: true, allowHalfOpen: true, onread})
    watch(socket).once('connect', () => opened(socket))
    return end
  }
  function read(length: number): boolean {
    if (!ended) listener.read(readBuffer, length)
    return true
  }
  const refuse = (detail: string): void => {
    failure ??= {error: 'connect', detail, reset: false}
    end()
  }
  const viaProxy = (socket: Socket): void =>
    tunnel ? openTunnel(socket, origin, () => secure(socket, origin, copied), refuse) : copied(socket)
  const raw = watch(connect({host: ip, port: next.port, noDelay: true}))
  raw.once('connect', () => {
    if (next.tls) secure(raw, next, proxy ? viaProxy : copied)
    else viaProxy(raw)
  })
  return end
}

function openTunnel(socket: Socket, {host, port}: Origin, then: () => void, refuse: (detail: string) => void): void {
  const authority = `${host}:${port}`
  let head = ''
  const read = (bytes: Buffer): void => {
    head += bytes.toString('latin1')
    if (!head.includes('\r\n\r\n')) {
      if (head.length > MAX_PROXY_HEAD) refuse('the proxy answered with no end of a head')
      return
    }
    socket.off('data', read)
    socket.pause()
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]
    if (status?.startsWith('2')) then()
    else refuse(`the proxy refused CONNECT to ${authority}: ${status ?? 'no HTTP answer'}`)
  }
  socket.on('data', read)
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
}

const TLS_CODES = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH|INVALID_CA)/

function isTlsError({code = ''}: NodeJS.ErrnoException): boolean {
  return TLS_CODES.test(code)
}

function isReset({code}: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function describe(error: NodeJS.ErrnoException, {origin, proxy}: Route): string {
  const {host, port} = proxy ?? origin
  const code = error.code ?? 'error'
  return `${code}, ${proxy ? 'proxy ' : ''}${host}:${port}`
}

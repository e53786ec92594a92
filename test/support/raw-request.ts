import {request} from 'node:http'
import {connect} from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface RawRequest {
  readonly method?: string
  /** As it goes over the wire: nothing is encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** An HTTP/1.1 request without any help: what no SDK client would send. */
export function rawRequest(url: string, {method = 'GET', path, headers = {}, body}: RawRequest): Promise<RawAnswer> {
  const {hostname, port} = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = request({hostname, port, method, path, headers, agent: false}, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString()})
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Writes bytes to the port and gives back everything that comes until the other side hangs up. */
export function rawBytes(url: string, bytes: string): Promise<string> {
  const {hostname, port} = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      received += text
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
    socket.end(bytes, 'latin1')
  })
}

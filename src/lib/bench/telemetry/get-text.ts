import {sanitise} from '../../core/text.js'

/** How a server is reached, as the load reaches it. */
export interface Place {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly caPem?: string | undefined
  readonly insecure?: boolean | undefined
}

const MOST_BYTES = 16 * 1024 * 1024

/** The text at an address, or in a line why it cannot be read. Never throws; no redirect is followed. */
export async function getText(
  url: string,
  {caPem, headers = {}, insecure = false}: Place,
  {signal, timeoutMs}: {readonly signal: AbortSignal; readonly timeoutMs: number},
): Promise<{readonly text: string} | {readonly why: string}> {
  const {get} = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  return new Promise((resolve) => {
    const tls = url.startsWith('https:') ? {rejectUnauthorized: !insecure, ...(caPem && {ca: caPem})} : {}
    const options = {
      ...tls,
      headers: {accept: 'text/plain', ...headers},
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }
    const fail = (error: Error) => {
      request.destroy()
      const late = error.name === 'AbortError' || error.name === 'TimeoutError'
      resolve({
        why: late ? `no answer within ${timeoutMs / 1000} s` : sanitise(error.message || error.name).slice(0, 200),
      })
    }
    const request = get(url, options, (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      if (response.statusCode !== 200) {
        fail(new Error(`HTTP ${response.statusCode}`))
        return
      }
      response.on('error', fail).on('end', () => resolve({text: Buffer.concat(chunks).toString('utf8')}))
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MOST_BYTES) fail(new Error('more than 16 MiB of metrics'))
        else chunks.push(chunk)
      })
      response.on('aborted', () => fail(new Error('the answer was cut')))
    })
    request.on('error', fail)
  })
}

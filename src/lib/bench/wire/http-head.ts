/** How the end of a body is known (RFC 9112, section 6.3). */
export type BodyFraming =
  | {readonly kind: 'none'}
  | {readonly kind: 'sized'; readonly length: number}
  | {readonly kind: 'chunked'}
  | {readonly kind: 'until-close'}

/** Status line and headers of an answer. */
export interface AnswerHead {
  readonly status: number
  readonly framing: BodyFraming
  readonly keepAlive: boolean
  header(name: string): string | undefined
}

/** Reads a head that ends with its empty line; a sentence where it is none. */
export function parseHead(text: string): AnswerHead | string {
  const line = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\r\n]*)?\r\n/.exec(text)
  if (line === null) return text.startsWith('HTTP/') ? 'the status line of the answer cannot be read' : 'not HTTP'
  const lower = text.toLowerCase()
  const header = (name: string): string | undefined => headerValue(text, lower, name)
  const status = Number(line[2])
  const framing = framingOf(status, header)
  if (typeof framing === 'string') return framing
  const connection = header('connection')?.toLowerCase() ?? ''
  const asked = line[1] === '1' ? !connection.includes('close') : connection.includes('keep-alive')
  return {status, framing, keepAlive: asked && framing.kind !== 'until-close', header}
}

function headerValue(text: string, lower: string, name: string): string | undefined {
  const start = lower.indexOf(`\r\n${name}:`)
  if (start === -1) return undefined
  const from = start + name.length + 3
  return text.slice(from, text.indexOf('\r\n', from)).trim()
}

function framingOf(status: number, header: (name: string) => string | undefined): BodyFraming | string {
  if (status < 200 || status === 204 || status === 304) return {kind: 'none'}
  if (header('transfer-encoding')?.toLowerCase().includes('chunked') === true) return {kind: 'chunked'}
  const length = header('content-length')
  if (length === undefined) return {kind: 'until-close'}
  if (!/^\d{1,15}$/.test(length)) return 'the content-length of the answer is no number'
  return length === '0' ? {kind: 'none'} : {kind: 'sized', length: Number(length)}
}

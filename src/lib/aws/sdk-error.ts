import {sanitise} from '../core/text.js'

/** The members that AWS SDK and Node errors may carry; all optional, because anything can be thrown. */
export interface SdkError extends Error {
  readonly $metadata?: {readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number}
  readonly $response?: {readonly headers?: Readonly<Record<string, string>>}
  readonly Code?: string
  readonly code?: string
  readonly hostname?: string
  readonly address?: string
  readonly port?: number
  readonly errors?: readonly SdkError[]
}

const LONGEST_TEXT = 600
const hosts = new WeakMap<object, string>()

/** Remembers which host a request went to, for the errors that do not say. */
export function noteHost(error: unknown, host: string): void {
  if (typeof error === 'object' && error !== null && !hosts.has(error)) hosts.set(error, host)
}

export function hostOf(error: SdkError): string | undefined {
  const noted = hosts.get(error)
  if (noted !== undefined) return noted
  const first = error.errors?.[0] ?? error
  const host = error.hostname ?? first.address
  return host === undefined || first.port === undefined ? host : `${host}:${first.port}`
}

export function headersOf(error: SdkError): Readonly<Record<string, string>> {
  return error.$response?.headers ?? {}
}

/** The service's message, safe for a terminal and bounded; never a body. */
export function textOf(error: SdkError): string {
  const message = sanitise(error.message).trim()
  const bounded = message.length > LONGEST_TEXT ? `${message.slice(0, LONGEST_TEXT)}…` : message
  return bounded === '' ? error.name : bounded
}

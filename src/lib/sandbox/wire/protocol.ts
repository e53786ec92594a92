/**
 * The protocols AWS services speak. `restXml` is S3's; `restXmlWrapped` is that of the other REST XML services, which
 * wrap and name their errors as the Query protocol does.
 */
export type Protocol =
  | 'restJson1'
  | 'restXml'
  | 'restXmlWrapped'
  | 'awsJson1_0'
  | 'awsJson1_1'
  | 'awsQuery'
  | 'ec2Query'
  | 'rpcv2Cbor'

/** Protocols that word their common errors alike. */
export type Dialect = 'json' | 'query' | 'ec2' | 's3'

export function dialectOf(protocol: Protocol): Dialect {
  switch (protocol) {
    case 'awsQuery':
    case 'restXmlWrapped':
      return 'query'
    case 'ec2Query':
      return 'ec2'
    case 'restXml':
      return 's3'
    default:
      return 'json'
  }
}

/** Operations named by an HTTP method and a path, members spread over path, query, headers and body. */
export function isRest(protocol: Protocol): boolean {
  return protocol === 'restJson1' || protocol === 'restXml' || protocol === 'restXmlWrapped'
}

export const CONTENT_TYPE: Readonly<Record<Protocol, string>> = {
  restJson1: 'application/json',
  restXml: 'application/xml',
  restXmlWrapped: 'text/xml',
  awsJson1_0: 'application/x-amz-json-1.0',
  awsJson1_1: 'application/x-amz-json-1.1',
  awsQuery: 'text/xml',
  ec2Query: 'text/xml;charset=UTF-8',
  rpcv2Cbor: 'application/cbor',
}

/** Lower-case names; repeated headers joined by a comma. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>

/** The body of an upload, read as it comes; reading it rejects where it is not what the caller signed. */
export interface Payload extends AsyncIterable<Uint8Array> {
  /** How many bytes the caller announced. */
  readonly bytes: number
  /** What came after the last byte, lower-case names; complete once every byte is read. */
  readonly trailers: ReadonlyMap<string, string>
}

/** A request as it came over the wire, body read. */
export interface WireRequest {
  readonly method: string
  /** Path as the caller signed it, still percent-encoded. */
  readonly signedPath: string
  /** Path to route by: without the `/_region/NAME` prefix. Still percent-encoded: split it first, decode after. */
  readonly path: string
  readonly rawQuery: string
  readonly query: URLSearchParams
  readonly headers: RequestHeaders
  /** Bytes as sent: what the payload hash is about. */
  readonly rawBody: Buffer
  /** Bytes without the `aws-chunked` framing. */
  readonly body: Buffer
  /** Bytes as sent, still to be read: `rawBody` and `body` are empty then. */
  readonly incoming?: AsyncIterable<Uint8Array>
  /** What `incoming` is once its signature is being checked. */
  readonly payload?: Payload
}

/** What goes back: an event stream when `events` is there, else `body`. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: unknown
}

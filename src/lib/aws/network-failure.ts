import type {SdkError} from './sdk-error.js'

interface NetworkFailure {
  readonly message: string
  readonly why: string | undefined
  readonly hint: string
}

const CHECK_NETWORK = 'Check the network, VPN and firewall; bedrockctl doctor shows which endpoints answer.'

const WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOTFOUND: ['has no address', 'The service may not exist in this Region, or DNS does not work here.'],
  EAI_AGAIN: ['could not be looked up', 'DNS does not answer: check the network and the resolver.'],
  ECONNREFUSED: ['refuses the connection', 'Nothing listens there: check --endpoint-url and AWS_ENDPOINT_URL.'],
  ECONNRESET: ['closed the connection', CHECK_NETWORK],
  EPIPE: ['closed the connection', CHECK_NETWORK],
  ETIMEDOUT: ['did not answer in time', CHECK_NETWORK],
  ESOCKETTIMEDOUT: ['did not answer in time', CHECK_NETWORK],
  EHOSTUNREACH: ['cannot be reached', CHECK_NETWORK],
  ENETUNREACH: ['cannot be reached', CHECK_NETWORK],
  ERR_HTTP2_ERROR: ['broke the HTTP/2 connection', 'A proxy that speaks only HTTP/1.1 may be in the way.'],
  ERR_HTTP2_STREAM_CANCEL: ['broke the HTTP/2 connection', 'A proxy that speaks only HTTP/1.1 may be in the way.'],
  ERR_PROXY_TUNNEL: [
    'was refused by the proxy',
    'Check HTTPS_PROXY and its credentials, or name the host in NO_PROXY.',
  ],
  HPE_INVALID_CONSTANT: ['does not speak HTTP', 'Check the port and the scheme of --endpoint-url.'],
}

const TLS =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/

/** What went wrong before there was an answer, in words; `undefined` when it was not the network. */
export function networkFailure(error: SdkError, host: string | undefined): NetworkFailure | undefined {
  const where = host ?? 'the endpoint'
  const code = error.code ?? error.errors?.[0]?.code
  if (error.name === 'TimeoutError' && (code === undefined || WORDS[code] === undefined)) {
    return {message: `${where} did not answer in time.`, why: undefined, hint: CHECK_NETWORK}
  }
  if (code === undefined) return undefined
  const words = WORDS[code]
  if (words) return {message: `${where} ${words[0]}.`, why: code, hint: words[1]}
  if (!TLS.test(code)) return undefined
  return {
    message: `the TLS connection to ${where} failed.`,
    why: code,
    hint: 'A proxy that inspects TLS needs its CA named in NODE_EXTRA_CA_CERTS; for http:// endpoints check the scheme.',
  }
}

import type {Origin} from '../wire/lane.js'

type Env = Readonly<Record<string, string | undefined>>

/** The proxy that the environment names for a URL, as curl reads it; undefined: none, or NO_PROXY takes the host out. */
export function proxyFor(url: URL, env: Env): Origin | undefined {
  const of = (name: string) => env[name] || undefined
  // HTTP_PROXY in capitals is not read, as curl has it: a request's own header may set it in CGI.
  const named = url.protocol === 'https:' ? (of('https_proxy') ?? of('HTTPS_PROXY')) : of('http_proxy')
  const chosen = named ?? of('all_proxy') ?? of('ALL_PROXY')
  if (chosen === undefined || isExempt(url, of('no_proxy') ?? of('NO_PROXY') ?? '')) return undefined
  const text = chosen.includes('://') ? chosen : `http://${chosen}`
  return URL.canParse(text) ? originOf(new URL(text)) : undefined
}

/** Where the connections of a URL go. */
export function originOf(url: URL): Origin {
  const tls = url.protocol === 'https:'
  return {
    tls,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
  }
}

/** `.example.com`, `example.com`, `*.example.com`, `host:8080` or `*`, separated by commas or spaces. */
function isExempt(url: URL, list: string): boolean {
  const {host, port} = originOf(url)
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      const [, name = entry, ofPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? []
      if (ofPort !== undefined && Number(ofPort) !== port) return false
      return host === name.toLowerCase() || host.endsWith(`.${name.toLowerCase()}`)
    })
}

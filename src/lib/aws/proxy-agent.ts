import http from 'node:http'
import https from 'node:https'
import {Agent, type AgentConnectOpts} from 'agent-base'
import {HttpsProxyAgent} from 'https-proxy-agent'
import {getProxyForUrl} from 'proxy-from-env'

class TunnelRefused extends Error {
  readonly code = 'ERR_PROXY_TUNNEL'

  constructor(status: number) {
    super(`the proxy answered ${status} to the request for a tunnel`)
  }
}

/** An agent that asks the environment for each host: through the proxy, or directly where NO_PROXY says so. */
export class EnvironmentProxyAgent extends Agent {
  readonly #direct: https.Agent
  readonly #tunnels = new Map<string, HttpsProxyAgent<string>>()

  constructor(options: https.AgentOptions) {
    super(options)
    this.#direct = new https.Agent(options)
  }

  override connect(request: http.ClientRequest, options: AgentConnectOpts): http.Agent {
    if (!options.secureEndpoint) return http.globalAgent
    const proxy = getProxyForUrl(`https://${options.host}:${options.port}`)
    if (proxy === '') return this.#direct
    // A refused tunnel would otherwise come back as if AWS itself had answered 403 or 407.
    request.once('proxyConnect', ({statusCode}: {readonly statusCode: number}) => {
      if (statusCode !== 200) request.destroy(new TunnelRefused(statusCode))
    })
    return this.#tunnel(proxy)
  }

  override destroy(): void {
    this.#direct.destroy()
    for (const tunnel of this.#tunnels.values()) tunnel.destroy()
    super.destroy()
  }

  #tunnel(proxy: string): HttpsProxyAgent<string> {
    const known = this.#tunnels.get(proxy)
    if (known) return known
    const tunnel = new HttpsProxyAgent(proxy, this.options)
    this.#tunnels.set(proxy, tunnel)
    return tunnel
  }
}

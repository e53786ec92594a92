import {lookup} from 'node:dns/promises'
import {isIP} from 'node:net'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000

/** One address of a host, and when it may be tried again. */
export interface Address {
  readonly ip: string
  failures: number
  failedAt: number
  againAt: number
}

/** The addresses of a host, asked for once, so that all connections of a cell are spread over the same ones. */
export class Addresses {
  readonly #host: string
  #known: readonly Address[] = []
  #turn = 0

  constructor(host: string) {
    this.#host = host.replace(/^\[|\]$/g, '')
  }

  /** A name that cannot be resolved now is left to each attempt to connect, which then says so. */
  async resolve(): Promise<void> {
    const ips = isIP(this.#host) ? [this.#host] : await ipsOf(this.#host)
    this.#known = ips.map((ip) => ({
      ip,
      failures: 0,
      failedAt: Number.NEGATIVE_INFINITY,
      againAt: Number.NEGATIVE_INFINITY,
    }))
  }

  /** In turn one that may be tried now; undefined when all have to rest. */
  pick(now: number): Address | undefined {
    for (let step = 0; step < this.#known.length; step += 1) {
      const address = this.#known[this.#turn++ % this.#known.length]
      if (address && address.againAt <= now) return address
    }
    return undefined
  }

  /** When the first of them may be tried again. */
  get againAt(): number {
    return Math.min(...this.#known.map(({againAt}) => againAt))
  }

  worked(address: Address): void {
    address.failures = 0
    address.againAt = Number.NEGATIVE_INFINITY
  }

  /** The pause doubles with every failure; attempts that were made at the same time are one failure. */
  failed(address: Address, triedAt: number, now: number): void {
    if (triedAt < address.failedAt) return
    address.failedAt = now
    address.againAt = now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** address.failures)
    address.failures += 1
  }
}

export function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')
}

async function ipsOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, {all: true})).map(({address}) => address)
  } catch {
    return [host]
  }
}

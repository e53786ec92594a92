import {isIP} from 'node:net'

export interface HostLoad {
  /** Places of the targets whose load a machine is under. */
  readonly targets: readonly number[]
  /** false: which of them is not known, so its energy is of nobody's tokens. */
  readonly known: boolean
}

/** A server of one's own, by its place among the targets and the host of its address. */
export interface OwnServer {
  readonly target: number
  readonly host: string
}

/**
 * The load of a machine with GPUs: of the servers at its address, else of all where they are at one address or where it
 * is one of several machines behind that. names: what this machine is called itself.
 */
export function loadOfHost(
  gpuHost: string,
  gpuHosts: readonly string[],
  servers: readonly OwnServer[],
  names: readonly string[],
): HostLoad {
  const at = (host: string) => servers.filter((server) => isSame(machineOf(server.host, names), machineOf(host, names)))
  const own = at(gpuHost)
  if (own.length > 0) return {targets: own.map(({target}) => target), known: true}
  const claimed = new Set(gpuHosts.flatMap(at))
  const left = servers.filter((server) => !claimed.has(server))
  const rest = left.length > 0 ? left : servers
  const addresses = new Set(rest.map(({host}) => machineOf(host, names)))
  return {targets: rest.map(({target}) => target), known: addresses.size <= 1 && left.length > 0}
}

/** `user@` and brackets left out; this machine is called local. */
function machineOf(text: string, names: readonly string[]): string {
  const host = text
    .slice(text.lastIndexOf('@') + 1)
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
  const isHere = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host) || names.includes(host)
  return isHere ? 'local' : host
}

/** A name without its domain is the same machine: both are as people type them. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return isIP(short) === 0 && long.startsWith(`${short}.`)
}

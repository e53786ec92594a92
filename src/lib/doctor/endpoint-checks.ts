import {sanitise} from '../core/text.js'
import type {DoctorCheck} from './doctor.schema.js'
import type {EndpointProbe, ProbedService} from './ports.js'

/** Without these nothing works; the others are needed by some commands only. */
const NEEDED: readonly ProbedService[] = ['bedrock', 'sts']

/** One line an endpoint: reachable, in how many milliseconds, by which way. */
export function judgeEndpoint(probe: EndpointProbe): DoctorCheck {
  const host = hostOf(probe.url)
  const check = {id: `endpoint:${probe.service}:${probe.region}`, title: `${probe.service} ${probe.region}`}
  if (probe.failure !== null) {
    return {
      ...check,
      status: NEEDED.includes(probe.service) ? 'fail' : 'warn',
      detail: `${host}: ${sanitise(probe.failure)}`,
      hint: 'Check DNS, routes, security groups and firewalls between here and there.',
    }
  }
  return {
    ...check,
    status: 'ok',
    detail: `${host} in ${Math.round(probe.ms ?? 0)} ms, ${wayTo(probe.addresses)}`,
    hint: null,
  }
}

/** Which way a connection takes, as the addresses tell. */
export function wayTo(addresses: readonly string[]): string {
  if (addresses.length > 0 && addresses.every(isLoopback)) return 'this machine'
  if (addresses.length > 0 && addresses.every(isPrivate)) return 'private addresses: a VPC endpoint (PrivateLink)'
  return addresses.some(isPrivate) ? 'private and public addresses' : 'public addresses'
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** RFC 1918, RFC 6598 and unique local IPv6: what interface endpoints have. */
function isPrivate(address: string): boolean {
  if (address.includes(':')) return /^f[cd]/i.test(address)
  const [first = 0, second = 0] = address.split('.').map(Number)
  if (first === 10 || (first === 192 && second === 168)) return true
  return (first === 172 && second >= 16 && second <= 31) || (first === 100 && second >= 64 && second <= 127)
}

function hostOf(url: string): string {
  return sanitise(URL.canParse(url) ? new URL(url).host : url)
}

import PQueue from 'p-queue'
import {BedrockctlError} from '../core/errors.js'
import type {DoctorSource, PermissionProbe} from '../doctor/ports.js'
import type {CallRecorder} from './call-log.js'
import {probeConnection} from './connect-probe.js'
import {credentialFacts} from './credential-facts.js'
import type {ResolvedCredentials} from './credentials.js'
import {endpointAddress} from './endpoint-address.js'
import {PERMISSION_CALLS, type PermissionCall} from './permission-probes.js'
import {pricingRegion} from './pricing-region.js'
import {chosenProfile, requireProfile} from './profiles.js'
import {translateError} from './translate-error.js'
import type {ClientConfig, Wire} from './wire.js'

const CONNECTIONS_AT_ONCE = 32
const READS = /:(Get|List|Describe|View|Search|Head)/

/** `base` tells how clients are built: the credentials and endpoints in question. */
export function createDoctorSource(
  wire: Wire,
  base: Omit<ClientConfig, 'region'>,
  recorder: CallRecorder,
): DoctorSource {
  const connections = new PQueue({concurrency: CONNECTIONS_AT_ONCE})
  return {
    get clockSkewSeconds() {
      return recorder.clockSkewSeconds
    },
    readCredentials: () => readCredentials(base),
    async probeEndpoint(service, region, signal) {
      try {
        const address = await endpointAddress(service, region, base)
        const probe = await connections.add(() => probeConnection(address.url, signal))
        return {service, ...address, ...probe}
      } catch (error) {
        signal?.throwIfAborted()
        const {message} = translateError(error, {action: `finding the endpoint of ${service}`, region})
        return {service, region, url: '', addresses: [], ms: null, failure: message}
      }
    },
    async probePermission(action, region, signal) {
      const call = PERMISSION_CALLS[action]
      if (call !== undefined) return probePermission(wire, {action, region, call}, signal)
      return {state: 'not-probed', reason: READS.test(action) ? 'no cheap call shows it' : 'it would change things'}
    },
  }
}

async function readCredentials({credentials, profile}: Omit<ClientConfig, 'region'>) {
  if (typeof credentials !== 'function') {
    return credentialFacts({...credentials, $source: {CREDENTIALS_CODE: 'e'}}, undefined, undefined)
  }
  const resolved = (await credentials()) as ResolvedCredentials
  return credentialFacts(resolved, chosenProfile(profile), await requireProfile(profile))
}

interface Question {
  readonly action: string
  readonly region: string
  readonly call: PermissionCall
}

/** A service that looks for the thing in question has let the caller in. */
async function probePermission(
  wire: Wire,
  {action, region, call}: Question,
  signal?: AbortSignal,
): Promise<PermissionProbe> {
  const called = call.region === 'pricing' ? pricingRegion(region) : region
  try {
    await wire.call(call.service, {action, region: called}, signal, (abortSignal) =>
      call.send((build) => wire.client(call.service, called, build), {abortSignal}),
    )
    return {state: 'allowed', reason: null}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    if (error.code === 'NOT_FOUND') return {state: 'allowed', reason: null}
    const why = error.why === undefined ? error.message : `${error.message} ${error.why}`
    if (error.code !== 'ACCESS_DENIED') return {state: 'unknown', reason: why}
    const only = call.onNothing ? ' Probed on a resource that does not exist: others may be allowed.' : ''
    return {state: 'denied', reason: `${why}${only}`}
  }
}

import {createClock} from '../../src/lib/sandbox/clock.js'
import {Faults} from '../../src/lib/sandbox/faults.js'
import {Journal} from '../../src/lib/sandbox/journal.js'
import type {Parts} from '../../src/lib/sandbox/parts.js'
import {PromptCache} from '../../src/lib/sandbox/prompt-cache/prompt-cache.js'
import {Quotas} from '../../src/lib/sandbox/quotas/quotas.js'
import {listen} from '../../src/lib/sandbox/server.js'
import {SERVICES, type ServiceSpec, ServiceTable} from '../../src/lib/sandbox/services.js'
import {Streams} from '../../src/lib/sandbox/streams/streams.js'
import {KEY, plainWorld} from './plain-world.js'

/** A sandbox's parts with a world that has no state; outputs are checked. */
export function plainParts(specs: readonly ServiceSpec[]): Omit<Parts, 'baseUrl'> {
  return {
    table: new ServiceTable(specs),
    world: plainWorld(),
    clock: createClock('real'),
    faults: new Faults(1),
    journal: new Journal(),
    streams: new Streams(1),
    quotas: new Quotas(),
    promptCache: new PromptCache(),
    latencyMs: 0,
    bodyLimit: 1024 * 1024,
    checkConstraints: true,
    checkOutput: true,
    wallNow: Date.now,
    reset: async () => undefined,
  }
}

export interface PlainSandbox extends Pick<Parts, 'journal' | 'faults'> {
  readonly url: string
  readonly clientOptions: ReturnType<typeof clientOptions>
  close(): Promise<void>
}

/** The protocol layer with handlers of the test's own, by service id. */
export async function startPlainSandbox(
  handlers: Readonly<Record<string, object>>,
  overrides: Partial<Parts> = {},
): Promise<PlainSandbox> {
  const specs = SERVICES.map(({fake: _, ...spec}): ServiceSpec => {
    const own = handlers[spec.id]
    return own ? {...spec, fake: async () => ({default: own})} : spec
  })
  const parts = {...plainParts(specs), ...overrides}
  const {url, close} = await listen(0, (baseUrl) => ({...parts, baseUrl}))
  return {url, journal: parts.journal, faults: parts.faults, clientOptions: clientOptions(url), close}
}

/** What a client is built with: retries would hide a failure, and every service has an endpoint in this Region. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: {accessKeyId: KEY.accessKeyId, secretAccessKey: KEY.secretAccessKey},
  maxAttempts: 1,
})

import {createClock} from '../../../src/lib/sandbox/clock.js'
import {Faults} from '../../../src/lib/sandbox/faults.js'
import {Journal} from '../../../src/lib/sandbox/journal.js'
import type {Parts} from '../../../src/lib/sandbox/parts.js'
import {listen} from '../../../src/lib/sandbox/server.js'
import {SERVICES, type ServiceSpec, ServiceTable} from '../../../src/lib/sandbox/services.js'
import {KEY, plainWorld} from '../plain-world.js'

/** A handler that plays every operation: it keeps what came in and gives back, or throws, what it was told to. */
export interface Recorder {
  readonly url: string
  readonly specs: readonly ServiceSpec[]
  readonly journal: Journal
  /** What the last call brought: operation and input. */
  readonly received: {operation: string; input: unknown} | undefined
  /** Sets the next answer and forgets what was received. */
  answerWith(output: unknown): void
  failWith(error: Error): void
  close(): Promise<void>
}

/** Every service of the table, EC2 with all its operations; signatures verified, output checked, constraints off. */
export async function startRecorder(): Promise<Recorder> {
  let received: Recorder['received']
  let next: () => unknown = () => ({})
  const handlers = new Proxy(
    {},
    {
      get: (_, operation) => (input: unknown) => {
        received = {operation: String(operation), input}
        return next()
      },
    },
  )
  const specs = SERVICES.map(
    (spec): ServiceSpec => ({
      ...spec,
      ...(spec.id === 'ec2' ? {client: () => import('@aws-sdk/client-ec2')} : {}),
      fake: async () => ({default: handlers}),
    }),
  )
  const journal = new Journal()
  const server = await listen(0, (baseUrl): Parts => ({...recorderParts(specs, journal), baseUrl}))
  return {
    url: server.url,
    specs,
    journal,
    get received() {
      return received
    },
    answerWith(output) {
      received = undefined
      next = () => output
    },
    failWith(error) {
      received = undefined
      next = () => {
        throw error
      }
    },
    close: server.close,
  }
}

function recorderParts(specs: readonly ServiceSpec[], journal: Journal): Omit<Parts, 'baseUrl'> {
  return {
    table: new ServiceTable(specs),
    world: plainWorld(),
    clock: createClock('real'),
    faults: new Faults(1),
    journal,
    latencyMs: 0,
    bodyLimit: 1024 * 1024,
    checkConstraints: false,
    checkOutput: true,
    wallNow: Date.now,
    reset: async () => undefined,
  }
}

/** What every client of the recorder is built with: retries would hide a failure. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  // The one Region besides us-east-1 in which every service has an endpoint: pricing is picky.
  region: 'eu-central-1',
  credentials: {accessKeyId: KEY.accessKeyId, secretAccessKey: KEY.secretAccessKey},
  maxAttempts: 1,
  disableHostPrefix: true,
})

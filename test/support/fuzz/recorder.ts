import type {Journal} from '../../../src/lib/sandbox/journal.js'
import {listen} from '../../../src/lib/sandbox/server.js'
import {SERVICES, type ServiceSpec} from '../../../src/lib/sandbox/services.js'
import {plainParts} from '../plain-sandbox.js'

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
      get: (_, operation) => async (input: unknown) => {
        received = {operation: String(operation), input: await withBody(input as object)}
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
  const parts = {...plainParts(specs), checkConstraints: false}
  const server = await listen(0, (baseUrl) => ({...parts, baseUrl}))
  return {
    url: server.url,
    specs,
    journal: parts.journal,
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

/** The input with an upload's body read. */
async function withBody(input: object): Promise<object> {
  const read = Object.entries(input).map(async ([name, value]): Promise<[string, unknown]> => {
    const streamed = typeof value === 'object' && value !== null && Symbol.asyncIterator in value
    return [name, streamed ? await bytesOf(value as AsyncIterable<Uint8Array>) : value]
  })
  return Object.fromEntries(await Promise.all(read))
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

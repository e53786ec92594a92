import * as protocols from '@aws-sdk/core/protocols'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {SERVICES, type ServiceSpec} from '../../src/lib/sandbox/services.js'
import {errorsOf, operationsOf} from '../../src/lib/sandbox/wire/schema.js'
import {RENAMED_ERRORS, SKIPPED, UNSIGNED} from '../support/fuzz/exceptions.js'
import {Generator} from '../support/fuzz/generate.js'
import {type Recorder, startRecorder} from '../support/fuzz/recorder.js'
import {type AnyClient, type ClientExports, command, randomInput, roundTrip} from '../support/fuzz/round-trip.js'
import {clientOptions} from '../support/plain-sandbox.js'

// Every operation of every client that the program depends on, through the real client: random input to the handler
// and random output back, each request signed and verified. FUZZ_SEED and FUZZ_ROUNDS widen the search.

const seed = Number(process.env['FUZZ_SEED'] ?? 1)
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 1)

type ClientConstructor = new (options: object) => AnyClient

/** Protocols a service speaks beyond its JS client's first choice. */
const FURTHER_PROTOCOLS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  cloudwatch: {awsQuery: protocols.AwsQueryProtocol, rpcv2Cbor: protocols.AwsSmithyRpcV2CborProtocol},
}

const cases = SERVICES.flatMap(({id, protocols: spoken}) => [
  {id, protocol: spoken[0] ?? '', settings: {}},
  ...Object.entries(FURTHER_PROTOCOLS[id] ?? {}).map(([protocol, setting]) => ({
    id,
    protocol,
    settings: {protocol: setting},
  })),
])

let recorder: Recorder
let covered = 0

beforeAll(async () => {
  recorder = await startRecorder()
})

afterAll(() => recorder.close())

const unverifiedOperations = (): string[] => [
  ...new Set(
    recorder.journal.entries.filter(({signature}) => signature !== 'ok').flatMap(({operation}) => operation ?? 'none'),
  ),
]

async function openClient(id: string, settings: object): Promise<{client: AnyClient; exports: ClientExports}> {
  const exports = (await specOf(id).client()) as ClientExports
  const name = Object.keys(exports).find((key) => /^[A-Z].*Client$/.test(key))
  const Client = exports[name ?? ''] as unknown as ClientConstructor
  const s3 = id === 's3' ? {forcePathStyle: true} : {}
  return {client: new Client({...clientOptions(recorder.url), disableHostPrefix: true, ...s3, ...settings}), exports}
}

function specOf(id: string): ServiceSpec {
  const spec = recorder.specs.find((each) => each.id === id)
  if (!spec) throw new Error(`no service ${id}`)
  return spec
}

describe('every operation survives the wire', () => {
  test.each(cases)(
    '$id over $protocol',
    async ({id, protocol, settings}) => {
      const {client, exports} = await openClient(id, settings)
      recorder.journal.clear()
      const generator = new Generator(seed)
      const problems: string[] = []
      for (const operation of operationsOf(exports).values()) {
        if (SKIPPED[`${id}:${operation.name}`] !== undefined) continue
        covered += 1
        for (let round = 0; round < rounds; round++) {
          problems.push(...(await roundTrip({service: id, operation, client, exports}, recorder, generator)))
        }
      }
      client.destroy()

      expect(problems.join('\n')).toBe('')
      expect(unverifiedOperations()).toEqual(UNSIGNED[id] ?? [])
      expect(recorder.journal.entries.at(-1)).toMatchObject({service: id, protocol})
    },
    60_000,
  )

  test('more than 2,000 operations were covered', () => {
    expect(covered).toBeGreaterThan(2000)
  })
})

describe('every modelled error arrives as what it is', () => {
  let errorsCovered = 0

  test.each(cases)(
    '$id over $protocol',
    async ({id, settings}) => {
      const {client, exports} = await openClient(id, settings)
      const generator = new Generator(seed)
      const [operation] = operationsOf(exports).values()
      if (!operation) throw new Error(`${id} has no operations`)
      const subject = {service: id, operation, exports}
      const problems: string[] = []
      for (const [name, schema] of errorsOf(exports)) {
        const Exception = exports[name] as unknown as new (options: object) => Error
        const members = generator.value(schema) as object
        recorder.failWith(new Exception({...members, message: 'it failed & <so>', $metadata: {}}))
        const caught = await client
          .send(command(subject, randomInput(subject, generator)))
          .catch((error: unknown) => error)
        const {name: arrived, message} = caught as Error
        errorsCovered += 1
        if (arrived !== (RENAMED_ERRORS[`${id}:${name}`] ?? name) || message !== 'it failed & <so>')
          problems.push(`${name} arrived as ${arrived}: ${message}`)
      }
      client.destroy()

      expect(problems.join('\n')).toBe('')
    },
    60_000,
  )

  test('more than 300 errors were covered', () => {
    expect(errorsCovered).toBeGreaterThan(300)
  })
})

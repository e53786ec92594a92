import type {NormalizedSchema} from '@smithy/core/schema'
import {memberNames, membersOf, type Operation} from '../../../src/lib/sandbox/wire/schema.js'
import {firstDifference, normalise} from './compare.js'
import {EXPECTED_DIFFERENCES, INPUT_LEFT_OUT, OUTPUT_LEFT_OUT} from './exceptions.js'
import type {Generator} from './generate.js'
import type {Recorder} from './recorder.js'

type Structure = Record<string, unknown>

/** What an SDK client looks like to code that knows no service. */
export interface AnyClient {
  send(command: unknown): Promise<Structure>
  destroy(): void
}
export type ClientExports = Readonly<Record<string, new (input: unknown) => unknown>>

export interface Subject {
  readonly service: string
  readonly operation: Operation
  readonly client: AnyClient
  readonly exports: ClientExports
}

/** One call with random input and output; what differs at either end, or went wrong. */
export async function roundTrip(subject: Subject, recorder: Recorder, generator: Generator): Promise<string[]> {
  const {service, operation, client} = subject
  const name = `${service}:${operation.name}`
  const input = randomInput(subject, generator)
  const {expected, given} = randomOutput(subject, generator)
  const expectedInput = normalise(input)
  recorder.answerWith(given)
  try {
    const output = await readStreams(operation.output, await client.send(command(subject, input)))
    const {received} = recorder
    const problems = [
      received?.operation === operation.name ? undefined : `arrived as ${received?.operation}`,
      firstDifference(expectedInput, normalise(received?.input), 'in'),
      firstDifference(normalise(expected), normalise(output), 'out'),
    ]
    return problems.flatMap((problem) =>
      problem === undefined || isExpected(name, problem) ? [] : [`${name} ${problem}`],
    )
  } catch (error) {
    return [`${name} threw ${String(error).slice(0, 300)}`]
  }
}

const isExpected = (name: string, problem: string): boolean =>
  EXPECTED_DIFFERENCES[name]?.some((path) => problem.startsWith(`${path}:`)) ?? false

export function command({operation, exports}: Pick<Subject, 'operation' | 'exports'>, input: unknown): unknown {
  const name = `${operation.name.charAt(0).toUpperCase()}${operation.name.slice(1)}Command`
  const Command = exports[name]
  if (!Command) throw new Error(`the client has no ${name}`)
  return new Command(input)
}

export function randomInput(
  {service, operation}: Pick<Subject, 'service' | 'operation'>,
  generator: Generator,
): Structure {
  if (!operation.input.isStructSchema()) return {}
  const input = without(generator.value(operation.input) as Structure, INPUT_LEFT_OUT[service])
  for (const [name, member] of membersOf(operation.input)) {
    if (member.isStreaming()) input[name] = Buffer.from('streamed body')
  }
  return service === 's3' ? forS3(operation, input, generator) : input
}

/** Bucket names become hosts or path segments; the client computes checksums with the algorithm that it is given. */
function forS3(operation: Operation, input: Structure, generator: Generator): Structure {
  const names = memberNames(operation.input)
  return {
    ...input,
    ...(names.includes('Bucket') && 'Bucket' in input ? {Bucket: `bucket-${generator.integer(9)}`} : {}),
    ...(names.includes('ChecksumAlgorithm') ? {ChecksumAlgorithm: 'CRC32'} : {}),
    ...(names.includes('ChecksumMode') ? {ChecksumMode: 'ENABLED'} : {}),
  }
}

interface RandomOutput {
  readonly expected: Structure
  /** The same, with event lists as streams. */
  readonly given: Structure
}

function randomOutput({service, operation}: Subject, generator: Generator): RandomOutput {
  if (!operation.output.isStructSchema()) return {expected: {}, given: {}}
  const expected = without(generator.value(operation.output) as Structure, OUTPUT_LEFT_OUT[service])
  const given = {...expected}
  for (const [name, member] of membersOf(operation.output)) {
    if (member.getMergedTraits().httpResponseCode) given[name] = expected[name] = 200
    // An answer without its payload is an aborted request to S3's client.
    if (member.getMergedTraits().httpPayload) given[name] = expected[name] ??= generator.value(member)
    if (!member.isStreaming()) continue
    const events = member.isStructSchema() ? randomEvents(member, generator) : undefined
    expected[name] = events ?? Buffer.from('out body')
    given[name] = events ? streamOf(events) : expected[name]
  }
  return {expected, given}
}

function randomEvents(union: NormalizedSchema, generator: Generator): Structure[] {
  const kinds = membersOf(union).filter(([, member]) => !member.getMergedTraits().error)
  return Array.from({length: 3}, () => {
    const [name, member] = generator.pick(kinds)
    return {[name]: generator.value(member)}
  })
}

async function* streamOf(events: readonly Structure[]): AsyncGenerator<Structure> {
  yield* events
}

function without(value: Structure, names: RegExp | undefined): Structure {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names?.test(name)))
}

async function readStreams(schema: NormalizedSchema, output: Structure): Promise<Structure> {
  const result = {...output}
  for (const [name, member] of membersOf(schema)) {
    const value = output[name]
    if (!member.isStreaming() || value === undefined) continue
    result[name] = member.isStructSchema()
      ? await collect(value as AsyncIterable<unknown>)
      : await (value as {transformToByteArray(): Promise<Uint8Array>}).transformToByteArray()
  }
  return result
}

async function collect(events: AsyncIterable<unknown>): Promise<unknown[]> {
  const result: unknown[] = []
  for await (const event of events) result.push(event)
  return result
}

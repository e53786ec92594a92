import {BedrockRuntimeClient, ConverseCommand, InvokeModelCommand} from '@aws-sdk/client-bedrock-runtime'
import type {
  AbsoluteLocation,
  BuildHandlerOptions,
  BuildMiddleware,
  DeserializeHandlerOptions,
  DeserializeMiddleware,
} from '@smithy/types'
import type {RecordAnswerer, RecordQuestion, RecordReply} from '../batch/retry/ports.js'
import {BedrockctlError} from '../core/errors.js'
import {isTree} from '../core/is-tree.js'
import {type SdkError, textOf} from './sdk-error.js'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock-runtime'
/** Long answers take minutes, and nothing is sent before they are whole: to ask again would be to pay again. */
const ANSWER_TIMEOUT_MS = 15 * 60_000
/** What is wrong with one record or its answer: invalid, timed out in the model, too large, failed in the model. */
const OF_ONE_RECORD: readonly number[] = [400, 408, 413, 422, 424]

export function createRecordAnswerer(wire: Wire): RecordAnswerer {
  return {
    async answer({api, body, modelId, region}, signal): Promise<RecordReply> {
      const client = wire.client(SERVICE, region, (config) => new BedrockRuntimeClient(config))
      const bytes = new ExactBytes(body)
      try {
        await wire.call(SERVICE, {action: 'bedrock:InvokeModel', region}, signal, async (abortSignal) => {
          const options = {abortSignal, requestTimeout: ANSWER_TIMEOUT_MS}
          if (api === 'Converse') await client.send(bytes.on(new ConverseCommand({modelId, messages: []})), options)
          else await client.send(bytes.on(invoke(modelId, body)), options)
        })
      } catch (failure) {
        const error = refusalOf(failure)
        if (error === undefined) throw failure
        return {error}
      }
      return {output: bytes.answer}
    },
  }
}

function invoke(modelId: string, body: RecordQuestion['body']): InvokeModelCommand {
  return new InvokeModelCommand({modelId, body, contentType: 'application/json', accept: 'application/json'})
}

interface Command {
  readonly middlewareStack: {
    // The stack of each command takes middleware of its own input and output; ours works with any.
    add(middleware: never, options: BuildHandlerOptions & AbsoluteLocation): void
    add(middleware: never, options: DeserializeHandlerOptions & AbsoluteLocation): void
  }
}

/** Sends the bytes of a request as they are, and keeps those of its answer: the SDK would write both anew. */
class ExactBytes {
  answer: Buffer = Buffer.alloc(0)
  readonly #body: Uint8Array

  constructor(body: Uint8Array) {
    this.#body = body
  }

  on<One extends Command>(command: One): One {
    const replace: BuildMiddleware<object, object> = (next) => (args) => {
      if (isTree(args.request)) Object.assign(args.request, {body: this.#body})
      return next(args)
    }
    const keep: DeserializeMiddleware<object, object> = (next) => async (args) => {
      const result = await next(args)
      const {response} = result
      if (isTree(response) && isStream(response['body'])) {
        this.answer = await wholeOf(response['body'])
        // The SDK gives what it reads another prototype.
        Object.assign(response, {body: Uint8Array.from(this.answer)})
      }
      return result
    }
    command.middlewareStack.add(replace as never, {step: 'build', priority: 'high'})
    command.middlewareStack.add(keep as never, {step: 'deserialize', priority: 'low'})
    return command
  }
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function refusalOf(failure: unknown): {readonly errorCode: number; readonly errorMessage: string} | undefined {
  if (!(failure instanceof BedrockctlError) || !(failure.cause instanceof Error)) return undefined
  const cause = failure.cause as SdkError
  const status = cause.$metadata?.httpStatusCode
  if (status === undefined || !OF_ONE_RECORD.includes(status) || failure.fault === 'access') return undefined
  return {errorCode: status, errorMessage: textOf(cause)}
}

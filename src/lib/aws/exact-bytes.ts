import type {
  AbsoluteLocation,
  BuildHandlerOptions,
  BuildMiddleware,
  DeserializeHandlerOptions,
  DeserializeMiddleware,
} from '@smithy/types'
import {isTree} from '../core/is-tree.js'

interface Command {
  readonly middlewareStack: {
    // The stack of each command takes middleware of its own input and output; ours works with any.
    add(middleware: never, options: BuildHandlerOptions & AbsoluteLocation): void
    add(middleware: never, options: DeserializeHandlerOptions & AbsoluteLocation): void
  }
}

/** Sends the bytes of a request as they are, and keeps those of its answer: the SDK would write both anew. */
export class ExactBytes {
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

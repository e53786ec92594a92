import {BedrockRuntimeClient} from '@aws-sdk/client-bedrock-runtime'
import {BedrockctlError} from '../core/errors.js'
import type {ModelCaller} from '../jobs/model-caller.js'
import {invokeExactly} from './invoke-exactly.js'
import {type SdkError, textOf} from './sdk-error.js'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock-runtime'
/** A client of its own: the SDK takes every 429 for throttling and would wait in silence. */
const CLIENT = 'bedrock-runtime-once'

export function createModelCaller(wire: Wire): ModelCaller {
  return {
    async call({region, ...question}, signal) {
      const client = wire.client(CLIENT, region, (config) => new BedrockRuntimeClient({...config, maxAttempts: 1}))
      let askedAt = performance.now()
      try {
        const output = await wire.call(SERVICE, {action: 'bedrock:InvokeModel', region}, signal, (abortSignal) => {
          askedAt = performance.now()
          return invokeExactly(client, question, abortSignal)
        })
        return {kind: 'answered', output, elapsedMs: performance.now() - askedAt}
      } catch (failure) {
        const error = notReadyOf(failure)
        if (error === undefined) throw failure
        return {kind: 'not-ready', said: textOf(error.cause), retryAfterMs: error.retryAfterMs}
      }
    },
  }
}

/** By its name: its words are not documented. */
function notReadyOf(failure: unknown): {readonly cause: SdkError; readonly retryAfterMs: number | null} | undefined {
  if (!(failure instanceof BedrockctlError) || !(failure.cause instanceof Error)) return undefined
  if (failure.cause.name !== 'ModelNotReadyException') return undefined
  return {cause: failure.cause as SdkError, retryAfterMs: failure.retryAfterMs ?? null}
}

import {BedrockRuntimeClient} from '@aws-sdk/client-bedrock-runtime'
import type {RecordAnswerer, RecordReply} from '../batch/retry/ports.js'
import {BedrockctlError} from '../core/errors.js'
import {invokeExactly} from './invoke-exactly.js'
import {type SdkError, textOf} from './sdk-error.js'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock-runtime'
/** What is wrong with one record or its answer: invalid, timed out in the model, too large, failed in the model. */
const OF_ONE_RECORD: readonly number[] = [400, 408, 413, 422, 424]

export function createRecordAnswerer(wire: Wire): RecordAnswerer {
  return {
    async answer({region, ...question}, signal): Promise<RecordReply> {
      const client = wire.client(SERVICE, region, (config) => new BedrockRuntimeClient(config))
      try {
        const output = await wire.call(SERVICE, {action: 'bedrock:InvokeModel', region}, signal, (abortSignal) =>
          invokeExactly(client, question, abortSignal),
        )
        return {output}
      } catch (failure) {
        const error = refusalOf(failure)
        if (error === undefined) throw failure
        return {error}
      }
    },
  }
}

function refusalOf(failure: unknown): {readonly errorCode: number; readonly errorMessage: string} | undefined {
  if (!(failure instanceof BedrockctlError) || !(failure.cause instanceof Error)) return undefined
  const cause = failure.cause as SdkError
  const status = cause.$metadata?.httpStatusCode
  if (status === undefined || !OF_ONE_RECORD.includes(status) || failure.fault === 'access') return undefined
  return {errorCode: status, errorMessage: textOf(cause)}
}

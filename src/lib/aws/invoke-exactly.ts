import {type BedrockRuntimeClient, ConverseCommand, InvokeModelCommand} from '@aws-sdk/client-bedrock-runtime'
import {ExactBytes} from './exact-bytes.js'

/** Long answers take minutes, and nothing is sent before they are whole: to ask again would be to pay again. */
const ANSWER_TIMEOUT_MS = 15 * 60_000

/** Asks a model with the bytes of a body as they are; gives the bytes of the answer. */
export async function invokeExactly(
  client: BedrockRuntimeClient,
  {api, body, modelId}: {readonly api: 'InvokeModel' | 'Converse'; readonly body: Uint8Array; readonly modelId: string},
  abortSignal: AbortSignal,
): Promise<Buffer> {
  const bytes = new ExactBytes(body)
  const options = {abortSignal, requestTimeout: ANSWER_TIMEOUT_MS}
  if (api === 'Converse') await client.send(bytes.on(new ConverseCommand({modelId, messages: []})), options)
  else await client.send(bytes.on(invoke(modelId, body)), options)
  return bytes.answer
}

function invoke(modelId: string, body: Uint8Array): InvokeModelCommand {
  return new InvokeModelCommand({modelId, body, contentType: 'application/json', accept: 'application/json'})
}

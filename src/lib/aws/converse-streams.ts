import {BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamOutput} from '@aws-sdk/client-bedrock-runtime'
import type {ConverseStreams, StreamedPart} from '../bench/run/ports.js'
import type {ClientConfig} from './wire.js'

/** As many streams at once as anyone would put through the SDK: the limits of the session are not for load. */
const SOCKETS = 1024

/** Clients of their own: the limiters of the session would be measured otherwise. */
export function createConverseStreams(base: Omit<ClientConfig, 'region' | 'requestHandler'>): ConverseStreams {
  const clients = new Map<string, BedrockRuntimeClient>()
  const clientOf = (region: string) => {
    const agent = {keepAlive: true, maxSockets: SOCKETS}
    const requestHandler = {httpAgent: agent, httpsAgent: agent}
    const client = clients.get(region) ?? new BedrockRuntimeClient({...base, region, requestHandler, maxAttempts: 1})
    clients.set(region, client)
    return client
  }
  return {
    async *stream(region, modelId, body, signal) {
      const command = new ConverseStreamCommand({...(body as object), modelId})
      const {stream} = await clientOf(region).send(command, {abortSignal: signal})
      for await (const event of stream ?? []) yield* partsOf(event)
    },
  }
}

function* partsOf(event: ConverseStreamOutput): Generator<StreamedPart> {
  const delta = event.contentBlockDelta?.delta
  const text = delta?.text ?? delta?.reasoningContent?.text ?? delta?.toolUse?.input
  if (text !== undefined && text !== '') yield {kind: 'token', visible: delta?.text !== undefined}
  if (event.messageStop?.stopReason !== undefined) yield {kind: 'finish', reason: event.messageStop.stopReason}
  const usage = event.metadata?.usage
  if (usage === undefined) return
  yield {
    kind: 'usage',
    input: usage.inputTokens,
    output: usage.outputTokens,
    cacheRead: usage.cacheReadInputTokens,
    cacheWrite: usage.cacheWriteInputTokens,
    serverMs: event.metadata?.metrics?.latencyMs,
  }
}

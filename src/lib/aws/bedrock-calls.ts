import {BedrockClient, type Tag} from '@aws-sdk/client-bedrock'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock'

/** One call of the control plane of Bedrock: `operation` names its IAM action too. */
export type BedrockCall = <Answer>(
  operation: string,
  region: string,
  signal: AbortSignal | undefined,
  run: (client: BedrockClient, options: {readonly abortSignal: AbortSignal}) => Promise<Answer>,
) => Promise<Answer>

export function bedrockCalls(wire: Wire): BedrockCall {
  return (operation, region, signal, run) => {
    const client = wire.client(SERVICE, region, (config) => new BedrockClient(config))
    return wire.call(SERVICE, {action: `bedrock:${operation}`, region}, signal, (abortSignal) =>
      run(client, {abortSignal}),
    )
  }
}

/** Tags as Bedrock takes them. */
export function tagList(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({key, value}))
}

/** What stands behind the last slash of an ARN. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

export function isoOf(date: Date | undefined): string | null {
  return date?.toISOString() ?? null
}

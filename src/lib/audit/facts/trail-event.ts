import type {ReadValues} from '../../account/snapshot.schema.js'
import {SUB_SERVICES, type SubService} from '../../core/sub-services.js'

type TrailEvent = ReadValues['cloudtrail:bedrock-events']['events'][number]

/** Event names of the runtime endpoint (Bedrock User Guide, logging-using-cloudtrail, 2026-10-01). */
const RUNTIME = new Set([
  'InvokeModel',
  'InvokeModelWithResponseStream',
  'InvokeModelWithBidirectionalStream',
  'Converse',
  'ConverseStream',
  'StartAsyncInvoke',
  'GetAsyncInvoke',
  'ListAsyncInvokes',
  'CountTokens',
  'ApplyGuardrail',
])
const AGENT_RUNTIME = new Set([
  'InvokeAgent',
  'InvokeInlineAgent',
  'InvokeFlow',
  'Retrieve',
  'RetrieveAndGenerate',
  'RetrieveAndGenerateStream',
  'Rerank',
  'GenerateQuery',
  'OptimizePrompt',
])
const INFERENCE = new Set([...RUNTIME].filter((name) => !name.startsWith('Get') && !name.startsWith('List')))
const HOST = /^(bedrock(?:-[a-z-]+)?|[a-z0-9-]+\.gateway\.bedrock-agentcore)(?:-fips)?\./

/** Whether a model was asked to answer. */
export function isInference({name, source}: TrailEvent): boolean {
  if (source.startsWith('bedrock-mantle.')) return name.startsWith('Create')
  return INFERENCE.has(name) && name !== 'ApplyGuardrail' && name !== 'CountTokens'
}

/** The endpoint a call went to: by its host, else by what the event's name can only belong to. */
export function subServiceOf({name, source, host}: TrailEvent): SubService | undefined {
  const named = host === null ? undefined : HOST.exec(host)?.[1]
  if (named !== undefined) {
    if (named.endsWith('gateway.bedrock-agentcore')) return 'bedrock-agentcore.gateway'
    return SUB_SERVICES.find((service) => service === named.replace(/-fips$/, ''))
  }
  if (source.startsWith('bedrock-mantle.')) return 'bedrock-mantle'
  if (!source.startsWith('bedrock.')) return undefined
  if (RUNTIME.has(name)) return 'bedrock-runtime'
  return AGENT_RUNTIME.has(name) ? 'bedrock-agent-runtime' : undefined
}

/** Endpoints of Bedrock, named as in the names of their VPC endpoint services (AWS PrivateLink guide, 2026-10-01). */
export const SUB_SERVICES = [
  'bedrock',
  'bedrock-runtime',
  'bedrock-agent',
  'bedrock-agent-runtime',
  'bedrock-mantle',
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'bedrock-agentcore.gateway',
] as const
export type SubService = (typeof SUB_SERVICES)[number]

/**
 * What a tier means for how soon an answer comes. Source: Amazon Bedrock User Guide, “Service tiers for inference”,
 * “Process multiple prompts with batch inference” and “Optimize model inference for latency” (2026).
 */
const LATENCY: Readonly<Record<string, string>> = {
  standard: 'answers at once',
  flex: 'slower: may wait while the service is busy',
  priority: 'served before the other tiers while the service is busy',
  'latency-optimized': 'faster; falls back to standard, at its price, beyond its quota',
  batch: 'answers within hours, none is streamed',
  reserved: 'capacity of your own up to the reserved tokens a minute; beyond it, standard',
  provisioned: 'capacity of your own, in model units',
  'self-hosted': 'as fast as your GPUs were measured',
}

export function latencyWords(tier: string): string {
  return LATENCY[tier] ?? tier
}

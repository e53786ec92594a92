import * as Flags from '@oclif/core/flags'

/** One workload in a few flags: what commands of `cost` take instead of a file. */
export const workloadFlags = {
  model: Flags.string({description: 'model or profile: any id or display name'}),
  requests: Flags.string({
    helpValue: 'VOLUME',
    description: 'how many: 200k/month, 3/s, 1200/hour; a bare number is a month’s',
  }),
  'input-tokens': Flags.string({helpValue: 'TOKENS', description: 'input tokens of one request'}),
  'output-tokens': Flags.string({helpValue: 'TOKENS', description: 'output tokens of one answer'}),
  route: Flags.option({options: ['in-region', 'geo', 'global', 'mantle'] as const})({
    description: 'how the request travels; the narrowest that is offered unless given',
  }),
  tier: Flags.option({options: ['standard', 'flex', 'priority', 'batch', 'latency-optimized'] as const})({
    description: 'service tier, or batch inference',
  }),
  'cached-share': Flags.string({
    helpValue: 'SHARE',
    description: 'share of the input that is a cached prefix, such as 80%',
  }),
  'cache-ttl': Flags.option({options: ['5m', '1h'] as const})({
    description: 'time to live of the cached prefix; without it cache writes are not counted',
  }),
  'guardrail-policies': Flags.string({
    helpValue: 'POLICIES',
    description: 'policies that check input and answer: content, topic, word, pii, pii-regex, grounding, reasoning',
  }),
}

/** Sample prompts, whose tokens are counted instead of given. */
export const sampleFlags = {
  'prompt-file': Flags.string({
    helpValue: 'FILE',
    description: 'file with one prompt, whose tokens are counted; - reads standard input',
  }),
  sample: Flags.string({
    helpValue: 'FILE',
    description: 'JSON Lines file of sample prompts, whose tokens are counted; - reads standard input',
  }),
}

/** Those flags as parsed. */
export interface WorkloadFlags {
  readonly model: string | undefined
  readonly requests: string | undefined
  readonly 'input-tokens': string | undefined
  readonly 'output-tokens': string | undefined
  readonly route: 'in-region' | 'geo' | 'global' | 'mantle' | undefined
  readonly tier: 'standard' | 'flex' | 'priority' | 'batch' | 'latency-optimized' | undefined
  readonly 'cached-share': string | undefined
  readonly 'cache-ttl': '5m' | '1h' | undefined
  readonly 'guardrail-policies': string | undefined
}

import type {AccountQuota} from './quotas.schema.js'

export type QuotaKind = AccountQuota['kind']

export interface QuotaClass {
  readonly kind: QuotaKind
  readonly route: AccountQuota['route']
  /** As the quota names it. */
  readonly model: string | null
}

// Names as the General Reference prints them in October 2026; capitals vary there, so case is not looked at.
const RULES: readonly (readonly [RegExp, QuotaKind, AccountQuota['route']])[] = [
  [/^global cross-region model inference tokens per minute for (.+)$/i, 'tokens-per-minute', 'global'],
  [/^cross-region model inference tokens per minute for (.+)$/i, 'tokens-per-minute', 'geo'],
  [/^on-demand(?:, latency-optimized)? model inference tokens per minute for (.+)$/i, 'tokens-per-minute', 'in-region'],
  [/^global cross-region model inference requests per minute for (.+)$/i, 'requests-per-minute', 'global'],
  [/^cross-region model inference requests per minute for (.+)$/i, 'requests-per-minute', 'geo'],
  [
    /^on-demand(?:, latency-optimized)? model inference requests per minute for (.+)$/i,
    'requests-per-minute',
    'in-region',
  ],
  [/^global cross-region model inference tokens per day for (.+)$/i, 'tokens-per-day', 'global'],
  [
    /^model invocation max (?:latency-optimized )?tokens per day for (.+?)(?: \(doubled for cross-region calls\))?$/i,
    'tokens-per-day',
    null,
  ],
  [/^cross-model account-level tokens per day$/i, 'tokens-per-day', null],
  [
    /^(?:\[bedrock-mantle endpoint\]|bedrock mantle) (?:in|out)put tokens per minute for (.+)$/i,
    'mantle-tokens-per-minute',
    null,
  ],
  [/^sum of in-progress and submitted batch inference jobs using a (?:base|custom) model for (.+)$/i, 'batch', null],
  [/batch inference.*? for (.+?)\.?(?: \(in GB\))?$/i, 'batch', null],
  [/batch inference/i, 'batch', null],
  [/^model units (?:no-commitment |provisioned )?.*? for (.+)$/i, 'capacity', null],
  [/provisioned|custom model deployment/i, 'capacity', null],
  [/import/i, 'import', null],
  [/^\(model customization\)|customization|custom models? /i, 'customization', null],
  [/guardrail/i, 'guardrails', null],
  [/knowledge base|ingestion|data source/i, 'knowledge-bases', null],
  [/\bagents?\b|action groups?/i, 'agents', null],
]

/** What a quota limits, by its name: Service Quotas tells it no other way. */
export function classifyQuota(name: string): QuotaClass {
  for (const [pattern, kind, route] of RULES) {
    const match = pattern.exec(name)
    if (match) return {kind, route, model: match[1] ?? null}
  }
  return {kind: 'other', route: null, model: null}
}

export const BURNDOWN = {
  asOf: '2026-10-31',
  source: 'Amazon Bedrock User Guide, token burndown of quotas',
} as const

const FACTORS: readonly (readonly [RegExp, number])[] = [
  [/claude \w+ 4\.8\b/i, 15],
  [/claude (?:opus 5(?:\.5)?|sonnet 5|fable 5\.1)(?! ?\.)(?:\b|$)/i, 10],
  [/gpt-5\.6 (?:sol|terra|luna)/i, 10],
  [/claude (?:\w+ )?(?:3(?:\.\d)?|4(?:\.[0-7])?)\b(?!\.)/i, 5],
]

/** What one output token takes of a token quota of bedrock-runtime, by the name of the model in the quota. */
export function outputFactor(model: string): number {
  return FACTORS.find(([pattern]) => pattern.test(model))?.[1] ?? 1
}

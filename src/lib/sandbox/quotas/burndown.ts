// https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html as of October 2026.
const FACTORS: readonly (readonly [RegExp, number])[] = [
  [/^anthropic\.claude-[a-z]+-4-8/, 15],
  [/^anthropic\.claude-(opus-5|opus-5-5|sonnet-5|fable-5-1)(-\d{8}.*)?$/, 10],
  [/^openai\.gpt-5\.6-/, 10],
  [/^anthropic\.claude-(instant|v2|[23]|[a-z]+-[34])/, 5],
]

/** What a token of an answer weighs in the quota of tokens a minute on bedrock-runtime. */
export const burndownOf = (model: string): number => FACTORS.find(([pattern]) => pattern.test(model))?.[1] ?? 1

type Rule = readonly [RegExp, string]

// Messages by what they are about; the first that matches holds.
const EVALUATION: readonly Rule[] = [
  [
    /\bkms\b|decrypt|GenerateDataKey/i,
    'Let the role of the job use the keys of both buckets (kms:Decrypt, kms:GenerateDataKey), then create the evaluation again.',
  ],
  [
    /\brole\b|permission|not authori[sz]ed|access|forbidden|assume/i,
    'Let the role of the job read the data set, write the output bucket and call the models, then create the evaluation again.',
  ],
  [
    /throttl|quota|limit|too many/i,
    'Look at the quotas of the models (bedrockctl account quotas), then create it again.',
  ],
  [
    /data ?set|prompt|jsonl?|format|record|\bdata\b/i,
    'Correct the data set (JSON Lines, one prompt a line), then create the evaluation again.',
  ],
  [/internal|try again|unexpected|temporar|unavailable|timed? ?out/i, 'Nothing is wrong with it: create it again.'],
]

const COPY: readonly Rule[] = [
  [
    /\bkms\b|\bkeys?\b|decrypt/i,
    'Let the key of the model be used by the copy: kms:Decrypt at its source, kms:CreateGrant at its target.',
  ],
  [
    /permission|not authori[sz]ed|access|policy|shared?/i,
    'Share the model with this account, and allow bedrock:CreateModelCopyJob on it.',
  ],
  [/quota|limit/i, 'Look at the quota of custom models in the target Region: bedrockctl account quotas.'],
  [/internal|try again|unexpected|temporar|unavailable|timed? ?out/i, 'Nothing is wrong with it: copy it again.'],
]

/** What to do about an evaluation or a copy that failed; null where the message is not known. */
export function modelJobRemedy(kind: 'evaluation' | 'copy', message: string | null): string | null {
  const rules = kind === 'evaluation' ? EVALUATION : COPY
  return rules.find(([pattern]) => message !== null && pattern.test(message))?.[1] ?? null
}

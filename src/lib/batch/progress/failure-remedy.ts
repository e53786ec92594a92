/** What kind of thing went wrong with a whole job; it decides whether the same bytes are worth another job. */
export type FailureKind = 'access' | 'input' | 'model' | 'service' | 'unknown'

export interface FailureRemedy {
  readonly kind: FailureKind
  /** What to do; null where the message says all that is known. */
  readonly remedy: string | null
}

type Rule = readonly [RegExp, FailureKind, string]

// Messages as they were seen, by what is constant in them; the first that matches holds.
const RULES: readonly Rule[] = [
  [
    /\blegacy\b|end of life|model identifier is invalid|not supported for model/i,
    'model',
    'Choose another model (bedrockctl models lifecycle) and make a new plan with it.',
  ],
  [
    /less(er)? records|fewer records|minimum (number of records|of)/i,
    'input',
    'A job needs more records than that: plan more records together, or ask for these on demand.',
  ],
  [
    /(permissions? to|authori[sz]ed to (perform: )?\S*)\s*invoke ?model|bedrock:InvokeModel/i,
    'access',
    'Let the role of the job call bedrock:InvokeModel on the profile and on the model in each Region of the profile, then batch retry.',
  ],
  [
    /(assume|trust).*\brole\b|\brole\b.*(assumed|trust|does not exist|not found)/i,
    'access',
    'Let the role trust bedrock.amazonaws.com for model invocation jobs of this account and Region, then batch retry.',
  ],
  [
    /\bkms\b|GenerateDataKey|\bdecrypt/i,
    'access',
    'Let the role use the keys of both buckets (kms:Decrypt, kms:GenerateDataKey), then batch retry.',
  ],
  [
    /ListBucket|GetObject|PutObject|\bs3\b.*(access|permission|perms)|(access|permission|perms).*\bs3\b|access denied/i,
    'access',
    'Let the role list and read the input bucket and write the output bucket, both in the Region of the job, then batch retry.',
  ],
  [
    /subscription|marketplace|not authorized to perform this action|use case/i,
    'access',
    'Open the model for the account (bedrockctl models access MODEL), then batch retry.',
  ],
  [
    /(more|exceed|larger|greater|too (many|large|big)|maximum|above).*(record|size|byte|limit|quota)|(record|size|byte).*(exceed|maximum|limit)/i,
    'input',
    'Make a new plan: bedrockctl batch plan reads the limits that hold for the account now.',
  ],
  [
    /malformed|invalid json|not (a )?valid json|json (object|lines?|parse)|jsonl|duplicate|recordId|format|encoding|utf-?8/i,
    'input',
    'Run bedrockctl batch check --fix on the input, then plan the corrected file: the same bytes would fail again.',
  ],
  [
    /internal|try again|unexpected|temporar|unavailable|throttl|time(d)? ?out|capacity/i,
    'service',
    'Nothing is wrong with the records: batch retry.',
  ],
]

/** What a message of the service on a failed job asks for. A message that is not known gets no advice. */
export function failureRemedy(message: string | null): FailureRemedy {
  const rule = RULES.find(([pattern]) => message !== null && pattern.test(message))
  return rule ? {kind: rule[1], remedy: rule[2]} : {kind: 'unknown', remedy: null}
}

import type {CustomizationFailure} from '../customization.schema.js'

type Rule = readonly [RegExp, CustomizationFailure['kind'], string]

// Messages as AWS words them, by what is constant in them; the first that matches holds.
const RULES: readonly Rule[] = [
  [
    /PutObject|write_access_check/i,
    'access',
    'Let the role write where the results go: s3:PutObject and s3:ListBucket on the bucket, kms:GenerateDataKey on its key.',
  ],
  [
    /GetObject|ListBucket/i,
    'access',
    'Let the role read the data: s3:GetObject and s3:ListBucket on its bucket, kms:Decrypt on its key; the bucket must be in the Region of the job.',
  ],
  [/directory|Uri should be a file/i, 'data', 'Name one object, not a folder: --data s3://BUCKET/FOLDER/FILE.jsonl.'],
  [
    /Unable to parse|conform to JSONL|must follow|Input size exceeded|token (count|length)|exceeds (total )?limit/i,
    'data',
    'Find every row like it: bedrockctl customizations check DATA, and with --fix write one that can be used; then create the job with it.',
  ],
  [
    /license terms|inconsistent with/i,
    'policy',
    'Nothing that can be changed in the request mends it: open a support case with AWS.',
  ],
  [
    /model identifier is invalid|does not support customization|not supported/i,
    'model',
    'The model cannot be customised in this Region under that id, which has the suffix of its context: bedrockctl customizations create --help names where it is read.',
  ],
  [
    /\bkms\b|Decrypt|GenerateDataKey/i,
    'access',
    'Let the role use the keys of the buckets and of the model (kms:Decrypt, kms:GenerateDataKey, kms:CreateGrant).',
  ],
  [
    /(assume|trust).*\brole\b|\brole\b.*(assum|trust|does not exist|not found)|access ?denied/i,
    'access',
    'Let the role trust bedrock.amazonaws.com for model-customization-job/* of this account and Region, and read the data.',
  ],
  [/quota|limit|model units/i, 'quota', 'Look at the quota and ask for more: bedrockctl account quotas.'],
  [
    /unexpected error|internal|try again|temporar/i,
    'service',
    'Create it once more under another name; AWS answers so too where the role lacks rights, so look at those as well.',
  ],
]

/** What a job that failed asks for. A message that is not known gets no advice. */
export function customizationFailure(message: string | null): CustomizationFailure | null {
  if (message === null) return null
  const rule = RULES.find(([pattern]) => pattern.test(message))
  return rule ? {message, kind: rule[1], remedy: rule[2]} : {message, kind: 'unknown', remedy: null}
}

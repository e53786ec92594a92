import type {ImportFailure} from './imports.schema.js'

type Rule = readonly [RegExp, ImportFailure['kind'], string]

// Messages by what is constant in them; the first that matches holds. The first three are AWS's own words as they were
// seen (imports of 2025 and 2026); the others go by what such messages are about.
const RULES: readonly Rule[] = [
  [
    /does not support the architecture/i,
    'model',
    'The list in the message is what this Region takes: convert the model to one of these, or import it in another Region.',
  ],
  [
    /could not find the expected file \S*\.(tar\.gz|tgz|tar|zip)\b/i,
    'place',
    'An archive cannot be imported: unpack it below a prefix. bedrockctl imports create --from-sagemaker-job does so for training jobs.',
  ],
  [
    /could not find the expected file/i,
    'place',
    'Name the prefix that holds config.json itself, with the files as Hugging Face lays them out.',
  ],
  [
    /not (allowed|authori[sz]ed) to|access ?denied|permission|forbidden|assume/i,
    'access',
    'Let the role trust bedrock.amazonaws.com for import jobs of this account and Region, and list and read the bucket.',
  ],
  [
    /\bkms\b|decrypt|GenerateDataKey/i,
    'access',
    'Let the role decrypt with the keys of the objects, and caller or role use the key of the model.',
  ],
  [/quanti[sz]ed|dtype|data type|precision/i, 'model', 'Save the weights as BF16, FP16 or FP32 and import them again.'],
  [/not in the Region|another Region|bucket .* does not exist/i, 'place', 'Use a bucket in the Region of the import.'],
  [
    /too large|the limit is|exceeds? .*(size|limit)|maximum (model )?size/i,
    'size',
    'Import a smaller model, or one with BF16 weights: the limit counts all weights.',
  ],
  [
    /tokenizer|safetensors|tensor|shard|index\.json|config\.json|JSON/i,
    'model',
    'The files are not as the service needs them; the check names each problem with its place.',
  ],
  [/internal|try again|unexpected|temporar|unavailable|timed? ?out/i, 'service', 'Import it again under a new name.'],
]

/** What the message of a failed import asks for. A message that is not known gets no advice. */
export function importFailure(message: string | null): ImportFailure {
  const said = message ?? 'The service does not say why.'
  const rule = RULES.find(([pattern]) => message !== null && pattern.test(message))
  return rule ? {message: said, kind: rule[1], remedy: rule[2]} : {message: said, kind: 'unknown', remedy: null}
}

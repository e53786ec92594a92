import type {
  CustomModelFacts,
  Hyperparameter,
  ImportArchitecture,
  TunableBase,
  Tuning,
} from '../../src/lib/catalog/custom-models.schema.js'

const GB = 1_000_000_000
const MB = 1_000_000
const KB = 1000

const integer = (name: string, least: number, most: number, value: number | null): Hyperparameter => ({
  name,
  kind: 'integer',
  least,
  most,
  default: value,
  word: null,
  required: false,
})
const decimal = (name: string, least: number, most: number, value: number): Hyperparameter => ({
  ...integer(name, least, most, value),
  kind: 'decimal',
})
const needed = (name: string, least: number, most: number, word: string): Hyperparameter => ({
  ...integer(name, least, most, null),
  word,
  required: true,
})

const EARLY_STOPPING = [integer('earlyStoppingPatience', 1, 10, 2), decimal('earlyStoppingThreshold', 0, 0.1, 0.001)]

const HYPERPARAMETERS: CustomModelFacts['hyperparameters'] = {
  nova: [
    integer('epochCount', 1, 5, 2),
    decimal('learningRate', 1e-6, 1e-4, 1e-5),
    integer('learningRateWarmupSteps', 0, 100, 10),
  ],
  'nova-canvas': [
    integer('batchSize', 8, 192, 8),
    integer('stepCount', 10, 20_000, 500),
    decimal('learningRate', 1e-7, 1e-4, 1e-5),
  ],
  'titan-text': [
    integer('epochCount', 1, 10, 5),
    integer('batchSize', 1, 64, 1),
    decimal('learningRate', 0, 1, 1e-5),
    integer('learningRateWarmupSteps', 0, 250, 5),
  ],
  'titan-image': [
    integer('batchSize', 8, 192, 8),
    needed('stepCount', 10, 40_000, 'auto'),
    decimal('learningRate', 1e-7, 1, 1e-5),
  ],
  'titan-embeddings': [
    needed('epochCount', 1, 100, 'Auto'),
    integer('batchSize', 256, 9216, 576),
    decimal('learningRate', 5e-8, 1, 5e-5),
  ],
  claude: [
    integer('epochCount', 1, 10, 2),
    integer('batchSize', 4, 256, 32),
    decimal('learningRateMultiplier', 0.1, 2, 1),
    ...EARLY_STOPPING,
  ],
  llama: [integer('epochCount', 1, 10, 5), integer('batchSize', 1, 1, 1), decimal('learningRate', 5e-6, 0.1, 1e-4)],
}

const NO_TOKENS = {input: null, output: null, sum: null}
const NO_BYTES = {training: null, validation: null, line: null}

const fineTuning: Tuning = {
  type: 'FINE_TUNING',
  regions: ['us-east-1'],
  format: 'converse',
  hyperparameters: null,
  records: {least: null, most: null},
  recordsTogether: true,
  validation: {most: null},
  tokens: NO_TOKENS,
  bytes: NO_BYTES,
  teachers: [],
  closed: null,
}
const NOVA: Tuning = {
  ...fineTuning,
  hyperparameters: 'nova',
  records: {least: 8, most: 20_000},
  tokens: {...NO_TOKENS, sum: 32_000},
}
const LLAMA: Tuning = {
  ...fineTuning,
  regions: ['us-west-2'],
  hyperparameters: 'llama',
  records: {least: 100, most: 10_000},
  tokens: {...NO_TOKENS, sum: 16_000},
}
const LLAMA_3_1: Tuning = {
  ...LLAMA,
  format: 'prompt-completion',
  tokens: {input: 16_000, output: 16_000, sum: 16_000},
}
const PRE_TRAINING: Tuning = {
  ...fineTuning,
  type: 'CONTINUED_PRE_TRAINING',
  regions: ['us-east-1', 'us-west-2'],
  format: 'text',
  hyperparameters: 'titan-text',
  records: {least: null, most: 100_000},
  tokens: {...NO_TOKENS, sum: 4096},
  bytes: {...NO_BYTES, training: 10 * GB, validation: 100 * MB},
  closed: 'The user guide of October 2026 names continued pre-training no longer.',
}
const taughtBy = (hyperparameters: string, region: string, teachers: readonly string[]): Tuning => ({
  ...fineTuning,
  type: 'DISTILLATION',
  regions: [region],
  format: 'prompts',
  hyperparameters,
  records: {least: 100, most: 15_000},
  recordsTogether: false,
  bytes: {training: 2 * GB, validation: null, line: 16 * KB},
  teachers,
})
const byNovaPro = taughtBy('nova', 'us-east-1', ['amazon.nova-pro-v1:0'])
const byLlama = (...sizes: readonly string[]): Tuning =>
  taughtBy(
    'llama',
    'us-west-2',
    sizes.map((size) => `meta.llama${size}-instruct-v1:0`),
  )

const base = (
  id: string,
  family: TunableBase['family'],
  tunings: readonly Tuning[],
  rest: Partial<TunableBase> = {},
): TunableBase => ({
  id,
  modelId: id.replace(/:\d+k$/, ''),
  family,
  media: [],
  onDemand: [],
  tunings,
  ...rest,
})
const llama = (size: string, tunings: readonly Tuning[], rest: Partial<TunableBase> = {}): TunableBase =>
  base(`meta.llama${size}-instruct-v1:0:128k`, 'llama', tunings, rest)

const ON_DEMAND_NOVA = {onDemand: ['us-east-1']}
const PICTURES = {media: ['image', 'video']} as const

const BASES: readonly TunableBase[] = [
  base(
    'amazon.nova-2-lite-v1:0:256k',
    'nova-2',
    [
      {...NOVA, hyperparameters: null, records: {least: 200, most: 20_000}, validation: null, tokens: NO_TOKENS},
      {
        ...fineTuning,
        type: 'REINFORCEMENT_FINE_TUNING',
        format: 'rft',
        records: {least: 100, most: 20_000},
      },
    ],
    {...ON_DEMAND_NOVA, media: ['image', 'video', 'document']},
  ),
  base('amazon.nova-canvas-v1:0', 'nova-canvas', [
    {...fineTuning, format: 'image', hyperparameters: 'nova-canvas', records: {least: null, most: 10_000}},
  ]),
  base('amazon.nova-lite-v1:0:300k', 'nova', [NOVA, byNovaPro], {...ON_DEMAND_NOVA, ...PICTURES}),
  base('amazon.nova-micro-v1:0:128k', 'nova', [NOVA, byNovaPro], ON_DEMAND_NOVA),
  base('amazon.nova-pro-v1:0:300k', 'nova', [NOVA], {...ON_DEMAND_NOVA, ...PICTURES}),
  base(
    'amazon.titan-embed-image-v1:0',
    'titan-embeddings',
    [
      {
        ...fineTuning,
        regions: ['us-east-1', 'us-west-2'],
        format: 'image',
        hyperparameters: 'titan-embeddings',
        records: {least: 1000, most: 50_000},
        validation: null,
      },
    ],
    {modelId: 'amazon.titan-embed-image-v1'},
  ),
  base('amazon.titan-image-generator-v2:0', 'titan-image', [
    {
      ...fineTuning,
      regions: ['us-east-1', 'us-west-2'],
      format: 'image',
      hyperparameters: 'titan-image',
      records: {least: 5, most: 10_000},
      validation: null,
    },
  ]),
  base('amazon.titan-text-express-v1:0:8k', 'titan-text', [PRE_TRAINING], {modelId: 'amazon.titan-text-express-v1'}),
  base('amazon.titan-text-lite-v1:0:4k', 'titan-text', [PRE_TRAINING], {modelId: 'amazon.titan-text-lite-v1'}),
  base('anthropic.claude-3-haiku-20240307-v1:0:200k', 'claude', [
    {
      ...fineTuning,
      regions: ['us-west-2'],
      format: 'claude',
      hyperparameters: 'claude',
      records: {least: 32, most: 10_000},
      validation: {most: 1000},
      tokens: {...NO_TOKENS, sum: 32_000},
      bytes: {training: 10 * GB, validation: GB, line: null},
    },
  ]),
  llama('3-1-70b', [LLAMA_3_1, byLlama('3-1-405b')]),
  llama('3-1-8b', [LLAMA_3_1, byLlama('3-1-405b', '3-1-70b', '3-3-70b')]),
  llama('3-2-11b', [LLAMA], {media: ['image']}),
  llama('3-2-1b', [LLAMA, byLlama('3-1-405b', '3-1-70b', '3-3-70b')]),
  llama('3-2-3b', [LLAMA, byLlama('3-1-70b', '3-3-70b')]),
  llama('3-2-90b', [{...LLAMA, tokens: {...NO_TOKENS, sum: 10_000}}], {media: ['image']}),
  llama('3-3-70b', [LLAMA, byLlama('3-1-405b')], {onDemand: ['us-west-2']}),
]

const architecture = (
  name: string,
  className: string,
  modelType: string,
  converse: boolean | null,
  rest: Partial<ImportArchitecture> = {},
): ImportArchitecture => ({
  name,
  className,
  modelType,
  multimodal: false,
  converse,
  regions: null,
  quantised: false,
  note: null,
  ...rest,
})

const ARCHITECTURES: readonly ImportArchitecture[] = [
  architecture('Mistral', 'MistralForCausalLM', 'mistral', true),
  architecture('Mixtral', 'MixtralForCausalLM', 'mixtral', true),
  architecture('Flan', 'T5ForConditionalGeneration', 't5', false, {note: 'encoder-decoder'}),
  architecture('Llama 2, 3, 3.1, 3.2, 3.3', 'LlamaForCausalLM', 'llama', true, {
    note: 'rope_scaling of type llama3 is replaced: factor 8, low 1, high 4, 8,192 original positions',
  }),
  architecture('Mllama', 'MllamaForConditionalGeneration', 'mllama', true, {multimodal: true}),
  architecture('GPTBigCode', 'GPTBigCodeForCausalLM', 'gpt_bigcode', null),
  architecture('Qwen2, Qwen2.5', 'Qwen2ForCausalLM', 'qwen2', false),
  architecture('Qwen2-VL', 'Qwen2VLForConditionalGeneration', 'qwen2_vl', false, {multimodal: true}),
  architecture('Qwen2.5-VL', 'Qwen2_5_VLForConditionalGeneration', 'qwen2_5_vl', false, {multimodal: true}),
  architecture('Qwen3', 'Qwen3ForCausalLM', 'qwen3', false),
  architecture('Qwen3 MoE', 'Qwen3MoeForCausalLM', 'qwen3_moe', false),
  architecture('GPT-OSS', 'GptOssForCausalLM', 'gpt_oss', false, {
    regions: ['us-east-1'],
    quantised: true,
    note: '20B and 120B; generation_config.json must name the end tokens 200002, 199999, 200012',
  }),
]

/** What is documented of importing, customising and deploying models. Classes of architectures are those of transformers. */
export const CUSTOM_MODELS: CustomModelFacts = {
  imports: {
    regions: ['eu-central-1', 'us-east-1', 'us-east-2', 'us-west-2'],
    architectures: ARCHITECTURES,
    tokenizerClasses: [
      'T5Tokenizer',
      'LlamaTokenizer',
      'CodeLlamaTokenizer',
      'GPT2Tokenizer',
      'GPTNeoXTokenizer',
      'PreTrainedTokenizer',
      'Qwen2Tokenizer',
    ].flatMap((name) => [name, `${name}Fast`]),
    weightTypes: ['F32', 'F16', 'BF16'],
    textBytes: 200 * GB,
    multimodalBytes: 100 * GB,
    positions: 131_072,
    transformers: '4.51.3',
    quotas: {models: {value: 3, code: 'L-45B04988'}, jobs: {value: 1, code: 'L-5F098EFA'}},
    units: [
      {model: 'Llama 3.1 8B, 128K context', parameters: 8 * GB, unitsPerCopy: 2},
      {model: 'Llama 3.1 70B, 128K context', parameters: 70 * GB, unitsPerCopy: 8},
    ],
    asOf: '2026-10',
    sources: [
      'AWS user guide, Custom Model Import (2026-10)',
      'AWS General Reference, Amazon Bedrock quotas (2026-10)',
      'Hugging Face transformers, names of classes and model types',
    ],
    confidence: 'medium',
  },
  bases: BASES,
  hyperparameters: HYPERPARAMETERS,
  charactersPerToken: 6,
  onDemandSince: '2025-07-16',
  asOf: '2026-10',
  sources: [
    'AWS user guide, model customization: supported models, data sets, hyperparameters, deployment (2026-10)',
    'Amazon Nova user guide, fine-tuning (2026-10)',
    'AWS General Reference, Amazon Bedrock quotas (2026-10)',
  ],
  confidence: 'medium',
}

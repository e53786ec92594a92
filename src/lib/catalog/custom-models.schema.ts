import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const count = z.int().positive()
const provenance = {asOf: z.string(), sources: z.array(z.string()), confidence: z.enum(['high', 'medium', 'low'])}

const architectureSchema = z.object({
  name: z.string().describe('As AWS names it.'),
  className: z.string().describe('The entry of `architectures` in config.json.'),
  modelType: z.string().describe('`model_type` in config.json.'),
  multimodal: z.boolean(),
  converse: z.boolean().nullable().describe('Whether an import of it answers Converse; null: nothing is said.'),
  regions: z.array(regionName).nullable().describe('Where it is taken, if not wherever models are imported.'),
  quantised: z.boolean().describe('Its published weights are quantised, and taken so.'),
  note: z.string().nullable(),
})

const importsSchema = z.object({
  regions: z.array(regionName),
  architectures: z.array(architectureSchema),
  tokenizerClasses: z.array(z.string()),
  weightTypes: z.array(z.string()).describe('Types of tensors as safetensors writes them.'),
  textBytes: count.describe('All weights of a text model.'),
  multimodalBytes: count.describe('All weights of a multimodal model.'),
  positions: count.describe('max_position_embeddings.'),
  transformers: z.string().describe('Version the service imports with.'),
  quotas: z.object({
    models: z.object({value: count, code: z.string()}),
    jobs: z.object({value: count, code: z.string()}),
  }),
  units: z
    .array(z.object({model: z.string(), parameters: count, unitsPerCopy: count}))
    .describe('Custom Model Units of one copy, where they are published. Everything else is unknown before an import.'),
  ...provenance,
})

const hyperparameterSchema = z.object({
  name: z.string(),
  kind: z.enum(['integer', 'decimal']),
  least: z.number(),
  most: z.number(),
  default: z.union([z.number(), z.string()]).nullable(),
  word: z.string().nullable().describe('What may stand in place of a number: auto.'),
  required: z.boolean(),
})

const tuningSchema = z.object({
  type: z.enum(['FINE_TUNING', 'CONTINUED_PRE_TRAINING', 'DISTILLATION', 'REINFORCEMENT_FINE_TUNING']),
  regions: z.array(regionName),
  format: z
    .enum(['prompt-completion', 'converse', 'claude', 'text', 'image', 'prompts', 'rft'])
    .describe('Of a line of the data set; `prompts`: Converse with or without the answer.'),
  hyperparameters: z.string().nullable().describe('Name of their table; null: none is published.'),
  records: z.object({least: count.nullable(), most: count.nullable()}),
  recordsTogether: z.boolean().describe('Whether `records` bounds training and validation together.'),
  validation: z.object({most: count.nullable()}).nullable().describe('null: takes no validation set.'),
  tokens: z
    .object({input: count.nullable(), output: count.nullable(), sum: count.nullable()})
    .describe('Of one record; null: no limit is published.'),
  bytes: z.object({training: count.nullable(), validation: count.nullable(), line: count.nullable()}),
  teachers: z.array(z.string()).describe('Base model ids that teach it.'),
  closed: z.string().nullable().describe('Why no new job is taken.'),
})

const baseSchema = z.object({
  id: z.string().describe('As CreateModelCustomizationJob takes it, with the suffix of its context.'),
  modelId: z.string(),
  family: z.enum(['nova', 'nova-2', 'nova-canvas', 'titan-text', 'titan-image', 'titan-embeddings', 'llama', 'claude']),
  media: z.array(z.enum(['image', 'video', 'document'])).describe('What a record may hold beside text.'),
  onDemand: z.array(regionName).describe('Where a custom model of it can be deployed on demand.'),
  tunings: z.array(tuningSchema),
})

export const customModelsSchema = z.object({
  imports: importsSchema,
  bases: z.array(baseSchema),
  hyperparameters: z.record(z.string(), z.array(hyperparameterSchema)),
  charactersPerToken: count.describe('A record may have so many characters for each token of its limit.'),
  onDemandSince: z.string().describe('ISO date: models customised before it are not deployed on demand.'),
  ...provenance,
})

export type CustomModelFacts = Immutable<z.infer<typeof customModelsSchema>>
export type ImportArchitecture = CustomModelFacts['imports']['architectures'][number]
export type TunableBase = CustomModelFacts['bases'][number]
export type Tuning = TunableBase['tunings'][number]
export type Hyperparameter = CustomModelFacts['hyperparameters'][string][number]
